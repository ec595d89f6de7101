import { expect, test } from 'vitest';
import { withPlatformRecord } from '../../../src-main/services/member-entries.ts';

const record = {
  member: { id: 1, name: 'kestrel_9', handle: '@kestrel_9' }, key: 'k', joinedAt: null, postCount: null, standing: [], activeStrikes: 0,
  recommended: [], linked: [], notes: 0, recent: [], openItems: 1,
  entries: [{ at: 2_000_000, text: 'Warned', by: 'Ines', eventId: null, strike: true }],
};

test('what the platform remembers of a member joins the record, but a deed known here is not told twice', () => {
  const remembered = [
    { at: 2_000_400, text: 'warned the member', by: 'Ines' },
    { at: 1_000_000, text: 'wrote to the member', by: 'Tomás' },
    { at: 3_000_000, text: 'removed', by: null },
  ];
  expect(withPlatformRecord(record, remembered).entries).toEqual([
    { at: 3_000_000, text: 'Removed', by: null, eventId: null, strike: false },
    { at: 2_000_000, text: 'Warned', by: 'Ines', eventId: null, strike: true },
    { at: 1_000_000, text: 'Wrote to the member', by: 'Tomás', eventId: null, strike: false },
  ]);
});

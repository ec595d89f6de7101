import { describe, expect, test } from 'vitest';
import { makeOffenceBook } from '../../../src-main/connectors/discord/offence-book.ts';
import type { Sighting } from '../../../src-main/connectors/discord/offence.ts';
import { readPosition, writePosition } from '../../../src-main/connectors/discord/position.ts';

const AT = Date.UTC(2026, 10, 21, 9);
const SEEN: Sighting = {
  since: null, source: 'live', action: 1, at: AT, anchor: 'live-1', user: '171111111111111111', rule: 'Watches', trigger: 1, channel: '613425648685547545', message: null, alert: null, alertChannel: null,
  content: 'buy watches', keyword: '*watches*', matched: 'watches', timeoutSeconds: null, profile: false, done: null,
};
const ENTRY: Partial<Sighting> = { source: 'entry', anchor: '1141110000000000000', content: null, keyword: null, matched: null };

function taken(...sightings: readonly Partial<Sighting>[]) {
  const book = makeOffenceBook([], new Map());
  for (const sighting of sightings) book.take({ ...SEEN, ...sighting });
  return book.drain();
}

describe('what belongs to one trigger', () => {
  test.each([
    ['its audit entry', ENTRY], ['an entry that does not name the rule', { ...ENTRY, rule: null, channel: null }], ['its timeout', { action: 3, timeoutSeconds: 60 }],
    ['its alert', { source: 'alert', action: 2, alert: '1141110000000000001', alertChannel: '613425648685547546' }], ['an entry ten seconds off', { ...ENTRY, at: AT + 10_000 }],
  ] as const)('%s', (_what, other) => {
    expect(taken({}, other)).toHaveLength(1);
    expect(taken(other, {})).toHaveLength(1);
  });

  test.each([
    ['another member\'s', { ...ENTRY, user: '171111111111111112' }], ['another rule\'s', { ...ENTRY, rule: 'Insults' }], ['what was written elsewhere', { ...ENTRY, channel: '613425648685547547' }],
    ['other words', { action: 3, content: 'buy gnomes', anchor: 'live-2' }], ['what was a minute later', { ...ENTRY, at: AT + 60_000 }], ['the same action once more', { anchor: 'live-2' }], ['nobody\'s', { ...ENTRY, user: null }],
  ] as const)('not %s', (_what, other) => {
    expect(taken({}, other)).toHaveLength(2);
  });

  test('of two that fit, the nearer', () => {
    const [first, second] = taken({}, { at: AT + 8000, anchor: 'live-2' }, { ...ENTRY, at: AT + 7000 });
    expect([first?.slots, second?.slots]).toEqual([['l1'], ['l1', 'e1']]);
  });

  test('of what was told late, the first in its time that has no such event yet, and the alert\'s own', () => {
    const late = { at: AT + 90_000, since: AT - 5000 };
    const alert = { source: 'alert', action: 2, rule: null, at: AT + 30_000, alert: '1141110000000000001', content: null } as const;
    const offences = taken({ ...ENTRY }, alert, { ...ENTRY, at: AT + 60_000, anchor: '1141110000000000009' }, { ...late, content: 'first' }, { ...late, ...alert, since: null, source: 'live', content: 'alerted' }, { ...late, rule: 'Watches', content: 'last' });
    expect(offences.map(({ content }) => content)).toEqual(['first', 'alerted', 'last']);
  });

  test('one alert, told twice, whatever else is told of it', () => {
    const alert = { source: 'alert', action: 2, alert: '1141110000000000001', alertChannel: '613425648685547546' } as const;
    expect(taken(alert, { ...alert, user: null, content: 'edited since', done: { by: '53908099506183680', at: AT, what: 'alert marked as completed', deleted: false } })).toMatchObject([{ id: '1141110000000000001', content: 'buy watches', done: { at: AT } }]);
  });
});

test('a cursor keeps what later sightings may still be of, and nobody\'s words', () => {
  const book = makeOffenceBook([], new Map());
  book.take(SEEN);
  book.drain();
  const reports = [{ id: 'live-1', alert: null }, { id: '1141110000000000001', alert: '613425648685547546:1141110000000000001' }, { id: 'live-2', alert: '613425648685547546:1141110000000000003' }];
  const watched = [{ type: 'message' as const, remoteId: 'automod-live-1', message: null, author: '171111111111111111', channel: null, reports, at: AT }];
  const cursor = writePosition({ alerts: new Map([['613425648685547546', '1141110000000000001']]), audit: '1141110000000000000', head: AT, recent: book.recent(AT), watched });
  expect(cursor).not.toMatch(/buy watches/);
  const back = readPosition(cursor);
  expect(back.watched).toEqual(watched);
  const again = makeOffenceBook(back.recent, new Map());
  again.take({ ...SEEN, ...ENTRY });
  expect([again.drain(), again.recent(AT)]).toMatchObject([[], [{ id: 'live-1', slots: ['l1', 'e1'], as: { type: 'message', remoteId: 'automod-live-1' }, whole: false }]]);
});

test.each([null, '', 'nonsense', '{"v":2}', '{"v":1,"alerts":{},"audit":null,"head":0,"recent":[[1]],"watched":""}'])('the cursor %j starts over', (cursor) => {
  expect(readPosition(cursor)).toEqual({ alerts: new Map(), audit: null, head: 0, recent: [], watched: [] });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { reddit } from '../../../src-main/connectors/reddit/reddit.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { pullerOf } from '../../support/connector-desk.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { reportIds } from './far.ts';
import { CLIENT } from './server.ts';

const RUNS = 40;
/** Besides the usual, what a listing could be taken for. */
const fuzz = makeAnswerFuzz(globalThis.fetch, ['something_new', 77, [[]], [['x', -1]], { kind: 'more' }]);
let desk: Desk;

function open(): Session {
  return reddit.open({ ...desk.io, fetch: fuzz.fetch }, { client: CLIENT, api: desk.far.server.origin, notes: true });
}

beforeAll(async () => {
  desk = await openDesk();
  const { far } = desk;
  const link = far.add({ sub: 'harbour', author: 'rosa' });
  for (let n = 0; n < 8; n += 1) {
    const thing = far.add({ sub: 'harbour', author: `piet${n % 2}`, link: n % 3 === 0 ? link.name : null, more: n === 1 ? { preview: { images: [{ source: { url: 'https://preview.redd.it/x.jpg', width: 1, height: 2 } }] }, poll_data: { options: [{ text: 'Yes' }] } } : {} });
    if (n === 7) far.remove(thing.name, 'AutoModerator', false, true);
    else far.report(thing.name, n % 2 === 0 ? 'Rude' : null, n === 2 ? 'tomas' : undefined);
  }
  far.reasons.set('a', { title: 'Be kind', message: 'Please.' });
  far.rules.push({ short_name: 'Be kind', description: 'No insults.', violation_reason: 'Rude', kind: 'all', priority: 0, created_utc: 1 });
  far.notes.push({ id: 'n', sub: 'harbour', user: 'piet0', note: 'A note', label: 'BAN', at: 1000, about: null });
  await desk.pull();
});
afterAll(() => desk.far.close());

describe('answers with something wrong in them', () => {
  test.each([/about\/modqueue/, /about\/reports/, /about\/log/, /api\/v1\/me/])('%s: no report is lost', async (path) => {
    const filed = [...desk.far.things.values()].flatMap(reportIds);
    await fuzz.losesNothing(path, RUNS, open, () => filed);
  });

  test('what became of things: nothing that is still in the queue is closed for good', async () => {
    await fuzz.check(/about\/(?:modqueue|reports)|api\/info/, RUNS, async (spoilt) => {
      const standing = new Map<string, boolean>();
      const pull = pullerOf(open(), ({ reports }) => {
        for (const { remoteId, open: isOpen } of reports) standing.set(remoteId, isOpen);
      });
      await pull();
      await spoilt(pull);
      await pull();
      expect([...desk.far.things.values()].flatMap(reportIds).filter((id) => standing.get(id) !== true)).toEqual([]);
    });
  });

  test.each([/comments\//, /overview/, /user\/\w+\/about/, /mod\/notes/, /about\/banned/])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fuzz.check(path, RUNS, (spoilt, which) => spoilt(() => open().context(oneOf(subjects, which), signal)));
  });

  test.each([/api\/v1\/me/, /mine\/moderator/, /about\/rules/, /removal_reasons/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fuzz.check(path, RUNS, async (spoilt) => {
      await spoilt(() => open().verify(signal));
      await spoilt(() => open().guidelines(signal));
    });
  });

  test.each([/api\/info/, /api\/remove/, /removal_/, /mod\//])('%s: a removal with its message is carried out once', async (path) => {
    await fuzz.check(path, 20, async (spoilt) => {
      const { far } = desk;
      const thing = far.add({ sub: 'harbour', author: 'piet0' });
      const order = {
        ...desk.order('remove', [...desk.subjects.keys()][0] ?? ''), guideline: '1 Be kind', message: 'Please read the rules.', expected: 'neither',
        subject: { type: 'post' as const, remoteId: thing.name, authorId: 'piet0', extra: { sub: 'harbour', path: `/r/harbour/comments/${thing.name.slice(3)}/a_title/` } },
      };
      await spoilt(() => open().deliver(order, signal));
      expect(['done', 'already']).toContain((await open().deliver({ ...order, force: true }, signal)).kind);
      expect(far.log.filter(({ target, action }) => target === thing.name && action === 'removelink')).toHaveLength(1);
      expect(far.removals.filter(({ about }) => about === thing.name)).toHaveLength(1);
    });
  });
});

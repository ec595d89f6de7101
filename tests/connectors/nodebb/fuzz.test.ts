import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodebb } from '../../../src-main/connectors/nodebb/nodebb.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { pullerOf } from '../../support/connector-desk.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

const fuzz = makeAnswerFuzz();
const RUNS = 150;
let desk: Desk;

function open(): Session {
  return nodebb.open({ ...desk.io, fetch: fuzz.fetch }, { url: desk.forum.server.origin });
}

beforeAll(async () => {
  desk = await openDesk();
  for (let n = 0; n < 5; n += 1) desk.forum.flag('post', desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger, n % 2 === 0 ? 'Spam' : 'Rude');
  desk.forum.flag('user', desk.author, desk.flagger, 'Spam');
  desk.forum.hold(desk.author, 'Held');
  desk.forum.memberNotes.push({ uid: desk.tomas, content: 'Means well', at: 3000 });
  await desk.pull();
});
afterAll(() => desk.forum.close());

describe('answers with something wrong in them', () => {
  test.each([/api\/flags\?/, /api\/flags\/\d/, /\/flags\/\d/, /post-queue/])('%s: no report is lost', async (path) => {
    await fuzz.losesNothing(path, 100, open, () => [...desk.forum.flags.values()].flatMap(({ id, reports }) => reports.map(({ uid }) => `${id}:${uid}`)).concat(desk.forum.queue.map(({ id }) => `queued-${id}`)));
  });

  test('what a colleague closed is closed when it can be read', async () => {
    await fuzz.check(/\/flags\/\d/, 40, async (spoilt) => {
      const flag = desk.forum.flag('post', desk.forum.addPost(desk.author, 'Fresh'), desk.flagger, 'Spam');
      const left = new Set<string>();
      const pull = pullerOf(open(), ({ reports }) => {
        for (const { remoteId, open: isOpen } of reports) if (isOpen) left.add(remoteId); else left.delete(remoteId);
      });
      await pull();
      desk.forum.setState(flag.id, 'resolved', desk.tomas);
      await spoilt(pull);
      await pull();
      expect(left.has(`${flag.id}:${desk.flagger}`)).toBe(false);
    });
  });

  test.each([/api\/flags\/\d/, /v3\/users/, /api\/topic/, /\/index/, /user\/piet/, /post-queue/])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fuzz.check(path, RUNS, (spoilt, which) => spoilt(() => open().context(oneOf(subjects, which), signal)));
  });

  test.each([/api\/self/, /api\/flags/, /api\/tos/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fuzz.check(path, RUNS, async (spoilt) => {
      await spoilt(() => open().verify(signal));
      await spoilt(() => open().guidelines(signal));
    });
  });

  test.each([/api\/flags\/\d/, /v3\/flags/, /v3\/users/])('%s: an order is carried out at most once', async (path) => {
    await fuzz.check(path, 60, async (spoilt) => {
      const member = desk.forum.addUser('someone');
      const flag = desk.forum.flag('user', member, desk.flagger, 'Spam');
      const session = open();
      const order = { ...desk.order('suspend', desk.author), subject: { type: 'member' as const, remoteId: String(member), authorId: String(member), extra: { flag: String(flag.id) } }, expected: 'open/', durationMs: null };
      await spoilt(() => session.deliver(order, signal));
      expect((await session.deliver({ ...order, force: true }, signal)).kind).toBe('done');
      expect([desk.forum.users.get(member)?.bannedUntil, flag.state, flag.history.length]).toEqual([0, 'resolved', 1]);
    });
  });

  test('an accepted post is accepted once, whatever is answered', async () => {
    await fuzz.check(/posts\/queue/, 60, async (spoilt) => {
      const held = desk.forum.hold(desk.author, 'Fresh');
      const order = { ...desk.order('dismiss', oneOf([...desk.subjects.keys()], 0)), subject: { type: 'post' as const, remoteId: `queued-${held.id}`, authorId: String(desk.author), extra: { queued: held.id } } };
      const session = open();
      const before = desk.forum.deeds;
      await spoilt(() => session.deliver(order, signal));
      await session.deliver(order, signal);
      expect(desk.forum.deeds - before).toBe(1);
    });
  });
});

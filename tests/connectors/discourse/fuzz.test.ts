import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { pullerOf } from '../../support/connector-desk.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

const fuzz = makeAnswerFuzz();
const RUNS = 150;
let desk: Desk;

function open(): Session {
  return discourse.open({ ...desk.io, fetch: fuzz.fetch }, { url: desk.forum.server.origin, username: 'ines' });
}

function polls(): number {
  return desk.forum.server.requests.filter(({ path }) => path.includes('/message-bus/')).length;
}

beforeAll(async () => {
  desk = await openDesk();
  for (let n = 0; n < 12; n += 1) desk.forum.flag(desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger, n % 2 === 0 ? 8 : 4);
  desk.forum.hold(desk.author, 'Held');
  desk.forum.holdUser('newcomer');
  desk.forum.flagChat(desk.author, 'Hey', desk.flagger).notes = [{ id: 1, content: 'Look here', by: desk.tomas, at: 1000 }];
  await desk.pull();
});
afterAll(() => desk.forum.close());

describe('answers with something wrong in them', () => {
  test('review.json: no report is lost', async () => {
    await fuzz.losesNothing(/review\.json/, RUNS, open, () => [...desk.forum.scores.keys()].map(String));
  });

  test('what a colleague closed is closed when it can be read', async () => {
    await fuzz.check(/review\/\d/, 40, async (spoilt) => {
      const item = desk.forum.flag(desk.forum.addPost(desk.author, 'Fresh'), desk.flagger);
      const left = new Set<string>();
      const pull = pullerOf(open(), ({ reports }) => {
        for (const { remoteId, open: isOpen } of reports) if (isOpen) left.add(remoteId); else left.delete(remoteId);
      });
      await pull();
      desk.forum.review(item.id, 'disagree', desk.tomas);
      await spoilt(pull);
      await pull();
      expect(item.scores.map(String).filter((id) => left.has(id))).toEqual([]);
    });
  });

  test('what is wrong on the bus stops no pull', async () => {
    await fuzz.check(/message-bus/, 30, async (spoilt) => {
      const session = open();
      const pull = pullerOf(session, () => undefined);
      const before = polls();
      await spoilt(async () => {
        await pull();
        await expect.poll(polls, { interval: 5 }).toBeGreaterThan(before);
      });
      await pull();
      await session.close();
    });
  });

  test.each([/review\/\d/, /admin\/users/, /posts\//, /\/t\//, /user_actions/, /staff_action_logs/, /chat\/api/])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fuzz.check(path, RUNS, (spoilt, which) => spoilt(() => open().context(oneOf(subjects, which), signal)));
  });

  test.each([/review\.json/, /session\/current/, /site_settings/, /\/t\/5/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fuzz.check(path, RUNS, async (spoilt) => {
      await spoilt(() => open().verify(signal));
      await spoilt(() => open().guidelines(signal));
    });
  });

  test.each([/review\/\d+\.json/, /perform/])('%s: an order is carried out at most once', async (path) => {
    await fuzz.check(path, 80, async (spoilt) => {
      const post = desk.forum.addPost(desk.author, 'Fresh');
      const item = desk.forum.flag(post, desk.flagger);
      const session = open();
      const order = {
        ...desk.order('dismiss', oneOf([...desk.subjects.keys()], 0)), subject: { type: 'post' as const, remoteId: String(post), authorId: String(desk.author), extra: { review: String(item.id), post: String(post) } },
      };
      const before = desk.forum.deeds;
      await spoilt(() => session.deliver(order, signal));
      expect(['done', 'already']).toContain((await session.deliver({ ...order, force: true }, signal)).kind);
      expect(desk.forum.deeds - before).toBe(1);
    });
  });

  test('/notes/: a note is left at most once', async () => {
    await fuzz.check(/reviewables\/\d+\/notes|review\/\d+\.json/, 80, async (spoilt) => {
      const post = desk.forum.addPost(desk.author, 'Fresh');
      const item = desk.forum.flag(post, desk.flagger);
      const order = {
        ...desk.order('escalate', oneOf([...desk.subjects.keys()], 0)), expected: null, subject: { type: 'post' as const, remoteId: String(post), authorId: String(desk.author), extra: { review: String(item.id), post: String(post) } },
      };
      await spoilt(() => open().deliver(order, signal));
      expect(await open().deliver(order, signal)).toMatchObject({ kind: 'done' });
      expect(item.notes).toHaveLength(1);
    });
  });
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { ConnectorIo, RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
let spoil: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;
const RUNS = { numRuns: 150 };
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new', 77];
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const plan = spoil;
  if (plan === null || !plan.path.test(String(input))) return response;
  return new Response(JSON.stringify(plan.how(await response.json())) ?? '', { status: response.status, headers: response.headers });
};

function open(): Session {
  const io: ConnectorIo = { ...desk.io, fetch: spoiling };
  return discourse.open(io, { url: desk.forum.server.origin, username: 'ines' });
}

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
}

beforeAll(async () => {
  desk = await openDesk();
  for (let n = 0; n < 12; n += 1) desk.forum.flag(desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger, n % 2 === 0 ? 8 : 4);
  desk.forum.hold(desk.author, 'Held');
  desk.forum.holdUser('newcomer');
  desk.forum.flagChat(desk.author, 'Hey', desk.flagger);
  await desk.pull();
});
afterAll(() => desk.forum.close());

describe('answers with something wrong in them', () => {
  test('the review queue: no report is lost', async () => {
    const filed = [...desk.forum.scores.keys()].map(String);
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      const session = open();
      const got = new Set<string>();
      let cursor: string | null = null;
      const pull = async (): Promise<void> => {
        for await (const batch of session.pull(cursor, signal)) {
          ({ cursor } = batch);
          for (const { remoteId } of batch.reports) got.add(remoteId);
        }
      };
      spoil = { path: /review\.json/, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(pull);
      spoil = null;
      await pull();
      expect(filed.filter((id) => !got.has(id))).toEqual([]);
    }), RUNS);
  });

  test.each([/review\/\d/, /admin\/users/, /posts\//, /\/t\//, /user_actions/, /staff_action_logs/])('%s: a context comes as far as it can', async (path) => {
    const subjects: readonly RemoteSubject[] = [...desk.subjects.values()];
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
      const subject = subjects[which % subjects.length];
      if (subject === undefined) throw new Error('nothing came');
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().context(subject, signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/review\/count/, /\/u\//, /site_settings/, /\/t\/5/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().verify(signal));
      await onlyConnectorErrors(() => open().guidelines(signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/review\/\d+\.json/, /perform/])('%s: an order is carried out at most once', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      const post = desk.forum.addPost(desk.author, 'Fresh');
      const item = desk.forum.flag(post, desk.flagger);
      const session = open();
      const order = {
        ...desk.order('dismiss', [...desk.subjects.keys()][0] ?? ''), subject: { type: 'post' as const, remoteId: String(post), authorId: String(desk.author), extra: { review: String(item.id), post: String(post) } },
      };
      const before = desk.forum.deeds;
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => session.deliver(order, signal));
      spoil = null;
      expect(['done', 'already']).toContain((await session.deliver({ ...order, force: true }, signal)).kind);
      expect(desk.forum.deeds - before).toBe(1);
    }), { numRuns: 80 });
  });
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodebb } from '../../../src-main/connectors/nodebb/nodebb.ts';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { ConnectorIo, Session } from '../../../src-main/connectors/connector.ts';
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
  return nodebb.open(io, { url: desk.forum.server.origin });
}

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
}

beforeAll(async () => {
  desk = await openDesk();
  for (let n = 0; n < 5; n += 1) desk.forum.flag('post', desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger, n % 2 === 0 ? 'Spam' : 'Rude');
  desk.forum.flag('user', desk.author, desk.flagger, 'Spam');
  desk.forum.hold(desk.author, 'Held');
  await desk.pull();
});
afterAll(() => desk.forum.close());

describe('answers with something wrong in them', () => {
  test.each([/api\/flags\?/, /v3\/flags\//, /post-queue/])('%s: no report is lost', async (path) => {
    const filed = [...desk.forum.flags.values()].flatMap(({ id, reports }) => reports.map(({ uid }) => `${id}:${uid}`)).concat(desk.forum.queue.map(({ id }) => `queued-${id}`));
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
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(pull);
      spoil = null;
      await pull();
      expect(filed.filter((id) => !got.has(id))).toEqual([]);
    }), { numRuns: 100 });
  });

  test.each([/api\/flags\/\d/, /v3\/users/, /api\/topic/, /\/index/, /user\/piet/, /post-queue/])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
      const subject = subjects[which % subjects.length];
      if (subject === undefined) throw new Error('nothing came');
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().context(subject, signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/api\/self/, /api\/flags/, /api\/tos/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().verify(signal));
      await onlyConnectorErrors(() => open().guidelines(signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/api\/flags\/\d/, /v3\/flags/, /v3\/users/])('%s: an order is carried out at most once', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      const member = desk.forum.addUser('someone');
      const flag = desk.forum.flag('user', member, desk.flagger, 'Spam');
      const session = open();
      const order = { ...desk.order('suspend', desk.author), subject: { type: 'member' as const, remoteId: String(member), authorId: String(member), extra: { flag: String(flag.id) } }, expected: 'open/', durationMs: null };
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => session.deliver(order, signal));
      spoil = null;
      expect((await session.deliver({ ...order, force: true }, signal)).kind).toBe('done');
      expect([desk.forum.users.get(member)?.bannedUntil, flag.state, flag.history.length]).toEqual([0, 'resolved', 1]);
    }), { numRuns: 60 });
  });
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { ConnectorIo, Session } from '../../../src-main/connectors/connector.ts';
import { reddit } from '../../../src-main/connectors/reddit/reddit.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { reportIds } from './far.ts';
import { CLIENT } from './server.ts';

let desk: Desk;
let spoil: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;
const RUNS = { numRuns: 40 };
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new', 77, [[]], [['x', -1]], { kind: 'more' }];
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const plan = spoil;
  if (plan === null || !plan.path.test(String(input))) return response;
  const text = await response.text();
  return new Response(JSON.stringify(plan.how(text === '' ? {} : JSON.parse(text))) ?? '', { status: response.status, headers: response.headers });
};

function open(): Session {
  const io: ConnectorIo = { ...desk.io, fetch: spoiling };
  return reddit.open(io, { client: CLIENT, api: desk.far.server.origin, notes: true });
}

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
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
    }), RUNS);
  });

  test('what became of things: nothing that is still in the queue is closed for good', async () => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      const session = open();
      let cursor: string | null = null;
      const standing = new Map<string, boolean>();
      const pull = async (): Promise<void> => {
        for await (const batch of session.pull(cursor, signal)) {
          ({ cursor } = batch);
          for (const { remoteId, open: isOpen } of batch.reports) standing.set(remoteId, isOpen);
        }
      };
      await pull();
      spoil = { path: /about\/(?:modqueue|reports)|api\/info/, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(pull);
      spoil = null;
      await pull();
      expect([...desk.far.things.values()].flatMap(reportIds).filter((id) => standing.get(id) !== true)).toEqual([]);
    }), RUNS);
  });

  test.each([/api\/info/, /comments\//, /overview/, /user\/\w+\/about/, /mod\/notes/, /about\/banned/])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
      const subject = subjects[which % subjects.length];
      if (subject === undefined) throw new Error('nothing came');
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().context(subject, signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/api\/v1\/me/, /mine\/moderator/, /about\/rules/, /removal_reasons/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().verify(signal));
      await onlyConnectorErrors(() => open().guidelines(signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/api\/info/, /api\/remove/, /removal_/, /mod\//, /about\/log/])('%s: a removal with its message is carried out once', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      const { far } = desk;
      const thing = far.add({ sub: 'harbour', author: 'piet0' });
      const order = {
        ...desk.order('remove', [...desk.subjects.keys()][0] ?? ''), guideline: '1 Be kind', message: 'Please read the rules.', expected: 'neither',
        subject: { type: 'post' as const, remoteId: thing.name, authorId: 'piet0', extra: { sub: 'harbour', path: `/r/harbour/comments/${thing.name.slice(3)}/a_title/` } },
      };
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().deliver(order, signal));
      spoil = null;
      expect(['done', 'already']).toContain((await open().deliver({ ...order, force: true }, signal)).kind);
      expect(far.log.filter(({ target, action }) => target === thing.name && action === 'removelink')).toHaveLength(1);
      expect(far.removals.filter(({ about }) => about === thing.name)).toHaveLength(1);
    }), { numRuns: 20 });
  });
});

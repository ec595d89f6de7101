import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { ConnectorIo, Session } from '../../../src-main/connectors/connector.ts';
import { openDesk, signal } from '../../support/mailman/desk.ts';
import type { Desk } from '../../support/mailman/desk.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { PASSWORD, startMailman, USER } from './server.ts';
import type { ScriptedMailman } from './server.ts';

let far: ScriptedMailman;
let desk: Desk;
let ant: string;
let spoil: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;
const RUNS = { numRuns: 80 };
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new', 77];
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const plan = spoil;
  if (plan === null || response.status === 201 || response.status === 204 || !plan.path.test(String(input))) return response;
  return new Response(JSON.stringify(plan.how(await response.json())) ?? '', { status: response.status, headers: response.headers });
};

function open(): Session {
  const io: ConnectorIo = { ...desk.io, fetch: spoiling };
  return mailman.open(io, { url: far.server.origin, user: USER });
}

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
}

beforeAll(async () => {
  let now = Date.UTC(2026, 10, 21, 9);
  far = await startMailman(() => {
    now += 1000;
    return now;
  });
  ant = far.world.addList('ant', { info: 'Be kind.' }).id;
  for (let n = 0; n < 23; n += 1) far.world.hold(ant);
  far.world.ask(ant, 'anne@example.org', { name: 'Anne' });
  far.world.ask(ant, 'olle@example.org', { type: 'unsubscription' });
  desk = openDesk({ values: { url: far.server.origin, user: USER }, password: PASSWORD });
  await desk.pull();
});
afterAll(() => far.close());

describe('answers with something wrong in them', () => {
  test.each([/held\?/, /requests\?/, /lists\?/, /held\/count/])('%s: no report is lost, and what was brought half is closed', async (path) => {
    const filed = [...desk.reports.keys()];
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      const session = open();
      const openReports = new Set<string>();
      let cursor: string | null = null;
      const pull = async (): Promise<void> => {
        for await (const batch of session.pull(cursor, signal)) {
          ({ cursor } = batch);
          for (const { remoteId } of batch.reports) openReports.add(remoteId);
          for (const { subject } of batch.resolutions) openReports.delete(subject.remoteId);
        }
      };
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(pull);
      spoil = null;
      // What was passed over in a sweep that ended is met in the next.
      for (let times = 0; times < 2; times += 1) await pull();
      expect([...openReports].toSorted()).toEqual(filed.toSorted());
    }), { numRuns: 60 });
  });

  test.each([/held\/\d/, /held\?/, /requests\/\w/, /addresses/, /members\/find/, /bans\//, /lists\?/])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
      const subject = subjects[which % subjects.length];
      if (subject === undefined) throw new Error('nothing came');
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().context(subject, signal));
      spoil = null;
    }), RUNS);
  });

  test.each([/versions/, /lists\?/, /config/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => open().verify(signal));
      await onlyConnectorErrors(() => open().guidelines(signal));
      spoil = null;
    }), RUNS);
  });

  test.each([[/held\/\d/, 'dismiss'], [/nonmember\//, 'mute'], [/bans/, 'suspend']] as const)('%s: %s is carried out at most once', async (path, verb) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, n) => {
      const sender = `someone${n}@example.org`;
      const one = far.world.hold(ant, { subject: 'To decide', sender });
      const at = `${new Date(one.at).toISOString().slice(0, -1)}123`;
      const session = open();
      const order = {
        ...desk.order(verb, 'Held 1'), force: true, subject: { type: 'post' as const, remoteId: `${ant}/${one.id}@${at}`, authorId: sender, extra: { list: ant, held: String(one.id) } },
      };
      const before = far.world.deeds;
      spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
      await onlyConnectorErrors(() => session.deliver(order, signal));
      spoil = null;
      expect(['done', 'already']).toContain((await session.deliver(order, signal)).kind);
      expect(far.world.deeds - before).toBeLessThanOrEqual(1);
      if (far.world.held.includes(one)) far.world.handle(one, 'discard');
      for (const bans of far.world.bans.values()) bans.delete(sender);
      for (const member of far.world.memberships) member.action = null;
    }), { numRuns: 60 });
  });
});

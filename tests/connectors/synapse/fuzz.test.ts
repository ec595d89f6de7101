import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { synapse } from '../../../src-main/connectors/synapse/synapse.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { JUNK, makeSpoiler, onlyConnectorErrors, reportsInSpiteOf, somewhere } from '../../support/spoilt-answers.ts';
import { startSynapse, TOKEN } from './server.ts';
import type { ScriptedSynapse } from './server.ts';

const signal = new AbortController().signal;
const PIET = '@piet:matrix.example';
const MARA = '@mara:matrix.example';
const junk = fc.constantFrom(...JUNK, 'something_new', 77);

let far: ScriptedSynapse;
let io: TestIo;
let subjects: readonly RemoteSubject[];
const spoiler = makeSpoiler();

function open(): Session {
  return synapse.open({ ...io, fetch: spoiler.fetch }, { url: far.server.origin, deletes: true });
}

beforeAll(async () => {
  io = makeConnectorIo(synapse.fields);
  far = await startSynapse(() => io.truly());
  io.use({ url: far.server.origin }, { token: TOKEN });
  for (let n = 0; n < 6; n += 1) far.reportEvent(far.addEvent(PIET, `Event ${n}`), MARA);
  for (let n = 0; n < 6; n += 1) far.reportUser(PIET, MARA);
  const found = new Map<string, RemoteSubject>();
  for await (const batch of open().pull(null, signal)) for (const subject of batch.subjects) found.set(subject.remoteId, subject);
  subjects = [...found.values()];
});
afterAll(() => far.close());

test.each([/event_reports\?/, /event_reports\/\d/, /user_reports/])('%s spoilt in one place: no report is lost', async (path) => {
  await fc.assert(fc.asyncProperty(somewhere, junk, async (place, value) => {
    spoiler.spoil(path, place, value);
    const got = await reportsInSpiteOf(open(), spoiler, signal);
    expect([...far.eventReports.map(({ id }) => `event-${id}`), ...far.userReports.map(({ id }) => `user-${id}`)].filter((id) => !got.has(id))).toEqual([]);
  }), { numRuns: 80 });
});

test.each([/context/, /\/v2\/users\//, /joined_rooms/, /_reports\?limit=1/, /\/messages/, /whoami/])('%s spoilt in one place: context and sign-in come or say what is wrong', async (path) => {
  await fc.assert(fc.asyncProperty(somewhere, junk, fc.nat(), async (place, value, which) => {
    const subject = subjects[which % subjects.length];
    if (subject === undefined) throw new Error('nothing came');
    spoiler.spoil(path, place, value);
    await onlyConnectorErrors(() => open().context(subject, signal));
    await onlyConnectorErrors(() => open().verify(signal));
    spoiler.heal();
  }), { numRuns: 60 });
});

test.each([
  [/context|redact/, 'remove', []], [/state\/m\.room\.member|\/ban/, 'mute', []], [/\/v2\/users\/|suspend/, 'suspend', []], [/send_server_notice/, 'warn', []], [/_reports/, 'dismiss', []],
] as const)('%s spoilt in one place: %s is carried out, or refused in words, and its repeat does no more', async (path, verb: Verb, labels) => {
  await fc.assert(fc.asyncProperty(somewhere, junk, async (place, value) => {
    const event = far.addEvent(`@member${far.deeds}:matrix.example`, 'One more');
    const order = {
      id: randomUUID(), verb, reverse: false, reverses: null, subject: { type: 'message' as const, remoteId: event, authorId: far.events.get(event)?.sender ?? null, extra: { room: '!tide:matrix.example' } },
      durationMs: null, labels, reason: 'A reason', guideline: null, message: 'Hello', expected: null, force: false, decidedAt: io.now(),
    };
    far.reportEvent(event, MARA);
    const before = far.deeds;
    spoiler.spoil(path, place, value);
    await onlyConnectorErrors(() => open().deliver(order, signal));
    spoiler.heal();
    await open().deliver({ ...order, force: true }, signal);
    // The deed, and the one report deleted.
    expect(far.deeds - before).toBe(verb === 'dismiss' ? 1 : 2);
  }), { numRuns: 40 });
});

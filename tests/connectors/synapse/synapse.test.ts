import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { Batch, DeliveryResult, Order, RemoteReport, RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { synapse } from '../../../src-main/connectors/synapse/synapse.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { ADMIN, ROOM, startSynapse, TOKEN } from './server.ts';
import type { ScriptedSynapse } from './server.ts';

const signal = new AbortController().signal;
const PIET = '@piet:matrix.example';
const MARA = '@mara:matrix.example';
const TOMAS = '@tomas:matrix.example';

let far: ScriptedSynapse;
let io: TestIo;
let session: Session;
let cursor: string | null;
let reports: Map<string, RemoteReport>;
let subjects: Map<string, RemoteSubject>;

beforeEach(async () => {
  io = makeConnectorIo(synapse.fields);
  far = await startSynapse(() => io.truly());
  io.use({ url: far.server.origin }, { token: TOKEN });
  session = synapse.open(io, { url: far.server.origin });
  [cursor, reports, subjects] = [null, new Map(), new Map()];
});
afterEach(() => far.close());

async function pull(from: Session = session): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of from.pull(cursor, signal)) {
    ({ cursor } = batch);
    batches.push(batch);
    for (const report of batch.reports) reports.set(report.remoteId, report);
    for (const subject of batch.subjects) subjects.set(subject.remoteId, subject);
  }
  return batches;
}

function send(verb: Verb, remoteId: string, more: Partial<Order> = {}, by: Session = session): Promise<DeliveryResult> {
  const found = subjects.get(remoteId);
  if (found === undefined) throw new Error(`${remoteId} was not brought`);
  const { type, authorId, extra } = found;
  return by.deliver({
    id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId, authorId, extra }, durationMs: null, labels: [],
    reason: 'A reason', guideline: null, message: null, expected: null, force: false, decidedAt: io.now(), ...more,
  }, signal);
}

/** The examples of element-hq/synapse, docs/admin_api/event_reports.md and user_admin_api.md. */
function wire(name: string): unknown {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8'));
}

/** A session whose answers of one kind are others. */
function answering(which: RegExp, how: (answer: unknown) => unknown): Session {
  return synapse.open({
    ...io,
    async fetch(input, init) {
      const response = await fetch(input, init);
      return which.test(String(input)) ? new Response(JSON.stringify(how(await response.json())) ?? '', { status: response.status }) : response;
    },
  }, { url: far.server.origin });
}

describe('what reports bring', () => {
  test('the message with its room, the member without one', async () => {
    const event = far.addEvent(PIET, 'buy now');
    const one = far.reportEvent(event, MARA, null);
    const other = far.reportUser(PIET, MARA, 'A liar');
    await pull();
    expect(subjects.get(event)).toMatchObject({ type: 'message', authorId: PIET, text: 'buy now', place: 'Tide', extra: { room: ROOM }, removed: false });
    expect(subjects.get(PIET)).toMatchObject({ type: 'member', authorId: PIET });
    expect([...reports.values()]).toMatchObject([
      { remoteId: `event-${one.id}`, reporterId: MARA, comment: '', open: true }, { remoteId: `user-${other.id}`, subject: { type: 'member', remoteId: PIET }, comment: 'A liar' },
    ]);
  });

  test('an encrypted message is said to be one', async () => {
    const event = far.addEvent(PIET, 'AwgAEnAC', 'm.room.encrypted');
    far.reportEvent(event, MARA);
    await pull();
    expect(subjects.get(event)).toMatchObject({ text: 'This message is encrypted: the server cannot read it.', place: 'Tide · encrypted', html: null });
  });

  test('a report whose message the server no longer has, without a sender', async () => {
    far.reportEvent('$gone', MARA);
    await pull();
    expect(subjects.get('$gone')).toMatchObject({ text: '', authorId: null });
    expect(reports.size).toBe(1);
  });

  test('a release without user reports brings the others', async () => {
    far.knowsUserReports = false;
    far.reportEvent(far.addEvent(PIET, 'Hello'), MARA);
    await pull();
    expect(reports.size).toBe(1);
  });

  test('reports that colleagues delete shift the list and hide no new one', async () => {
    for (let n = 0; n < 400; n += 1) far.reportUser(PIET, MARA, `Reason ${n}`);
    await pull();
    far.userReports.splice(50, 300);
    const fresh = Array.from({ length: 350 }, (_, n) => far.reportUser(PIET, MARA, `New ${n}`));
    await pull();
    expect(fresh.filter(({ id }) => !reports.has(`user-${id}`))).toEqual([]);
  });

  test('even where every known one is deleted', async () => {
    for (let n = 0; n < 200; n += 1) far.reportUser(PIET, MARA, `Reason ${n}`);
    await pull();
    far.userReports.splice(0);
    const fresh = Array.from({ length: 250 }, (_, n) => far.reportUser(PIET, MARA, `New ${n}`));
    await pull();
    expect(fresh.filter(({ id }) => !reports.has(`user-${id}`))).toEqual([]);
  });

  test('the documentation\'s own examples', async () => {
    far.reportEvent(far.addEvent(PIET, 'Hello'), MARA);
    const recorded = synapse.open({
      ...io,
      async fetch(input) {
        const { pathname, searchParams } = new URL(String(input));
        if (pathname.endsWith('/event_reports')) return Response.json(searchParams.get('from') === '0' ? wire('synapse-event-reports') : { event_reports: [], total: 4 });
        if (pathname.includes('/event_reports/')) return Response.json(wire('synapse-event-report'));
        if (pathname.includes('/v2/users/')) return Response.json(wire('synapse-user'));
        return Response.json({ user_reports: [], total: 0 });
      },
    }, { url: far.server.origin });
    await pull(recorded);
    expect([...reports.values()]).toMatchObject([
      { remoteId: 'event-2', reporterId: '@foo:matrix.org', comment: 'foo', createdAt: 1_570_897_107_409 }, { remoteId: 'event-3', comment: 'bar', createdAt: 1_598_889_612_059 },
    ]);
    expect(subjects.get('$bNUFCwGzWca1meCGkjp-zwslF-GfVcXukvRLI1_FaVY')).toMatchObject({ text: 'matrix.org: This Week in Matrix', authorId: '@foobar:matrix.org', place: 'Matrix HQ', createdAt: 1_592_291_711_430 });
    const { members } = await recorded.context({ type: 'member', remoteId: '@user:example.com', authorId: null, extra: {} }, signal);
    expect(members).toMatchObject([{ name: 'User', handle: '@user:example.com', joinedAt: 1_560_432_506_000, standing: [] }]);
    expect(JSON.stringify(members)).not.toMatch(/mail|external/);
  });
});

describe('deciding', () => {
  test('redacting is done once for an order, by its transaction id', async () => {
    const event = far.addEvent(PIET, 'buy now');
    far.reportEvent(event, MARA);
    await pull();
    const id = randomUUID();
    expect(await send('remove', event, { id })).toMatchObject({ kind: 'done', said: 'message redacted' });
    expect(await send('remove', event, { id })).toMatchObject({ kind: 'done', said: 'message was redacted already' });
    expect([far.deeds, far.events.get(event)?.redactedBy, far.server.requests.filter(({ path: asked }) => asked.includes('/redact/') && asked.endsWith(id)).length]).toEqual([1, ADMIN, 1]);
  });

  test('redacted by someone else is so already; by its author it does not stand in the way', async () => {
    const [event, own] = [far.addEvent(PIET, 'One'), far.addEvent(PIET, 'Two')];
    for (const one of [event, own]) far.reportEvent(one, MARA);
    await pull();
    Object.assign(far.events.get(event) ?? {}, { redactedBy: TOMAS });
    Object.assign(far.events.get(own) ?? {}, { redactedBy: PIET });
    expect(await send('remove', event)).toMatchObject({ kind: 'already', by: TOMAS, what: 'message redacted' });
    expect(await send('dismiss', event)).toMatchObject({ kind: 'conflict', by: TOMAS });
    expect(await send('dismiss', own)).toMatchObject({ kind: 'done' });
  });

  test('reports stay on the server unless the settings say otherwise', async () => {
    const event = far.addEvent(PIET, 'Hello');
    for (const by of [MARA, TOMAS]) far.reportEvent(event, by);
    far.reportEvent(far.addEvent(PIET, 'Another'), MARA);
    await pull();
    expect(await send('dismiss', event)).toMatchObject({ kind: 'done', said: expect.stringContaining('keeps no state') });
    expect(far.eventReports).toHaveLength(3);
    const deleting = synapse.open(io, { url: far.server.origin, deletes: true });
    expect(await send('dismiss', event, {}, deleting)).toMatchObject({ kind: 'done', said: '2 reports deleted' });
    expect(far.eventReports).toHaveLength(1);
  });

  test('a ban from the room and a suspension, both taken back', async () => {
    const event = far.addEvent(PIET, 'Hello');
    far.reportEvent(event, MARA);
    await pull();
    for (const [verb, there] of [['mute', far.banned], ['suspend', far.suspended]] as const) {
      expect(await send(verb, event)).toMatchObject({ kind: 'done' });
      expect(there.has(PIET)).toBe(true);
      expect(await send(verb, event, { reverse: true })).toMatchObject({ kind: 'done' });
      expect(there.has(PIET)).toBe(false);
    }
  });

  test('an account of another server cannot be suspended, and that is said', async () => {
    far.reportUser('@eve:elsewhere.example', MARA);
    await pull();
    expect(await send('suspend', '@eve:elsewhere.example')).toMatchObject({ kind: 'refused', why: expect.stringContaining('no account on this server') });
  });
});

test('an account that is no server admin is told so, and a bad token asks to sign in', async () => {
  far.admin = false;
  expect((await session.verify(signal)).missing).toEqual([expect.stringContaining('no server admin')]);
  io.secrets.set('token', 'other');
  await expect(session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
});

test.each([/event_reports\?/, /event_reports\/\d/, /user_reports/, /context/, /users\//, /whoami/])('%s spoilt in one place: only errors that say so, and no report lost', async (endpoint) => {
  for (let n = 0; n < 6; n += 1) far.reportEvent(far.addEvent(PIET, `Event ${n}`), MARA);
  for (let n = 0; n < 6; n += 1) far.reportUser(PIET, MARA);
  await pull();
  const all = [...subjects.values()];
  const junks = fc.constantFrom<unknown>(null, true, {}, [], '', -0.5, undefined, 'something_new', 77);
  await fc.assert(fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), junks, fc.nat(), async (place, junk, which) => {
    [cursor, reports] = [null, new Map()];
    const spoilt = answering(endpoint, (answer) => spoiltAt(answer, place, junk));
    const subject = all[which % all.length];
    if (subject === undefined) throw new Error('nothing came');
    for (const work of [() => pull(spoilt), () => spoilt.context(subject, signal), () => spoilt.verify(signal)]) {
      await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
    }
    await pull();
    expect([...far.eventReports.map(({ id }) => `event-${id}`), ...far.userReports.map(({ id }) => `user-${id}`)].filter((id) => !reports.has(id))).toEqual([]);
  }), { numRuns: 60 });
});

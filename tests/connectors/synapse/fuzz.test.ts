import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { synapse } from '../../../src-main/connectors/synapse/synapse.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { signal } from '../../support/connector-desk.ts';
import { MARA, openDesk, PIET } from './desk.ts';
import type { Desk } from './desk.ts';
import { ROOM } from './server.ts';

const fuzz = makeAnswerFuzz();
let desk: Desk;

function open(): Session {
  return synapse.open({ ...desk.io, fetch: fuzz.fetch }, { url: desk.far.server.origin, deletes: true });
}

beforeAll(async () => {
  desk = await openDesk();
  const { far } = desk;
  for (let n = 0; n < 6; n += 1) far.reportEvent(far.addEvent(PIET, `Event ${n}`), MARA);
  for (let n = 0; n < 6; n += 1) far.reportUser(PIET, MARA);
  await desk.pull();
});
afterAll(() => desk.far.close());

test.each([/event_reports\?/, /event_reports\/\d/, /user_reports/])('%s spoilt in one place: no report is lost', async (path) => {
  const { eventReports, userReports } = desk.far;
  await fuzz.losesNothing(path, 80, open, () => [...eventReports.map(({ id }) => `event-${id}`), ...userReports.map(({ id }) => `user-${id}`)]);
});

test.each([/context/, /\/v2\/users\//, /joined_rooms/, /_reports\?limit=1/, /\/messages/, /whoami/])('%s spoilt in one place: context and sign-in come or say what is wrong', async (path) => {
  const subjects = [...desk.subjects.values()];
  await fuzz.check(path, 60, async (spoilt, which) => {
    await spoilt(() => open().context(oneOf(subjects, which), signal));
    await spoilt(() => open().verify(signal));
  });
});

test.each([
  [/context|redact/, 'remove'], [/state\/m\.room\.member|\/ban/, 'mute'], [/\/v2\/users\/|suspend/, 'suspend'], [/send_server_notice/, 'warn'], [/_reports/, 'dismiss'],
] as const)('%s spoilt in one place: %s is carried out, or refused in words, and its repeat does no more', async (path, verb) => {
  const { far } = desk;
  await fuzz.check(path, 40, async (spoilt) => {
    const event = far.addEvent(`@member${far.deeds}:matrix.example`, 'One more');
    const subject = { type: 'message' as const, remoteId: event, authorId: far.events.get(event)?.sender ?? null, extra: { room: ROOM } };
    const order = { ...desk.order(verb, PIET), subject, durationMs: null, message: 'Hello', expected: null };
    far.reportEvent(event, MARA);
    const before = far.deeds;
    await spoilt(() => open().deliver(order, signal));
    await open().deliver({ ...order, force: true }, signal);
    // The deed, and the one report deleted.
    expect(far.deeds - before).toBe(verb === 'dismiss' ? 1 : 2);
  });
});

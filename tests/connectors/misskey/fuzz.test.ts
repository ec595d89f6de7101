import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { misskey } from '../../../src-main/connectors/misskey/misskey.ts';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
let spoil: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new', 77];
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const plan = spoil;
  const text = await response.clone().text();
  if (plan === null || !plan.path.test(String(input)) || text === '') return response;
  return new Response(JSON.stringify(plan.how(JSON.parse(text))) ?? '', { status: response.status, headers: response.headers });
};

function open(): Session {
  return misskey.open({ ...desk.io, fetch: spoiling }, { url: desk.far.server.origin });
}

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
}

beforeAll(async () => {
  desk = await openDesk();
  for (let n = 0; n < 10; n += 1) {
    const note = desk.far.addNote(desk.author, `Note ${n}`);
    desk.far.report(desk.author, desk.reporter, n % 2 === 0 ? `${desk.far.server.origin}/notes/${note}\n-----\nspam` : 'spam');
  }
  await desk.pull();
});
afterAll(() => desk.far.close());

test.each([/abuse-user-reports/, /notes\/show/, /moderation-logs/])('%s spoilt in one place: no report is lost', async (path) => {
  const filed = [...desk.far.reports.keys()];
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

test.each([/notes\//, /users\//, /moderation-logs/, /\/api\/i$/, /meta/, /admin\/roles/, /\/api\/endpoint/])('%s spoilt in one place: context, sign-in and rules come or say what is wrong', async (path) => {
  const subjects = [...desk.subjects.values()];
  await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
    const subject = subjects[which % subjects.length];
    if (subject === undefined) throw new Error('nothing came');
    spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
    await onlyConnectorErrors(() => open().context(subject, signal));
    await onlyConnectorErrors(() => open().verify(signal));
    await onlyConnectorErrors(() => open().guidelines(signal));
    spoil = null;
  }), { numRuns: 60 });
});

test.each([/abuse-user-reports/, /\/api\/i$/])('%s spoilt in one place: an order is carried out at most once', async (path) => {
  await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
    const report = desk.far.report(desk.author, desk.reporter, 'fresh');
    const session = open();
    const order = { ...desk.order('dismiss', desk.author), subject: { type: 'member' as const, remoteId: desk.author, authorId: desk.author, extra: { reports: report.id } } };
    const before = desk.far.deeds;
    spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
    await onlyConnectorErrors(() => session.deliver(order, signal));
    spoil = null;
    await open().deliver({ ...order, force: true }, signal);
    expect(desk.far.deeds - before).toBe(1);
  }), { numRuns: 60 });
});

test.each([/users\/show/, /announcements/, /\/api\/endpoint/, /abuse-user-reports/])('%s spoilt in one place: a member is written to at most once', async (path) => {
  await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
    const member = desk.far.addUser('olle');
    const report = desk.far.report(member, desk.reporter, 'fresh');
    const order = { ...desk.order('warn', desk.author), subject: { type: 'member' as const, remoteId: member, authorId: member, extra: { reports: report.id } }, message: `Please stop, ${member}` };
    const before = desk.far.announcements.size;
    spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
    await onlyConnectorErrors(() => open().deliver(order, signal));
    spoil = null;
    await open().deliver({ ...order, force: true }, signal);
    expect(desk.far.announcements.size - before).toBe(1);
  }), { numRuns: 60 });
});

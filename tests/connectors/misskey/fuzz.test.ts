import { afterAll, beforeAll, expect, test } from 'vitest';
import { misskey } from '../../../src-main/connectors/misskey/misskey.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const fuzz = makeAnswerFuzz();
let desk: Desk;

function open(): Session {
  return misskey.open({ ...desk.io, fetch: fuzz.fetch }, { url: desk.far.server.origin });
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
  await fuzz.losesNothing(path, 100, open, () => filed);
});

test.each([/notes\//, /users\//, /moderation-logs/, /\/api\/i$/, /meta/, /admin\/roles/, /\/api\/endpoint/])('%s spoilt in one place: context, sign-in and rules come or say what is wrong', async (path) => {
  const subjects = [...desk.subjects.values()];
  await fuzz.check(path, 60, async (spoilt, which) => {
    await spoilt(() => open().context(oneOf(subjects, which), signal));
    await spoilt(() => open().verify(signal));
    await spoilt(() => open().guidelines(signal));
  });
});

test.each([/abuse-user-reports/, /\/api\/i$/])('%s spoilt in one place: an order is carried out at most once', async (path) => {
  await fuzz.check(path, 60, async (spoilt) => {
    const report = desk.far.report(desk.author, desk.reporter, 'fresh');
    const order = { ...desk.order('dismiss', desk.author), subject: { type: 'member' as const, remoteId: desk.author, authorId: desk.author, extra: { reports: report.id } } };
    const before = desk.far.deeds;
    await spoilt(() => open().deliver(order, signal));
    await open().deliver({ ...order, force: true }, signal);
    expect(desk.far.deeds - before).toBe(1);
  });
});

test.each([/users\/show/, /announcements/, /\/api\/endpoint/, /abuse-user-reports/])('%s spoilt in one place: a member is written to at most once', async (path) => {
  await fuzz.check(path, 60, async (spoilt) => {
    const member = desk.far.addUser('olle');
    const report = desk.far.report(member, desk.reporter, 'fresh');
    const order = { ...desk.order('warn', desk.author), subject: { type: 'member' as const, remoteId: member, authorId: member, extra: { reports: report.id } }, message: `Please stop, ${member}` };
    const before = desk.far.announcements.size;
    await spoilt(() => open().deliver(order, signal));
    await open().deliver({ ...order, force: true }, signal);
    expect(desk.far.announcements.size - before).toBe(1);
  });
});

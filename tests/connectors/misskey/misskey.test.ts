import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { misskey } from '../../../src-main/connectors/misskey/misskey.ts';
import { signal } from '../../support/connector-desk.ts';
import { LOST } from '../../support/wire-faults.ts';
import { openDesk } from './desk.ts';
import { TOKEN } from './server.ts';
import type { FarNote } from './server.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.far.close());

const about = (note: string, words = 'spam'): string => `${desk.far.server.origin}/notes/${note}\n-----\n${words}`;

describe('what reports bring', () => {
  test('the note that a comment names, else the member', async () => {
    const note = desk.far.addNote(desk.author, 'Buy now');
    const first = desk.far.report(desk.author, desk.reporter, about(note));
    const second = desk.far.report(desk.author, desk.reporter, 'An unpleasant profile');
    await desk.pull();
    expect(desk.subject(note)).toMatchObject({ type: 'post', authorId: desk.author, text: 'Buy now', url: `${desk.far.server.origin}/notes/${note}`, extra: { reports: first.id }, deletedAt: null });
    expect(desk.subject(desk.author)).toMatchObject({ type: 'member', text: 'PIET\n\nAbout me', extra: { reports: second.id } });
    expect([...desk.reports.values()]).toMatchObject([
      { remoteId: first.id, subject: { type: 'post', remoteId: note }, reporterId: desk.reporter, comment: 'spam', open: true, createdAt: desk.io.truly() },
      { remoteId: second.id, subject: { type: 'member', remoteId: desk.author }, comment: 'An unpleasant profile', open: true },
    ]);
  });

  test('a note is found under the name that the server gives itself', async () => {
    desk.far.uri = 'https://mk.example';
    const note = desk.far.addNote(desk.author, 'Buy now');
    desk.far.report(desk.author, desk.reporter, `https://mk.example/notes/${note}\n-----\nspam`);
    desk.far.report(desk.author, desk.reporter, `Note: https://elsewhere.example/notes/${note}\n-----\nspam`);
    await desk.pull();
    expect([...desk.reports.values()].map(({ subject, comment }) => [subject.type, comment])).toEqual([['post', 'spam'], ['member', `Note: https://elsewhere.example/notes/${note}\n-----\nspam`]]);
  });

  test('an address of another server in a comment is no note of this one', async () => {
    desk.far.report(desk.author, desk.reporter, 'https://elsewhere.example/notes/9yk3v0aaaa0001 says it too');
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ subject: { type: 'member', remoteId: desk.author } }]);
  });

  test('a note that was deleted before it was read keeps its report', async () => {
    const note = desk.far.addNote(desk.author, 'Gone soon');
    desk.far.report(desk.author, desk.reporter, about(note));
    desk.far.notes.delete(note);
    await desk.pull();
    expect(desk.subject(note)).toMatchObject({ type: 'post', authorId: desk.author, text: '', deletedAt: desk.io.now() });
  });

  test('both addresses that the web client writes above the line, of a note from another server', async () => {
    const note = desk.far.addNote(desk.author, 'Buy now');
    desk.far.report(desk.author, desk.reporter, `Note: https://far.example/notes/abc\nLocal Note: ${desk.far.server.origin}/notes/${note}\n-----\nspam again`);
    desk.far.report(desk.author, desk.far.tomas, `Local Note: ${desk.far.server.origin}/notes/${note}\n-----\n`);
    await desk.pull();
    expect([...desk.reports.values()].map(({ subject, comment }) => [subject.remoteId, comment])).toEqual([[note, 'spam again'], [note, '']]);
  });

  test('a note of the reported member among those that a comment names, however close the words stand to it', async () => {
    const { origin } = desk.far.server;
    const harassed = desk.far.addUser('wanja');
    const [theirs, note, other] = [desk.far.addNote(harassed, 'A fine day'), desk.far.addNote(desk.author, 'Buy now'), desk.far.addNote(desk.author, 'Buy more')];
    desk.far.report(desk.author, desk.reporter, `He is under every note, see ${origin}/notes/${theirs} and his profile`);
    desk.far.report(desk.author, desk.reporter, `Answers ${origin}/notes/${theirs} with ${origin}/notes/${note}, and worse`);
    desk.far.report(desk.author, desk.reporter, `この投稿${origin}/notes/${note}を見てください。`);
    desk.far.report(desk.author, desk.reporter, `look\n${JSON.stringify([`${origin}/users/${desk.author}`, `${origin}/notes/${other}`, `${origin}/notes/${note}`], null, 2)}`);
    await desk.pull();
    expect([...desk.reports.values()].map(({ subject }) => subject)).toEqual([
      { type: 'member', remoteId: desk.author }, { type: 'post', remoteId: note }, { type: 'post', remoteId: note }, { type: 'post', remoteId: other },
    ]);
    // What a report is about stays, whatever becomes of the notes.
    desk.far.notes.delete(theirs);
    desk.far.resolve([...desk.far.reports.keys()][1] ?? '', 'accept', desk.far.tomas);
    await desk.pull();
    expect([...desk.reports.values()][1]).toMatchObject({ open: false, subject: { remoteId: note } });
  });

  test('warning, choices, and the note that is passed on with its pictures', async () => {
    const note = desk.far.addNote(desk.author, 'See this');
    const quoted = { id: '9q', text: 'Original', userId: desk.reporter, user: { id: desk.reporter, username: 'mara' }, files: [{ url: 'https://files.example/a.webp', type: 'image/webp', comment: 'A cat' }] };
    desk.far.notes.set(note, { ...desk.far.notes.get(note) as FarNote, more: { cw: 'Careful', poll: { choices: [{ text: 'Yes', votes: 1 }, { text: 'No', votes: 0 }] }, renote: quoted } });
    desk.far.report(desk.author, desk.reporter, about(note));
    await desk.pull();
    expect(desk.subject(note)).toMatchObject({ text: 'Careful\n\nSee this\n\n· Yes\n· No\n\nRenote of @mara:\n\nOriginal', media: [{ url: 'https://files.example/a.webp', mime: 'image/webp', alt: 'A cat' }] });
  });

  test('neither e-mails nor addresses of machines', async () => {
    const note = desk.far.addNote(desk.author, 'Hello');
    desk.far.report(desk.author, desk.reporter, about(note));
    const batches = await desk.pull();
    await desk.send('suspend', note);
    expect(JSON.stringify([batches, await desk.session.context(desk.subject(note), signal), await desk.session.verify(signal)])).not.toMatch(/secret@|192\.0\.2/);
  });

  test('a report that another process of the server numbered a moment earlier', async () => {
    for (let n = 0; n < 5; n += 1) {
      desk.io.pass(1000);
      desk.far.report(desk.author, desk.reporter, `Reason ${n}`);
    }
    await desk.pull();
    const late = { ...desk.far.report(desk.author, desk.reporter, 'Late') };
    desk.far.reports.delete(late.id);
    const [first] = [...desk.far.reports.keys()];
    const between = `${(first ?? '').slice(0, -1)}z`;
    const rest = [...desk.far.reports.values()];
    desk.far.reports.clear();
    for (const one of [...rest, { ...late, id: between }].toSorted((a, b) => (a.id < b.id ? -1 : 1))) desk.far.reports.set(one.id, one);
    await desk.pull();
    expect(desk.reports.get(between)).toMatchObject({ comment: 'Late' });
  });
});

describe('what colleagues do', () => {
  test('reports are resolved one by one', async () => {
    const note = desk.far.addNote(desk.author, 'Hello');
    const [first, second] = [desk.far.report(desk.author, desk.reporter, about(note)), desk.far.report(desk.author, desk.far.tomas, about(note))];
    await desk.pull();
    desk.far.resolve(first.id, 'reject', desk.far.tomas);
    await desk.pull();
    desk.io.pass(60_000);
    desk.far.resolve(second.id, 'accept', desk.far.tomas);
    await desk.pull();
    const subject = { type: 'post', remoteId: note };
    expect(desk.resolutions).toEqual([
      { subject, by: '@tomas', what: 'resolved: report not upheld', at: desk.io.truly() - 60_000, orderId: null, closes: true, reportId: first.id },
      { subject, by: '@tomas', what: 'resolved: report upheld', at: desk.io.truly(), orderId: null, closes: true, reportId: second.id },
    ]);
    expect([...desk.reports.values()].map(({ open }) => open)).toEqual([false, false]);
  });

  test('without the right to read the moderation log, the list of open reports tells', async () => {
    desk.far.admin = false;
    const first = desk.far.report(desk.author, desk.reporter, 'One');
    desk.far.report(desk.reporter, desk.author, 'Two');
    await desk.pull();
    desk.far.resolve(first.id, null, desk.far.tomas);
    await desk.pull();
    expect(desk.resolutions).toEqual([{ subject: { type: 'member', remoteId: desk.author }, by: '@tomas', what: 'resolved', at: null, orderId: null, closes: true, reportId: first.id }]);
    expect((await desk.session.verify(signal)).missing.join(' ')).toMatch(/read:admin:show-moderation-log.*make it an administrator.*whole list/);
  });

  test('a note that its author edits or deletes is told, each once', async () => {
    const [one, two] = [desk.far.addNote(desk.author, 'First'), desk.far.addNote(desk.author, 'Second')];
    for (const note of [one, two]) desk.far.report(desk.author, desk.reporter, about(note));
    await desk.pull();
    const later = async (): Promise<readonly string[]> => {
      desk.io.pass(6 * 60_000);
      return (await desk.pull()).flatMap(({ subjects }) => subjects.map(({ remoteId }) => remoteId));
    };
    expect(await later()).toEqual([]);
    desk.far.notes.delete(one);
    desk.far.notes.set(two, { ...desk.far.notes.get(two) as FarNote, more: { text: 'Other words', updatedAt: '2026-11-21T09:30:00.000Z' } });
    expect(await later()).toEqual([one, two]);
    expect([desk.subject(one).deletedAt, desk.subject(two).text]).toEqual([desk.io.now(), 'Other words']);
    expect(await later()).toEqual([]);
  });

  test('a server that gives the same page again and again is not asked without end', async () => {
    const report = desk.far.report(desk.author, desk.reporter, 'One');
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const path = new URL(String(input)).pathname;
      if (!/abuse-user-reports|moderation-logs/.test(path)) return desk.io.fetch(input, init);
      return desk.io.fetch(input, { ...init, body: JSON.stringify({ limit: 100, state: 'unresolved' }) });
    };
    desk.far.resolve(desk.far.report(desk.author, desk.reporter, 'Two').id, 'accept', desk.far.tomas);
    const session = misskey.open({ ...desk.io, fetch }, { url: desk.far.server.origin });
    const got: string[] = [];
    let cursor: string | null = null;
    for (let n = 0; n < 3; n += 1) {
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        got.push(...batch.reports.filter(({ open }) => open).map(({ remoteId }) => remoteId));
      }
      desk.io.pass(6 * 60_000);
    }
    expect(new Set(got)).toEqual(new Set([report.id]));
    await session.close();
  });

  test('a resolved report of which the log does not speak is met in the list', async () => {
    const report = desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    desk.far.resolve(report.id, 'accept', desk.far.tomas);
    desk.far.logs.length = 0;
    desk.io.pass(6 * 60_000);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@tomas', what: 'resolved: report upheld', closes: true }]);
  });

  test('what they do to a reported member is told and closes nothing', async () => {
    desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    desk.far.logs.push({ id: `${desk.far.logs.at(-1)?.id ?? 'z'}z`.padEnd(12, 'z'), at: desk.io.truly(), type: 'suspend', userId: desk.far.tomas, info: { userId: desk.author } });
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { remoteId: desk.author }, by: '@tomas', what: 'member suspended', closes: false }]);
    expect((await desk.session.context(desk.subject(desk.author), signal)).record).toEqual([{ at: desk.io.truly(), text: 'suspended', by: '@tomas' }]);
  });

  test('our own resolving comes back with its order', async () => {
    desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    const order = desk.order('dismiss', desk.author);
    await desk.session.deliver(order, signal);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@ines', orderId: order.id, closes: true }]);
  });
});

describe('deciding', () => {
  test('a reason is noted at its report also where a try was cut off before it', async () => {
    const report = desk.far.report(desk.author, desk.reporter, 'An unpleasant profile');
    await desk.pull();
    const order = desk.order('dismiss', desk.author, { reason: 'No harm' });
    const heal = desk.far.server.plan({ fault: LOST, route: 'POST /api/admin/update-abuse-user-report' });
    await desk.session.deliver(order, signal).catch(() => undefined);
    heal();
    expect([report.resolved, report.moderationNote]).toEqual([true, '']);
    expect(await desk.session.deliver({ ...order, begunBy: 'itself' }, signal)).toMatchObject({ kind: 'done' });
    expect(report.moderationNote).toBe('No harm');
  });

  test('the note is deleted and every report about it resolved as accept', async () => {
    const note = desk.far.addNote(desk.author, 'Buy now');
    const reports = [desk.far.report(desk.author, desk.reporter, about(note)), desk.far.report(desk.author, desk.far.tomas, about(note))];
    await desk.pull();
    expect(await desk.send('remove', note)).toEqual({ kind: 'done', remoteId: reports[0]?.id, said: 'note deleted; 2 reports resolved as accept' });
    expect([desk.far.notes.has(note), ...reports.map(({ resolvedAs }) => resolvedAs)]).toEqual([false, 'accept', 'accept']);
  });

  test('a hundred reports about one member are resolved all, and looked up a page at a time', async () => {
    for (let one = 0; one < 100; one += 1) desk.far.report(desk.author, desk.reporter, `Nr ${one}`);
    await desk.pull();
    const asked = desk.far.server.requests.length;
    expect(await desk.send('dismiss', desk.author, { reason: '' })).toMatchObject({ kind: 'done', said: '100 reports resolved as reject' });
    expect([...desk.far.reports.values()].every(({ resolved }) => resolved)).toBe(true);
    expect(desk.far.server.requests.slice(asked).filter(({ path }) => path === '/api/admin/abuse-user-reports').length).toBeLessThan(10);
  });

  test('a note that someone deleted already is no trouble', async () => {
    const note = desk.far.addNote(desk.author, 'Buy now');
    desk.far.report(desk.author, desk.reporter, about(note));
    await desk.pull();
    desk.far.notes.delete(note);
    expect(await desk.send('remove', note)).toMatchObject({ kind: 'done', said: 'note was gone already; report resolved as accept' });
  });

  test('suspending is asked for once and taken back; the report stays resolved', async () => {
    const report = desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    expect(await desk.send('suspend', desk.author)).toMatchObject({ kind: 'done', said: 'member suspended; report resolved as accept' });
    expect(await desk.send('suspend', desk.author)).toMatchObject({ kind: 'done', said: 'member was suspended already' });
    expect(await desk.send('suspend', desk.author, { reverse: true })).toMatchObject({ kind: 'done', said: 'member no longer suspended' });
    expect([desk.far.users.get(desk.author)?.suspended, report.resolved]).toEqual([false, true]);
  });

  test('a report that names nobody suspends nobody', async () => {
    const note = desk.far.addNote(desk.author, 'Buy now');
    desk.far.report(desk.author, desk.reporter, about(note));
    await desk.pull();
    const before = desk.far.deeds;
    expect(await desk.send('suspend', note, { subject: { type: 'post', remoteId: note, authorId: null, extra: desk.subject(note).extra } })).toMatchObject({ kind: 'refused' });
    expect(desk.far.deeds).toBe(before);
  });

  test('resolved the same way by someone else is already so', async () => {
    const report = desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    desk.far.resolve(report.id, 'reject', desk.far.tomas);
    expect(await desk.send('dismiss', desk.author)).toEqual({ kind: 'already', by: '@tomas', what: 'resolved: report not upheld', at: null });
  });

  test('a missing permission is refused with where to grant it', async () => {
    desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    desk.far.lacks.add('write:admin:suspend-user');
    expect(await desk.send('suspend', desk.author)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Service integration') });
    expect((await desk.session.verify(signal)).missing).toEqual([expect.stringMatching(/write:admin:suspend-user.*Service integration/)]);
  });

  test('without the permission to end a suspension none is called one that can be taken back; those to see roles and announcements are named', async () => {
    desk.far.lacks.add('write:admin:unsuspend-user').add('read:admin:roles').add('read:admin:announcements');
    const { missing, capabilities } = await desk.session.verify(signal);
    expect(missing).toEqual([expect.stringContaining('write:admin:unsuspend-user'), expect.stringContaining('read:admin:roles'), expect.stringContaining('read:admin:announcements')]);
    expect(capabilities.member).toMatchObject({ suspend: { can: true, reversible: false }, mute: { can: false, why: expect.stringMatching(/read:admin:roles.*Service integration/) } });
  });

  test('429 in the server\'s own words waits', async () => {
    desk.far.report(desk.author, desk.reporter, 'One');
    await desk.pull();
    const heal = desk.far.server.plan({ writes: true, fault: { name: 'limit', means: ['rate-limited'], send: (response) => void response.writeHead(429, { 'content-type': 'application/json' }).end('{"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Rate limit exceeded."}}') } });
    await expect(desk.send('dismiss', desk.author)).rejects.toMatchObject({ kind: 'rate-limited' });
    heal();
  });
});

describe('the stream', () => {
  test('wakes sync when a report is filed', async () => {
    const woken = Promise.withResolvers<void>();
    const session = misskey.open({ ...desk.io, wake: () => woken.resolve() }, { url: desk.far.server.origin });
    desk.far.socket = ({ path, query }) => (path !== '/streaming' || query.get('i') !== TOKEN ? 401 : (socket) => {
      socket.on('message', (text) => {
        const { type, body } = JSON.parse(String(text)) as { readonly type: string; readonly body: { readonly channel: string; readonly id: string } };
        if (type !== 'connect' || body.channel !== 'admin') return;
        socket.send(JSON.stringify({ type: 'connected', body: { id: body.id } }));
        socket.send(JSON.stringify({ type: 'channel', body: { id: body.id, type: 'newAbuseUserReport', body: { id: '9z', comment: 'One' } } }));
      });
    });
    for await (const batch of session.pull(null, signal)) expect(batch.cursor).not.toBe('');
    await woken.promise;
    await session.close();
  });
});

describe('signing in', () => {
  test('with a token where old releases look for it', async () => {
    desk.far.old = true;
    expect(await desk.session.verify(signal)).toMatchObject({ name: '@ines', missing: [] });
  });

  test('with the browser, by MiAuth', async () => {
    const values = { url: desk.far.server.origin };
    desk.io.secrets.clear();
    const session = misskey.open({
      ...desk.io,
      async openExternal(address) {
        const page = new URL(address);
        expect(page.searchParams.get('permission')).toContain('write:admin:resolve-abuse-user-report');
        const id = page.pathname.split('/').at(-1) ?? '';
        desk.far.allowed.add(id);
        const back = new URL(page.searchParams.get('callback') ?? '');
        back.searchParams.set('session', id);
        await (await fetch(back)).text();
      },
    }, values);
    expect(await session.verify(signal)).toMatchObject({ name: '@ines', missing: [] });
    expect([...desk.io.secrets.keys()]).toEqual(['sign-in']);
  });

  test('a token that may not see the account itself says which permission it lacks', async () => {
    desk.far.lacks.add('read:account');
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringMatching(/read:account.*Service integration/) });
  });

  test('without a token a pull says so and opens no browser', async () => {
    desk.io.secrets.clear();
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('Sign in') });
    expect(desk.io.opened).toEqual([]);
  });

  test('old servers refuse a bad token with 403', async () => {
    const heal = desk.far.server.plan({ fault: { name: 'old', means: ['sign-in'], send: (response) => void response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":{"code":"AUTHENTICATION_FAILED","message":"Authentication failed."}}') } });
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
    heal();
  });
});

test('the server\'s rules become guidelines', async () => {
  expect(await desk.session.guidelines(signal)).toEqual([
    { remoteId: '1', number: '1', title: 'Be civil', body: 'Be civil' }, { remoteId: '2', number: '2', title: 'No advertising', body: 'No advertising' },
  ]);
});

test('the conversation, oldest first', async () => {
  const root = desk.far.addNote(desk.reporter, 'Root');
  const middle = desk.far.addNote(desk.far.tomas, 'Middle', root);
  const note = desk.far.addNote(desk.author, 'Reply', middle);
  const below = desk.far.addNote(desk.reporter, 'Below', note);
  desk.far.report(desk.author, desk.reporter, about(note));
  await desk.pull();
  const { before, after, subject } = await desk.session.context(desk.subject(note), signal);
  expect([before.map(({ remoteId }) => remoteId), after.map(({ remoteId }) => remoteId), subject?.extra]).toEqual([[root, middle], [below], desk.subject(note).extra]);
});

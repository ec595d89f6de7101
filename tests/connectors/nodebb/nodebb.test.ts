import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodebb } from '../../../src-main/connectors/nodebb/nodebb.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { DAY, openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { TOKEN } from './server.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

describe('what flags and queue bring', () => {
  test.each(['text', 'numbers'] as const)('the same from a forum that writes ids as %s', async (style) => {
    desk.forum.style = style;
    const post = desk.forum.addPost(desk.author, 'buy &amp; now');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    desk.forum.flag('post', post, desk.tomas, 'It hurts');
    await desk.pull();
    expect(desk.subject(post)).toMatchObject({
      type: 'post', authorId: String(desk.author), text: 'buy & now', createdAt: desk.io.truly(), editedAt: null, removed: false,
      extra: { flag: String(flag.id), topic: String(desk.forum.posts.get(post)?.tid) }, revision: 'open/',
    });
    expect([...desk.reports.values()]).toMatchObject([
      { remoteId: `${flag.id}:${desk.flagger}`, category: 'spam', remoteCategory: 'Spam', comment: '', open: true, createdAt: desk.io.truly() },
      { remoteId: `${flag.id}:${desk.tomas}`, category: 'other', remoteCategory: null, comment: 'It hurts', open: true },
    ]);
  });

  test('a flagged member, and a post that waits for approval', async () => {
    const member = desk.forum.addUser('newcomer');
    desk.forum.flag('user', member, desk.flagger, 'Spam');
    const held = desk.forum.hold(desk.author, 'First');
    await desk.pull();
    expect(desk.subject(member)).toMatchObject({ type: 'member', authorId: String(member), text: 'newcomer\n\nAbout me' });
    expect(desk.subject(`queued-${held.id}`)).toMatchObject({ type: 'post', authorId: String(desk.author), text: 'A & B\n\nFirst', place: 'Held · Talk' });
    expect(desk.reports.get(`queued-${held.id}`)).toMatchObject({ category: 'held', open: true });
  });

  test('a flagged member without a full name goes by the name of the account', async () => {
    const member = desk.forum.addUser('newcomer');
    desk.forum.flag('user', member, desk.flagger, 'Spam');
    desk.forum.fullname = '';
    await desk.pull();
    expect(desk.subject(member)).toMatchObject({ text: 'newcomer\n\nAbout me' });
  });

  test('a flagged member whose account is deleted is gone, so that what the profile said is kept', async () => {
    const member = desk.forum.addUser('newcomer');
    desk.forum.flag('user', member, desk.flagger, 'Spam');
    await desk.pull();
    Object.assign(desk.forum.users.get(member) ?? {}, { deleted: true });
    expect((await desk.session.context(desk.subject(member), signal)).subject).toMatchObject({ text: '', deletedAt: desk.io.truly() });
  });

  test('nothing of the poster\'s request: no headers, tokens, addresses', async () => {
    desk.forum.hold(desk.author, 'First');
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    const batches = await desk.pull();
    const context = await desk.session.context(desk.subject(post), signal);
    expect(JSON.stringify([batches, context, await desk.session.verify(signal)])).not.toMatch(/leaked|Bearer|192\.0\.2|secret@/);
  });

  test('another report on a flag raises its heat, moves nothing in the list, and is brought', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.forum.flag('post', post, desk.tomas, 'Offensive');
    await desk.pull();
    expect(desk.reports.get(`${flag.id}:${desk.tomas}`)).toMatchObject({ category: 'harassment', open: true });
  });

  test('only flags that look different are asked for in detail', async () => {
    for (let n = 0; n < 30; n += 1) desk.forum.flag('post', desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger, 'Spam');
    await desk.pull();
    const from = desk.forum.server.requests.length;
    await desk.pull();
    expect(desk.forum.server.requests.slice(from).map(({ route }) => route)).toEqual(['GET /api/flags', 'GET /api/flags', 'GET /api/post-queue']);
  });

  test('a colleague\'s decision closes the reports and names them', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.io.pass(60_000);
    desk.forum.setState(flag.id, 'rejected', desk.tomas);
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ open: false }]);
    expect(desk.resolutions).toEqual([{ subject: { type: 'post', remoteId: String(post) }, by: '@tomas', what: 'rejected', at: desk.io.truly(), orderId: null, closes: true }]);
  });

  test('another report on a handled flag opens it: the earlier reports stay handled, until somebody opens it by hand', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.io.pass(60_000);
    desk.forum.setState(flag.id, 'resolved', desk.tomas);
    await desk.pull();
    desk.io.pass(60_000);
    desk.forum.flag('post', post, desk.tomas, 'Rude');
    await desk.pull();
    expect([...desk.reports.values()].map(({ remoteId, open }) => [remoteId, open])).toEqual([[`${flag.id}:${desk.flagger}`, false], [`${flag.id}:${desk.tomas}`, true]]);
    desk.io.pass(60_000);
    desk.forum.setState(flag.id, 'resolved', desk.tomas);
    await desk.pull();
    desk.io.pass(60_000);
    desk.forum.setState(flag.id, 'open', desk.tomas);
    await desk.pull();
    expect([...desk.reports.values()].map(({ open }) => open)).toEqual([true, true]);
  });

  test('a report that its member withdrew closes the flag, and is called that', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    flag.state = 'resolved';
    flag.history.push({ uid: desk.flagger, at: desk.io.truly(), changes: { state: 'resolved', report: 'rescinded' } });
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@mara', what: 'withdrawn by who reported it' }]);
  });

  test('whom a flag is assigned to is named, not numbered', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam').assignee = desk.tomas;
    await desk.pull();
    expect(desk.subject(post).place).toBe('assigned to @tomas');
  });

  test('a flag in progress stays open and says so; a state of a plugin too', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.forum.setState(flag.id, 'wip', desk.tomas);
    await desk.pull();
    expect(desk.subject(post).place).toMatch(/work in progress/);
    flag.state = 'parked';
    await desk.pull();
    expect(desk.subject(post).place).toMatch(/state parked/);
    expect([...desk.reports.values()]).toMatchObject([{ open: true }]);
  });

  test('what a colleague closes is theirs, also where an order of ours took it on or closed it before it was reported anew', async () => {
    const { forum } = desk;
    const flags = ['First', 'Second'].map((text) => forum.flag('post', forum.addPost(desk.author, text), desk.flagger, 'Spam'));
    await desk.pull();
    const [escalated = 0, dismissed = 0] = flags.map(({ targetId }) => targetId);
    await desk.send('escalate', escalated, { reason: '' });
    await desk.send('dismiss', dismissed, { reason: '' });
    await desk.pull();
    desk.io.pass(60_000);
    forum.flag('post', dismissed, desk.tomas, 'Spam');
    await desk.pull();
    desk.io.pass(60_000);
    for (const { id } of flags) forum.setState(id, 'resolved', desk.tomas);
    await desk.pull();
    expect(desk.resolutions.filter(({ by }) => by === '@tomas').map(({ subject, what, orderId, closes }) => [Number(subject.remoteId), what, orderId, closes]))
      .toEqual([[escalated, 'resolved', null, true], [dismissed, 'resolved', null, true]]);
    expect(desk.resolutions.filter(({ by }) => by === '@ines').map(({ subject, orderId }) => [Number(subject.remoteId), orderId])).toEqual([[dismissed, expect.any(String)]]);
  });

  test('a deleted flag, and a queued post that is gone, are closed with nobody to name', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    const held = desk.forum.hold(desk.author, 'First');
    await desk.pull();
    desk.forum.flags.delete(flag.id);
    desk.forum.queue.splice(0);
    await desk.pull();
    expect(desk.resolutions.map(({ subject, by, what, closes }) => [subject.remoteId, by, what, closes])).toEqual([
      [String(post), null, 'the flag was deleted', true], [`queued-${held.id}`, null, 'left the post queue', true],
    ]);
  });

  test('flags that are handled while the pages are read hide none of the others', async () => {
    const flags = Array.from({ length: 50 }, (_, n) => desk.forum.flag('post', desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger, 'Spam'));
    const heal = desk.forum.server.plan({ route: 'GET /api/flags', times: 1, fault: { name: 'handled meanwhile', means: ['survives'], intact: true, send(response, { status, headers, body }) {
      for (const { id } of flags.slice(0, 5)) desk.forum.setState(id, 'resolved', desk.tomas);
      response.writeHead(status, headers).end(body);
    } } });
    await desk.pull();
    heal();
    expect(flags.slice(5).filter(({ id }) => !desk.reports.has(`${id}:${desk.flagger}`))).toEqual([]);
  });

  test('a purged post keeps its flag; a reporter who is gone hides no report', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    desk.forum.posts.delete(post);
    const gone = desk.forum.users.get(desk.flagger);
    if (gone !== undefined) gone.deleted = true;
    await desk.pull();
    expect(desk.subject(post)).toMatchObject({ text: '', deletedAt: desk.io.truly() });
    expect([...desk.reports.keys()]).toEqual([`${flag.id}:${desk.flagger}`]);
  });

  test('the report of a member who is gone stays the one report that it was, and nobody is called by a key of the language', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    for (const uid of [desk.flagger, desk.tomas]) Object.assign(desk.forum.users.get(uid) ?? {}, { deleted: true });
    desk.forum.setState(flag.id, 'resolved', desk.tomas);
    await desk.pull();
    expect([...desk.reports.values()].map(({ remoteId, open }) => [remoteId, open])).toEqual([[`${flag.id}:${desk.flagger}`, false]]);
    expect(desk.resolutions).toMatchObject([{ by: null, what: 'resolved' }]);
  });
});

describe('deciding', () => {
  test('the deed first, then the flag; taken back, the flag is open again', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    expect(await desk.send('remove', post)).toEqual({ kind: 'done', remoteId: String(flag.id), said: `post deleted; flag ${flag.id} resolved, reason noted there` });
    expect(flag.notes.map(({ content }) => content)).toEqual(['A reason']);
    expect([desk.forum.posts.get(post)?.deleted, flag.state]).toEqual([true, 'resolved']);
    expect(await desk.send('remove', post, { reverse: true })).toMatchObject({ kind: 'done', said: `post restored; flag ${flag.id} open` });
    expect([desk.forum.posts.get(post)?.deleted, flag.state]).toEqual([false, 'open']);
  });

  test('a post that is deleted already is no trouble (400 "already been deleted")', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    const found = desk.forum.posts.get(post);
    if (found !== undefined) found.deleted = true;
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'done', said: expect.stringContaining(`post was deleted already; flag ${flag.id} resolved`) });
  });

  test('a post that is deleted already is known as that in every language of the forum', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    const found = desk.forum.posts.get(post);
    if (found !== undefined) found.deleted = true;
    desk.forum.german = true;
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'done', said: expect.stringContaining('post was deleted already') });
    if (found !== undefined) found.deleted = false;
    expect(await desk.send('remove', post, { reverse: true })).toMatchObject({ kind: 'done', said: expect.stringContaining('post was there already') });
  });

  test('the topic that is locked is the one where the post stands now', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello', 800);
    desk.forum.addPost(desk.author, 'Other', 900);
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.forum.move(post, 900);
    expect(await desk.send('lock', post)).toMatchObject({ kind: 'done' });
    expect([desk.forum.topics.get(800), desk.forum.topics.get(900)]).toEqual([{ locked: false }, { locked: true }]);
  });

  test('every change carries a JSON body, without which ending a mute fails', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    expect(await desk.send('mute', post)).toMatchObject({ kind: 'done' });
    expect(desk.forum.users.get(desk.author)?.mutedUntil).toBe(desk.io.now() + DAY);
    expect(await desk.send('mute', post, { reverse: true })).toMatchObject({ kind: 'done' });
    expect(desk.forum.users.get(desk.author)?.mutedUntil).toBe(0);
    expect(desk.forum.server.requests.filter(({ method, text }) => method === 'DELETE' && text === '')).toEqual([]);
  });

  test('a ban for good is 0, and one whose answer was lost stands in the record once', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    const order = desk.order('suspend', post, { durationMs: null });
    const heal = desk.forum.server.plan({ route: 'PUT /api/v3/users/:id/ban', times: 1, afterwards: true, fault: { name: 'lost', means: [], send: (response) => void response.socket?.destroy() } });
    await expect(desk.session.deliver(order, signal)).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    desk.io.pass(5000);
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(desk.forum.users.get(desk.author)?.bans).toEqual([{ at: expect.any(Number), until: 0, by: expect.any(Number), reason: 'A reason' }]);
  });

  test.each([-3, 3])('a ban ends when it should by the forum\'s clock, whatever this machine\'s says (%i days off)', async (days) => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    desk.io.skew(days * DAY);
    await desk.pull();
    expect(await desk.send('suspend', post, { durationMs: DAY })).toMatchObject({ kind: 'done' });
    // What has ended there already would be a ban for good.
    expect(Math.abs((desk.forum.users.get(desk.author)?.bannedUntil ?? 0) - desk.io.truly() - DAY)).toBeLessThan(2000);
  });

  test('a message goes into a chat of its own, once', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    const order = desk.order('warn', post, { message: 'Please be kind.' });
    const heal = desk.forum.server.plan({ route: 'POST /api/v3/chats/:id', times: 1, afterwards: true, fault: { name: 'lost', means: [], send: (response) => void response.socket?.destroy() } });
    await expect(desk.session.deliver(order, signal)).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(desk.forum.chats).toMatchObject([{ uids: [desk.author], messages: ['Please be kind.'] }]);
    // The chat was made and the message was not: what the forum itself says in it is no message of ours.
    const second = desk.order('message', post, { message: 'Still there?', expected: 'resolved/' });
    const healAgain = desk.forum.server.plan({ route: 'POST /api/v3/chats/:id', times: 1, fault: { name: 'lost', means: [], send: (response) => void response.socket?.destroy() } });
    await expect(desk.session.deliver(second, signal)).rejects.toMatchObject({ kind: 'unreachable' });
    healAgain();
    expect(await desk.session.deliver(second, signal)).toMatchObject({ kind: 'done' });
    expect(desk.forum.chats.map(({ messages }) => messages)).toEqual([['Please be kind.'], ['Still there?']]);
  });

  test('a forum that takes no note takes the decision; the same order leaves its reason once', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    const heal = desk.forum.server.plan({ route: 'POST /api/v3/flags/:id/notes', times: 1, fault: { name: 'no notes', means: ['survives'], send: (response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{"status":{"code":"not-found","message":"Not Found"},"response":{}}') } });
    expect(await desk.send('escalate', post)).toMatchObject({ kind: 'done', said: `flag ${flag.id} wip` });
    heal();
    const order = desk.order('dismiss', post, { expected: 'wip/', guideline: '2 Be kind', reason: 'No harm' });
    await desk.session.deliver(order, signal);
    await desk.session.deliver({ ...order, expected: null, force: true }, signal);
    expect(flag.notes.map(({ content }) => content)).toEqual(['2 Be kind: No harm']);
  });

  test('a word to who waits for approval, and a reason with the rejection, in the forum\'s own way', async () => {
    const [first, second] = [desk.forum.hold(desk.author, 'First'), desk.forum.hold(desk.author, 'Second')];
    await desk.pull();
    const order = desk.order('message', `queued-${first.id}`, { message: 'Please add a source.' });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done', said: 'author notified; the post stays in the queue' });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(await desk.send('remove', `queued-${second.id}`, { message: 'We have that already.' })).toMatchObject({ kind: 'done' });
    expect([desk.forum.notified, desk.forum.queue.map(({ id }) => id)]).toEqual([['Please add a source.', 'We have that already.'], [first.id]]);
  });

  test('what is offered for a queued post is carried out there', async () => {
    const held = Array.from({ length: 8 }, (_, n) => desk.forum.hold(desk.forum.addUser(`new${n}`), `Held ${n}`));
    await desk.pull();
    const { capabilities } = await desk.session.verify(signal);
    const offered = Object.entries({ ...capabilities.post, ...desk.subject(`queued-${held[0]?.id}`)?.verbs }).flatMap(([verb, { can }]) => (can ? verb as Verb : []));
    for (const [n, verb] of offered.entries()) expect(await desk.send(verb, `queued-${held[n]?.id}`, { message: 'Please wait.' }), verb).toMatchObject({ kind: 'done' });
    expect(offered.toSorted()).toEqual(['dismiss', 'message', 'mute', 'remove', 'suspend', 'warn']);
  });

  test('queued posts are accepted and rejected; what was accepted can be deleted again, what was rejected is gone', async () => {
    const [first, second] = [desk.forum.hold(desk.author, 'First'), desk.forum.hold(desk.author, 'Second')];
    await desk.pull();
    const order = desk.order('dismiss', `queued-${first.id}`);
    const taken = await desk.session.deliver(order, signal);
    const made = [...desk.forum.posts.keys()].at(-1) ?? 0;
    expect(taken).toEqual({ kind: 'done', remoteId: `post/${made}`, said: `accepted from the post queue · post ${made}` });
    expect(await desk.session.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: `post/${made}` } }, signal)).toMatchObject({ kind: 'done', said: 'post deleted, which was accepted from the queue' });
    expect(desk.forum.posts.get(made)?.deleted).toBe(true);
    expect(await desk.send('remove', `queued-${second.id}`)).toMatchObject({ kind: 'done', said: 'rejected from the post queue' });
    expect(await desk.send('remove', `queued-${second.id}`, { reverse: true })).toMatchObject({ kind: 'refused' });
    expect(desk.forum.queue).toEqual([]);
  });
});

describe('somebody else', () => {
  test('resolved it: last writer wins there, so Docket asks first', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.forum.setState(flag.id, 'resolved', desk.tomas);
    expect(await desk.send('dismiss', post)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'resolved' });
    expect(flag.state).toBe('resolved');
    desk.forum.setState(flag.id, 'rejected', desk.tomas);
    expect(await desk.send('dismiss', post)).toMatchObject({ kind: 'already', by: '@tomas', what: 'rejected' });
    expect(await desk.send('remove', post, { force: true })).toMatchObject({ kind: 'done' });
    expect(flag.state).toBe('resolved');
  });

  test('resolved it after the last pull, and the topic was looked up since: still a conflict', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.forum.setState(flag.id, 'resolved', desk.tomas);
    const { subject } = await desk.session.context(desk.subject(post), signal);
    expect(await desk.send('dismiss', post, { expected: subject?.revision ?? null })).toMatchObject({ kind: 'conflict', by: '@tomas' });
  });

  test('was given the flag: a conflict; new reports alone are none', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    const order = desk.order('dismiss', post);
    desk.forum.flag('post', post, desk.tomas, 'Spam');
    flag.assignee = desk.tomas;
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'conflict', what: expect.stringContaining('assigned to') });
    flag.assignee = null;
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
  });

  test('deleted the author of a queued post: the post has not left the queue', async () => {
    const held = desk.forum.hold(desk.author, 'First');
    await desk.pull();
    desk.forum.users.delete(desk.author);
    expect(await desk.send('mute', `queued-${held.id}`)).toMatchObject({ kind: 'refused', why: expect.stringContaining('User does not exist') });
  });

  test('took a post out of the queue (400 "Post does not exist"): a conflict', async () => {
    const held = desk.forum.hold(desk.author, 'First');
    await desk.pull();
    const order = desk.order('remove', `queued-${held.id}`);
    desk.forum.queue.splice(0);
    expect(await desk.session.deliver(order, signal)).toEqual({ kind: 'conflict', by: null, what: 'left the post queue', at: null });
    desk.forum.german = true;
    expect(await desk.session.deliver(order, signal)).toEqual({ kind: 'conflict', by: null, what: 'left the post queue', at: null });
  });
});

describe('account, context and rules', () => {
  test('a token of nobody, a missing token, an account without privileges', async () => {
    expect(await desk.session.verify(signal)).toMatchObject({ name: '@ines', scopes: ['global moderator'], missing: [] });
    desk.forum.privileged = false;
    expect((await desk.session.verify(signal)).missing).toMatchObject([expect.stringContaining('Global Moderators')]);
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('global moderator') });
    desk.io.use({ url: desk.forum.server.origin }, { token: 'wrong' });
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('what the account may not do is greyed with where to get it; an admin is not told so for their own page', async () => {
    desk.forum.self = { canBan: false, canMute: true };
    expect((await desk.session.verify(signal)).capabilities).toMatchObject({ post: { mute: { can: true }, suspend: { can: false, why: expect.stringContaining('“Ban”') } }, member: { remove: { can: false, why: expect.stringContaining('administrators') } } });
    desk.forum.self = { isAdmin: true, canBan: false };
    expect((await desk.session.verify(signal)).capabilities).toMatchObject({ post: { suspend: { can: true } }, member: { remove: { can: true } } });
  });

  test('an address where no forum is, such as one without its subfolder', async () => {
    const elsewhere = nodebb.open(desk.io, { url: `${desk.forum.server.origin}/not-here` });
    await expect(elsewhere.verify(signal)).rejects.toMatchObject({ kind: 'unintelligible', message: expect.stringContaining('subfolder') });
  });

  test('a forum whose flags have no page is read by its write API', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    const heal = desk.forum.server.plan({ route: 'GET /api/flags/:id', fault: { name: 'no page', means: ['survives'], send: (response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{"path":"/flags/1","error":"Not Found"}') } });
    await desk.pull();
    expect([...desk.reports.keys()]).toEqual([`${flag.id}:${desk.flagger}`]);
    expect(await desk.send('dismiss', post)).toMatchObject({ kind: 'done' });
    heal();
  });

  test('a master token acts for the user that is named', async () => {
    desk.io.use({ url: desk.forum.server.origin, uid: '7' }, { token: TOKEN });
    await nodebb.open(desk.io, { url: desk.forum.server.origin, uid: '7' }).verify(signal);
    expect(desk.forum.server.requests.map(({ path }) => path)).toContain('/api/self?_uid=7');
    expect(() => nodebb.instance({ url: desk.forum.server.origin, uid: 'ines' })).toThrow(/user id is a number/);
  });

  test('a master token that names nobody: what is missing is said', async () => {
    const heal = desk.forum.server.plan({ fault: { name: 'master token', means: [], send: (response) => void response.writeHead(500, { 'content-type': 'application/json' }).end('{"path":"/api/flags","error":"[[error:api.master-token-no-uid]]","bodyClass":""}') } });
    const nobody = nodebb.open(desk.io, { url: desk.forum.server.origin });
    await expect(nobody.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('master token') });
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('user id') });
    heal();
  });

  test('a post that was moved is shown in its new topic', async () => {
    const post = desk.forum.addPost(desk.author, 'Moved', 800);
    desk.forum.addPost(desk.flagger, 'Old neighbour', 800);
    for (let n = 0; n < 4; n += 1) desk.forum.addPost(desk.flagger, `Post ${n}`, 900);
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    desk.forum.move(post, 900);
    const { before, subject } = await desk.session.context(desk.subject(post), signal);
    expect([subject?.place, before.map(({ text }) => text)]).toEqual(['Topic 900', ['Post 0', 'Post 1', 'Post 2', 'Post 3']]);
    // Without the flag only the topic is known that the post was in; it is shorter than the place that the post has now.
    const { before: old } = await desk.session.context({ ...desk.subject(post), extra: { topic: '800' } }, signal);
    expect(old.map(({ text }) => text)).toEqual(['Old neighbour']);
  });

  test('the page of the topic on which a post stands, its author\'s posts and bans', async () => {
    const posts = Array.from({ length: 30 }, (_, n) => desk.forum.addPost(n === 25 ? desk.author : desk.flagger, `Post ${n}`, 900));
    const post = posts[25] ?? 0;
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    desk.forum.users.get(desk.author)?.bans.push({ at: 1000, until: 0, by: desk.tomas, reason: 'rude' }, { at: 2000, until: 0, by: desk.tomas, reason: '', lifted: true });
    desk.forum.memberNotes.push({ uid: desk.tomas, content: 'Means <b>well</b>', at: 3000 });
    await desk.pull();
    const context = await desk.session.context(desk.subject(post), signal);
    expect(context.subject?.place).toBe('Topic 900');
    expect(context.before.map(({ remoteId }) => Number(remoteId))).toEqual(posts.slice(15, 25));
    expect(context.after.map(({ remoteId }) => Number(remoteId))).toEqual(posts.slice(26));
    expect(context.record.map(({ text, by }) => [text, by])).toEqual([['note about the member: Means well', '@tomas'], ['ban lifted', '@tomas'], ['banned: rude', '@tomas']]);
    expect(context.members.find(({ remoteId }) => remoteId === String(desk.author))).toMatchObject({ handle: '@piet', joinedAt: 1000, postCount: 7, standing: ['reputation 4'] });
  });

  test('a post of the topic that is flagged itself keeps what the list told of it', async () => {
    const first = desk.forum.addPost(desk.author, 'First', 900);
    const second = desk.forum.addPost(desk.author, 'Second', 900);
    desk.forum.flag('post', first, desk.flagger, 'Spam');
    desk.forum.flag('post', second, desk.flagger, 'Spam');
    await desk.pull();
    const { before, recent } = await desk.session.context(desk.subject(second), signal);
    for (const one of [before[0], recent.find(({ remoteId }) => remoteId === String(first))]) {
      expect(one).toMatchObject({ remoteId: String(first), extra: desk.subject(first).extra, revision: desk.subject(first).revision });
    }
  });

  test('the terms of use, one rule a heading', async () => {
    expect(await desk.session.guidelines(signal)).toEqual([
      { remoteId: 'be civil', number: '1', title: 'Be civil', body: 'Always.' }, { remoteId: 'stay on topic', number: '2', title: 'Stay on topic', body: 'Please.' },
    ]);
  });
});

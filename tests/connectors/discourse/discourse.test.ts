import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { KEY } from './server.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

describe('what the review queue brings', () => {
  test('a flagged post with its topic, its author, and what each flag says', async () => {
    const post = desk.forum.addPost(desk.author, 'buy now');
    const item = desk.forum.flag(post, desk.flagger, 8);
    desk.forum.flag(post, desk.tomas, 4);
    await desk.pull();
    expect(desk.subject(post)).toMatchObject({
      type: 'post', authorId: String(desk.author), text: 'buy now', html: '<p>buy now</p>', removed: false,
      place: `Topic ${item.topicId}`, extra: { review: String(item.id), post: String(post), topic: String(item.topicId) }, revision: '0/0',
    });
    expect([...desk.reports.values()]).toMatchObject([
      { category: 'spam', remoteCategory: 'Spam', reporterId: String(desk.flagger), comment: '', open: true },
      { category: 'harassment', remoteCategory: 'Inappropriate', reporterId: String(desk.tomas), comment: 'It hurts me', open: true },
    ]);
  });

  test('held posts, held members and chat messages, each as what it is', async () => {
    const held = desk.forum.hold(desk.author, 'First post');
    const member = desk.forum.holdUser('newcomer');
    const chat = desk.forum.flagChat(desk.author, 'Hey', desk.flagger);
    await desk.pull();
    expect([...desk.subjects.values()].map(({ type, remoteId, text, place }) => ({ type, remoteId, text, place }))).toEqual([
      { type: 'post', remoteId: `held-${held.id}`, text: 'A new topic\n\nFirst post', place: 'Held · A new topic' },
      { type: 'member', remoteId: String(member.targetId), text: 'newcomer\n\nnewcomer\n\nHello', place: null },
      { type: 'message', remoteId: String(chat.targetId), text: 'Hey', place: 'Chat #General' },
    ]);
    expect([...desk.reports.values()].map(({ category, comment }) => ({ category, comment }))).toEqual([
      { category: 'held', comment: 'Posted too fast: watched words' }, { category: 'held', comment: '' }, { category: 'harassment', comment: 'It hurts me' },
    ]);
  });

  test('a plugin\'s item about a flagged post is an item of its own, and each is closed by itself', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flagged = desk.forum.flag(post, desk.flagger);
    desk.forum.byPost?.delete(post);
    const found = desk.forum.flag(post, desk.flagger);
    Object.assign(found, { type: 'ReviewableOfPlugin' });
    await desk.pull();
    expect([...desk.subjects.values()].map(({ type, remoteId, extra }) => [type, remoteId, extra['review']])).toEqual([
      ['post', String(post), String(flagged.id)], ['post', `held-${found.id}`, String(found.id)],
    ]);
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'done' });
    expect([flagged.status, found.status]).toEqual([1, 0]);
  });

  test('a flag type of tomorrow keeps its own name', async () => {
    desk.forum.flag(desk.forum.addPost(desk.author, 'Hello'), desk.flagger, 77);
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ category: 'other', remoteCategory: 'Of tomorrow' }]);
  });

  test('no e-mail or IP address, wherever the forum puts one', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    desk.forum.holdUser('newcomer');
    const batches = await desk.pull();
    const context = await desk.session.context(desk.subject(post), signal);
    expect(JSON.stringify([batches, context, await desk.session.verify(signal)])).not.toMatch(/secret@|192\.0\.2/);
  });

  test('a list that shrinks between two pages loses nothing', async () => {
    const posts = Array.from({ length: 25 }, (_, n) => desk.forum.addPost(desk.author, `Post ${n}`));
    const items = posts.map((post) => desk.forum.flag(post, desk.flagger));
    const { requests } = desk.forum.server;
    // Three are handled while the second page of a fresh sweep is on its way.
    const heal = desk.forum.server.plan({ fault: { name: 'handled meanwhile', means: ['survives'], intact: true, send(response, { status, headers, body }) {
      for (const item of items.slice(0, 3)) desk.forum.review(item.id, 'disagree', desk.tomas);
      response.writeHead(status, headers).end(body);
    } }, from: 1, times: 1 });
    await desk.pull();
    heal();
    expect(posts.filter((post) => !desk.subjects.has(String(post)))).toEqual([]);
    expect(requests.length).toBeLessThan(15);
  });

  test('a colleague\'s review closes the reports and names them', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.io.pass(60_000);
    desk.forum.review(item.id, 'ignore_and_do_nothing', desk.tomas);
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ open: false }]);
    expect(desk.resolutions).toEqual([{ subject: { type: 'post', remoteId: String(post) }, by: '@tomas', what: 'ignored the report', at: desk.io.truly(), orderId: null, closes: true }]);
  });

  test('a colleague\'s deletion: the queue names the post no more, its item keeps words and name', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.review(item.id, 'delete_and_agree', desk.tomas);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { type: 'post', remoteId: String(post) }, by: '@tomas', what: 'agreed with the report' }]);
    expect([...desk.reports.values()]).toMatchObject([{ open: false, subject: { remoteId: String(post) } }]);
    expect([...desk.subjects.keys()]).toEqual([String(post)]);
    expect((await desk.session.context(desk.subject(post), signal)).subject).toMatchObject({ remoteId: String(post), text: 'Hello', removed: true });
  });

  test('an item that is gone from the queue is closed, with nobody to name', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.reviewables.delete(item.id);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { remoteId: String(post) }, by: null, what: 'gone from the review queue', closes: true }]);
  });

  test('a new flag on a handled post uses the same item again: the old report stays closed, the new one is open', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.review(item.id, 'disagree', desk.tomas);
    desk.io.pass(1000);
    desk.forum.flag(post, desk.ines);
    await desk.pull();
    expect([...desk.reports.values()].map(({ open }) => open)).toEqual([false, true]);
    expect(desk.subject(post).revision).toBe('2/0');
  });

  test('a long queue is looked at from its new end, and swept in turn', async () => {
    for (let n = 0; n < 320; n += 1) {
      desk.io.pass(1000);
      desk.forum.flag(desk.forum.addPost(desk.author, `Post ${n}`), desk.flagger);
    }
    await desk.pull();
    const listed = (): number => desk.forum.server.requests.filter(({ route }) => route === 'GET /review.json').length;
    let from = listed();
    desk.io.pass(1000);
    const news = desk.forum.addPost(desk.author, 'New');
    desk.forum.flag(news, desk.flagger);
    await desk.pull();
    expect(desk.subjects.has(String(news))).toBe(true);
    expect(listed() - from).toBeLessThanOrEqual(3);
    from = listed();
    desk.io.pass(60 * 60_000);
    await desk.pull();
    expect(listed() - from).toBeGreaterThan(30);
  });

  test('what this desk closed is known as its own when it comes back', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    await desk.pull();
    const order = desk.order('dismiss', post);
    await desk.session.deliver(order, signal);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@ines', orderId: order.id }]);
  });
});

describe('deciding', () => {
  test('a penalty comes first, then the review with the action of this item', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    expect(await desk.send('suspend', post, { message: 'Please read the rules.' })).toMatchObject({ kind: 'done', said: `@piet suspended until 2026-11-22; agree and suspend · approved · item ${item.id}` });
    const writes = desk.forum.server.requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/message-bus/')).map(({ method, path }) => `${method} ${path}`);
    expect(writes).toEqual([`PUT /admin/users/${desk.author}/suspend.json`, `PUT /review/${item.id}/perform/agree_and_suspend.json?version=0`]);
    expect(await desk.send('suspend', post, { reverse: true })).toMatchObject({ kind: 'done', said: 'no longer suspended' });
  });

  test.each([-3, 3])('a penalty ends when it should by the forum\'s clock, whatever this machine\'s says (%i days off)', async (days) => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    desk.io.skew(days * 86_400_000);
    await desk.pull();
    expect(await desk.send('mute', post)).toMatchObject({ kind: 'done' });
    expect(Math.abs((desk.forum.users.get(desk.author)?.silencedTill ?? 0) - desk.io.truly() - 86_400_000)).toBeLessThan(2000);
  });

  test('a long reason is cut to what Discourse takes', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    await desk.pull();
    expect(await desk.send('mute', post, { reason: 'Because. '.repeat(100), durationMs: null })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet silenced for good') });
  });

  test('dismissing a hidden post shows it again, since Discourse offers only that', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    Object.assign(desk.forum.posts.get(post) ?? {}, { hidden: true });
    await desk.pull();
    expect(desk.subject(post).place).toMatch(/ · hidden$/);
    expect(await desk.send('dismiss', post)).toMatchObject({ kind: 'done', said: expect.stringContaining('disagree and restore') });
    expect(desk.forum.posts.get(post)?.hidden).toBe(false);
  });

  test('a topic that was closed before is not opened by taking a decision back, unless a person insists; one that the decision closed is', async () => {
    const [post, other] = [desk.forum.addPost(desk.author, 'Hello'), desk.forum.addPost(desk.author, 'Again')];
    for (const one of [post, other]) desk.forum.flag(one, desk.flagger);
    await desk.pull();
    const topicOf = (one: number) => desk.forum.topics.get(desk.forum.posts.get(one)?.topicId ?? 0);
    const before = topicOf(post);
    if (before === undefined) throw new Error('there is no such topic');
    before.closed = true;
    const back = async (one: number, force = false) => {
      const done = await desk.send('lock', one);
      return desk.send('lock', one, { reverse: true, force, reverses: { orderId: 'first', remoteId: done.kind === 'done' ? done.remoteId : null } });
    };
    expect(await back(post)).toEqual({ kind: 'conflict', by: null, what: 'topic closed before Docket did it', at: null });
    expect(before.closed).toBe(true);
    expect([await back(post, true), await back(other)]).toMatchObject([{ kind: 'done' }, { kind: 'done', said: 'topic opened' }]);
    expect([before.closed, topicOf(other)?.closed]).toEqual([false, false]);
  });

  test('a post that flags have hidden can still be removed, also once it was looked at or met in another item\'s thread', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const other = desk.forum.addPost(desk.author, 'Again', desk.forum.posts.get(post)?.topicId);
    for (const one of [post, other]) desk.forum.flag(one, desk.flagger);
    Object.assign(desk.forum.posts.get(post) ?? {}, { hidden: true });
    await desk.pull();
    const looked = await desk.session.context(desk.order('remove', post).subject, signal);
    const { before } = await desk.session.context(desk.order('remove', other).subject, signal);
    expect([desk.subject(post), looked.subject, before.find(({ remoteId }) => remoteId === String(post))].map((one) => one?.removed)).toEqual([false, false, false]);
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'done', said: expect.stringContaining('delete and agree') });
    expect((await desk.session.context(desk.order('remove', post).subject, signal)).subject?.removed).toBe(true);
  });

  test('what the item does not offer is refused before anything is sent, with what it offers', async () => {
    const item = desk.forum.flag(desk.forum.addPost(desk.author, 'Hello'), desk.flagger);
    Object.assign(item, { type: 'ReviewableOfTomorrow' });
    await desk.pull();
    const [subject] = desk.subjects.values();
    expect(await desk.send('remove', subject?.remoteId ?? '')).toEqual({ kind: 'refused', why: `Discourse does not offer this for item ${item.id}. It offers: acknowledge.` });
  });

  test('staff cannot be penalised, and nothing is reviewed then', async () => {
    const post = desk.forum.addPost(desk.tomas, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    expect(await desk.send('mute', post)).toMatchObject({ kind: 'refused', why: expect.stringContaining('staff cannot be penalised') });
    expect(item.status).toBe(0);
  });

  test('a rejected held post can be approved: taking back a removal', async () => {
    const item = desk.forum.hold(desk.author, 'First post');
    await desk.pull();
    expect(await desk.send('remove', `held-${item.id}`)).toMatchObject({ kind: 'done' });
    expect(item.status).toBe(2);
    expect(await desk.send('remove', `held-${item.id}`, { reverse: true })).toMatchObject({ kind: 'done' });
    expect(item.status).toBe(1);
  });

  test('a message is found again by its id, so that a repeat sends none', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    const order = desk.order('warn', post, { message: 'Please be kind.' });
    const heal = desk.forum.server.plan({ fault: { name: 'lost', means: [], send: (response) => void response.socket?.destroy() }, route: 'PUT /review/:id/perform/:action', times: 1 });
    await expect(desk.session.deliver(order, signal)).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(desk.forum.messages).toEqual([{ externalId: order.id, to: 'piet', warning: true, raw: 'Please be kind.' }]);
    expect(item.status).toBe(1);
  });
});

describe('somebody else', () => {
  test('handled a held post: Discourse still offers to approve it, Docket does not undo their decision', async () => {
    const item = desk.forum.hold(desk.author, 'First post');
    await desk.pull();
    desk.forum.review(item.id, 'reject_post', desk.tomas);
    expect(await desk.send('dismiss', `held-${item.id}`)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'rejected' });
    expect(item.status).toBe(2);
    expect(await desk.send('remove', `held-${item.id}`)).toMatchObject({ kind: 'already', by: '@tomas' });
    expect(await desk.send('dismiss', `held-${item.id}`, { force: true })).toMatchObject({ kind: 'done' });
    expect(item.status).toBe(1);
  });

  test('handled it after the last pull, and the thread was looked up since: still a conflict', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.review(item.id, 'disagree', desk.tomas);
    const { subject } = await desk.session.context(desk.subject(post), signal);
    expect(await desk.send('remove', post, { expected: subject?.revision ?? null })).toMatchObject({ kind: 'conflict', by: '@tomas' });
  });

  test('handled it between the look and the review (403): a conflict that names them', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    const heal = desk.forum.server.plan({ route: 'GET /review/:id', times: 1, fault: { name: 'meanwhile', means: ['survives'], intact: true, send(response, { status, headers, body }) {
      desk.forum.review(item.id, 'disagree', desk.tomas);
      response.writeHead(status, headers).end(body);
    } } });
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'disagreed with the report' });
    heal();
    expect(desk.forum.posts.get(post)?.deletedAt).toBeNull();
  });

  test('moved the version of an open item (409): a conflict, and who insists is heard', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    const meanwhile = (): (() => void) => desk.forum.server.plan({ route: 'GET /review/:id', times: 1, fault: { name: 'meanwhile', means: ['survives'], intact: true, send(response, { status, headers, body }) {
      item.version += 1;
      response.writeHead(status, headers).end(body);
    } } });
    let heal = meanwhile();
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'conflict', what: 'changed in the review queue' });
    heal();
    heal = meanwhile();
    expect(await desk.send('remove', post, { force: true })).toMatchObject({ kind: 'done' });
    heal();
  });

  test('handled it and it was reported anew: not what the person saw', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.review(item.id, 'disagree', desk.tomas);
    desk.forum.flag(post, desk.ines);
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'handled before and reported anew' });
  });

  test.each([true, false])('took its topic on: a conflict; who insists ends the claim (as older releases tell it: %s)', async (oldClaims) => {
    desk.forum.oldClaims = oldClaims;
    desk.forum.claiming = 'optional';
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.claims.set(item.topicId ?? 0, desk.tomas);
    expect(await desk.send('dismiss', post)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'taken on' });
    expect(await desk.send('dismiss', post, { force: true })).toMatchObject({ kind: 'done' });
  });

  test('nobody took it on, where the forum demands that (422): Docket does so first', async () => {
    desk.forum.claiming = 'required';
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    await desk.pull();
    expect(await desk.send('dismiss', post)).toMatchObject({ kind: 'done' });
  });

  test('deleted the item (404): a conflict with nobody to name', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.reviewables.delete(item.id);
    expect(await desk.send('remove', post)).toEqual({ kind: 'conflict', by: null, what: 'gone from the review queue', at: null });
    expect(await desk.send('remove', post, { force: true })).toMatchObject({ kind: 'done', said: `post ${post} deleted` });
  });

  test('our own second decision about a closed item is carried out, not taken for the first', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    await desk.pull();
    await desk.send('mute', post);
    expect(await desk.send('warn', post, { message: 'Please be kind.' })).toMatchObject({ kind: 'done', said: 'official warning to @piet' });
    expect(desk.forum.messages).toHaveLength(1);
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'done', said: `post ${post} deleted` });
    expect(await desk.send('remove', post)).toMatchObject({ kind: 'done', said: expect.stringContaining('was carried out before') });
  });
});

describe('account, context and rules', () => {
  test('a wrong key is 403 there, and asks to sign in', async () => {
    desk.io.use({ url: desk.forum.server.origin }, { key: 'wrong' });
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('API keys') });
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'sign-in' });
    desk.io.use({ url: desk.forum.server.origin }, { key: KEY });
    expect(await desk.session.verify(signal)).toMatchObject({ name: '@ines', scopes: ['review', 'moderator'], missing: [] });
  });

  test('an account without a role can review but not penalise, and is told where to get it', async () => {
    Object.assign(desk.forum.users.get(desk.ines) ?? {}, { moderator: false });
    const { missing, capabilities } = await desk.session.verify(signal);
    expect(missing).toHaveLength(1);
    expect(capabilities.post).toMatchObject({ dismiss: { can: true }, suspend: { can: false } });
  });

  test('the thread around a post, what its author wrote, and what staff did to them', async () => {
    const first = desk.forum.addPost(desk.flagger, 'First', 900);
    const post = desk.forum.addPost(desk.author, 'Second', 900);
    const third = desk.forum.addPost(desk.flagger, 'Third', 900);
    desk.forum.flag(post, desk.flagger);
    desk.forum.log.push({ action: 'silence_user', userId: desk.author, by: desk.tomas, at: 1000, details: 'rude' });
    await desk.pull();
    const context = await desk.session.context(desk.subject(post), signal);
    expect(context.before.map(({ remoteId }) => remoteId)).toEqual([String(first)]);
    expect(context.after.map(({ remoteId }) => remoteId)).toEqual([String(third)]);
    expect(context.record).toEqual([{ at: 1000, text: 'silence user: rude', by: '@tomas' }]);
    expect(context.members.find(({ remoteId }) => remoteId === String(desk.author))).toMatchObject({ handle: '@piet', postCount: 12, standing: ['trust level 1', 'warned 2 times', 'silenced once lately', 'reported 3 times'] });
  });

  test('what a member wrote has their topics, too, whose first posts are not numbered there', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    const other = desk.forum.addPost(desk.author, 'Another topic');
    await desk.pull();
    const { recent } = await desk.session.context(desk.subject(post), signal);
    expect(recent.map(({ text, url }) => [text, url])).toContainEqual(['Another topic', `${desk.forum.server.origin}/t/a-topic/${desk.forum.posts.get(other)?.topicId}/1`]);
  });

  test('a post of the thread that is flagged itself keeps what the queue told of it', async () => {
    const first = desk.forum.addPost(desk.author, 'First', 900);
    const second = desk.forum.addPost(desk.author, 'Second', 900);
    desk.forum.flag(first, desk.flagger);
    desk.forum.flag(second, desk.flagger);
    await desk.pull();
    const { before, recent } = await desk.session.context(desk.subject(second), signal);
    const { extra, revision, text, html } = desk.subject(first);
    expect(before).toMatchObject([{ remoteId: String(first), extra, revision, text, html }]);
    // What the member wrote comes in excerpts, which must not take the place of the whole.
    expect(recent.map(({ remoteId }) => remoteId)).toEqual([`excerpt-${first}`]);
  });

  test('the guidelines topic, one rule a heading', async () => {
    expect(await desk.session.guidelines(signal)).toEqual([
      { remoteId: 'civil', number: '1', title: 'Be civil', body: 'Always & to all.' },
      { remoteId: 'stay on topic', number: '2', title: 'Stay on topic', body: 'Please.' },
    ]);
  });

  test('the forum in a subfolder keeps it in its keys', () => {
    expect(discourse.instance({ url: 'https://Example.org/forum/', username: 'ines' })).toBe('example.org/forum');
  });
});

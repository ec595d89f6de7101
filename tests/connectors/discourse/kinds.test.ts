import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verb } from '../../../src-main/contract/words.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

/** An item of a plugin's kind that offers these actions. */
function ofPlugin(type: string, offers: readonly string[]) {
  const item = desk.forum.flag(desk.forum.addPost(desk.author, 'Hello'), desk.flagger);
  Object.assign(item, { type, offers });
  return item;
}

const AKISMET = ['delete_user', 'delete_user_block', 'confirm_spam', 'confirm_suspend', 'not_spam', 'ignore'];
const AI_POST = ['agree_and_hide', 'agree_and_keep', 'agree_and_suspend', 'agree_and_silence', 'disagree', 'delete_and_ignore', 'delete_and_agree', 'delete_user', 'ignore'];

describe('items of plugins are decided with what they offer themselves', () => {
  /** discourse-akismet, models/reviewable_akismet_post.rb; discourse-ai, app/models/reviewable_ai_post.rb. */
  test.each<[string, readonly string[], Verb, string]>([
    ['ReviewableAkismetPost', AKISMET, 'dismiss', 'not_spam'], ['ReviewableAkismetPost', AKISMET, 'remove', 'confirm_spam'], ['ReviewableAkismetPost', AKISMET, 'restore', 'not_spam'],
    ['ReviewableAkismetPost', AKISMET, 'mute', 'confirm_spam'], ['ReviewableAiPost', AI_POST, 'dismiss', 'disagree'], ['ReviewableAiPost', AI_POST, 'remove', 'delete_and_agree'], ['ReviewableAiPost', AI_POST, 'suspend', 'agree_and_suspend'],
    ['ReviewableAiToolAction', ['approve', 'reject'], 'dismiss', 'approve'], ['ReviewableAiToolAction', ['approve', 'reject'], 'remove', 'reject'], ['ReviewableOfTomorrow', ['keep_it', 'remove_it'], 'remove', 'remove_it'],
  ])('%s with %j: %s is %s', async (type, offers, verb, action) => {
    const item = ofPlugin(type, offers);
    await desk.pull();
    expect(await desk.send(verb, `held-${item.id}`)).toMatchObject({ kind: 'done' });
    expect(desk.forum.server.requests.map(({ path }) => path)).toContain(`/review/${item.id}/perform/${action}.json?version=0`);
  });

  test('a post that the plugin has deleted until someone looks can still be removed for good, until it is', async () => {
    const item = ofPlugin('ReviewableAkismetPost', AKISMET);
    await desk.pull();
    Object.assign(desk.forum.posts.get(item.targetId ?? 0) ?? {}, { deletedAt: desk.io.truly() });
    const { subject } = desk.order('remove', `held-${item.id}`);
    const looked = async () => (await desk.session.context(subject, signal)).subject?.removed;
    expect([desk.subject(`held-${item.id}`).removed, await looked()]).toEqual([false, false]);
    await desk.send('remove', `held-${item.id}`);
    expect(await looked()).toBe(true);
  });

  /** app/models/reviewable_post.rb, build_new_separated_actions; app/models/concerns/reviewable_action_builder.rb. */
  test.each<[Verb, string, string]>([['remove', 'delete_post', 'no_action_user'], ['dismiss', 'keep_post', 'no_action_user'], ['mute', 'silence_user', 'keep_post']])('an item that asks about post and author apart is answered whole: %s', async (verb, first, second) => {
    const item = ofPlugin('ReviewablePost', ['keep_post', 'hide_post', 'delete_post', 'no_action_user', 'silence_user', 'suspend_user']);
    item.apart = true;
    await desk.pull();
    expect(await desk.send(verb, `held-${item.id}`)).toMatchObject({ kind: 'done', said: expect.not.stringContaining('pending') });
    expect(desk.forum.server.requests.flatMap(({ path }) => /perform\/(\w+)\.json\?version=(\d)/.exec(path)?.slice(1).join(' ') ?? [])).toEqual([`${first} 0`, `${second} 1`]);
    expect(item.status).not.toBe(0);
  });

  test('an account or a thread is never deleted by a guess; what there is is named', async () => {
    const item = ofPlugin('ReviewableOfTomorrow', ['delete_user', 'delete_and_agree_replies', 'acknowledge']);
    await desk.pull();
    expect(await desk.send('remove', `held-${item.id}`)).toMatchObject({ kind: 'refused', why: expect.stringContaining('delete user, delete and agree replies, acknowledge') });
    expect(item.status).toBe(0);
  });
});

describe('a note at the item', () => {
  test('is how an item is handed on: once, for colleagues, and it can be taken away', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    const order = desk.order('escalate', post, { reason: 'Please look, an admin.' });
    const handed = await desk.session.deliver(order, signal);
    expect(handed).toMatchObject({ kind: 'done', said: `note left at item ${item.id}; the item stays open` });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect([item.status, item.notes?.map(({ content }) => content)]).toEqual([0, ['Please look, an admin.']]);
    expect((await desk.session.context(desk.subject(post), signal)).record).toMatchObject([{ text: 'note at the item: Please look, an admin.', by: '@ines' }]);
    const back = { ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: handed.kind === 'done' ? handed.remoteId : null } };
    expect(await desk.session.deliver(back, signal)).toMatchObject({ kind: 'done', said: 'note taken away' });
    expect(item.notes).toEqual([]);
  });

  test('is not to be had in older releases, which is said', async () => {
    desk.forum.oldNotes = true;
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    await desk.pull();
    expect(await desk.send('escalate', post)).toMatchObject({ kind: 'refused', why: expect.stringContaining('older than notes') });
  });
});

describe('a chat message', () => {
  test('comes with what was said around it, and can be deleted and brought back after its review', async () => {
    const before = desk.forum.flagChat(desk.flagger, 'Hi', desk.tomas);
    const chat = desk.forum.flagChat(desk.author, 'Rude', desk.flagger);
    const after = desk.forum.flagChat(desk.flagger, 'Stop', desk.tomas);
    for (const { id } of [before, after]) desk.forum.reviewables.delete(id);
    await desk.pull();
    const message = chat.targetId ?? 0;
    const context = await desk.session.context(desk.subject(message), signal);
    expect([context.before.map(({ text }) => text), context.after.map(({ text }) => text), context.members.some(({ handle }) => handle === '@mara')]).toEqual([['Hi'], ['Stop'], true]);
    const order = desk.order('remove', message);
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done', said: expect.stringContaining('agree and delete') });
    expect(await desk.session.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: null } }, signal)).toMatchObject({ kind: 'done', said: `message ${message} restored` });
    expect(desk.forum.chats.get(message)?.deleted).toBe(false);
  });
});

test('the guidelines of a forum whose settings are closed to us come from their page', async () => {
  Object.assign(desk.forum.users.get(desk.ines) ?? {}, { moderator: false });
  desk.forum.page = '<ul class="nav-pills nav"><li><a href="/about">About</a></li></ul>\n<h2>Be civil</h2><p>Always.</p>';
  expect(await desk.session.guidelines(signal)).toEqual([{ remoteId: 'be civil', number: '1', title: 'Be civil', body: 'Always.' }]);
  desk.forum.page = '<html><body><h1>The forum</h1><!-- preload-content: --><p>Be kind.</p><!-- :preload-content --></body></html>';
  expect(await desk.session.guidelines(signal)).toEqual([{ remoteId: 'guidelines', number: '1', title: 'Guidelines', body: 'Be kind.' }]);
  desk.forum.page = '<html><body><h1>Sign in</h1></body></html>';
  expect(await desk.session.guidelines(signal)).toEqual([]);
});

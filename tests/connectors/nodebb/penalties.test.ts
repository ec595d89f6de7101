import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

describe('a penalty of a colleague', () => {
  test('that is longer is not made shorter, a shorter one is made longer', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    const member = desk.forum.users.get(desk.author);
    await desk.pull();
    Object.assign(member ?? {}, { bannedUntil: 0, mutedUntil: desk.io.truly() + 30 * DAY });
    expect(await desk.send('suspend', post, { durationMs: 7 * DAY })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet was banned for good already') });
    expect(await desk.send('mute', post, { durationMs: 7 * DAY, expected: 'resolved/' })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet was muted until 2026-12-21 already') });
    expect([member?.bannedUntil, member?.mutedUntil]).toEqual([0, desk.io.truly() + 30 * DAY]);
    Object.assign(member ?? {}, { bannedUntil: desk.io.truly() + DAY });
    expect(await desk.send('suspend', post, { durationMs: null, expected: 'resolved/' })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet banned for good') });
    expect(member?.bannedUntil).toBe(0);
  });

  test('is theirs to end: taking ours back asks first', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    const member = desk.forum.users.get(desk.author);
    await desk.pull();
    Object.assign(member ?? {}, { bannedUntil: 0 });
    member?.bans.push({ at: desk.io.truly(), until: 0, by: desk.tomas, reason: 'rude' });
    expect(await desk.send('suspend', post, { durationMs: DAY })).toMatchObject({ kind: 'done', said: expect.stringContaining('already') });
    expect(await desk.send('suspend', post, { reverse: true })).toEqual({ kind: 'conflict', by: '@tomas', what: 'banned', at: desk.io.truly() });
    expect([member?.bannedUntil, flag.state]).toEqual([0, 'resolved']);
    expect(await desk.send('suspend', post, { reverse: true, force: true })).toMatchObject({ kind: 'done' });
    expect([member?.bannedUntil, flag.state]).toEqual([null, 'open']);
    expect(await desk.send('mute', post)).toMatchObject({ kind: 'done' });
    expect(await desk.send('mute', post, { reverse: true })).toMatchObject({ kind: 'done' });
    expect(member?.mutedUntil).toBe(0);
  });
});

test('a penalty of several items of one member ends once', async () => {
  const posts = ['Hello', 'Hello again'].map((words) => desk.forum.addPost(desk.author, words));
  for (const post of posts) desk.forum.flag('post', post, desk.flagger, 'Spam');
  await desk.pull();
  for (const verb of ['suspend', 'mute'] as const) {
    for (const post of posts) expect(await desk.send(verb, post)).toMatchObject({ kind: 'done' });
    for (const post of posts) expect(await desk.send(verb, post, { reverse: true })).toMatchObject({ kind: 'done' });
  }
  const ends = desk.forum.server.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  expect(ends).toEqual([`/api/v3/users/${desk.author}/ban`, `/api/v3/users/${desk.author}/mute`]);
});

describe('what a colleague did since', () => {
  test('to a post is theirs to take back', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    await desk.send('remove', post);
    const found = desk.forum.posts.get(post);
    Object.assign(found ?? {}, { deleter: desk.tomas });
    expect(await desk.send('remove', post, { reverse: true })).toEqual({ kind: 'conflict', by: '@tomas', what: 'post deleted', at: null });
    expect([found?.deleted, flag.state]).toEqual([true, 'resolved']);
    expect(await desk.send('remove', post, { reverse: true, force: true })).toMatchObject({ kind: 'done' });
    expect([found?.deleted, flag.state]).toEqual([false, 'open']);
  });

  test('to a topic is theirs to take back', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello', 800);
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    await desk.pull();
    await desk.send('lock', post);
    desk.io.pass(1000);
    desk.forum.topicEvents.push({ tid: 800, type: 'lock', uid: desk.tomas, at: desk.io.truly() });
    expect(await desk.send('lock', post, { reverse: true })).toEqual({ kind: 'conflict', by: '@tomas', what: 'topic locked', at: desk.io.truly() });
    expect(desk.forum.topics.get(800)).toEqual({ locked: true });
    expect(await desk.send('lock', post, { reverse: true, force: true })).toMatchObject({ kind: 'done' });
    expect(desk.forum.topics.get(800)).toEqual({ locked: false });
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFarDesk } from './desk.ts';
import type { Desk, FarDesk } from './desk.ts';
import type { FarServer } from './server.ts';
import type { FarAccount } from './world.ts';

let at: FarDesk;
let far: FarServer;
let desk: Desk;
let piet: FarAccount;

beforeEach(async () => {
  at = await startFarDesk('mastodon');
  ({ far, desk } = at);
  piet = far.world.account('piet');
});
afterEach(() => at.far.close());

describe('what surrounds a post', () => {
  test('its thread, its author\'s latest posts and what came of earlier reports', async () => {
    const start = far.world.post(far.world.account('olle'), 'What a day');
    const earlier = far.world.post(piet, 'Earlier');
    const post = far.world.post(piet, 'Not for me', { replyTo: start.id });
    const reply = far.world.post(far.world.account('juno'), 'Why?', { replyTo: post.id });
    far.world.resolve(far.world.report({ about: piet, posts: [earlier], category: 'spam', comment: 'Again' }).id, far.ines);
    far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    const found = await desk.session.context(desk.subject(post.id), desk.signal);
    expect({ before: found.before.map(({ remoteId }) => remoteId), after: found.after.map(({ remoteId }) => remoteId), recent: found.recent.map(({ remoteId }) => remoteId) })
      .toEqual({ before: [start.id], after: [reply.id], recent: [earlier.id] });
    expect(found.record).toEqual([{ at: at.io.truly(), text: 'Report resolved (spam, “Again”)', by: '@ines' }]);
    expect(found.members.map(({ handle }) => handle).toSorted()).toEqual(['@juno', '@mara', '@olle', '@piet']);
  });

  test('comes as the list brought it, so that looking changes nothing', async () => {
    const post = far.world.post(piet, 'One');
    far.world.report({ about: piet, posts: [post] });
    far.world.report({ about: piet });
    await desk.pull();
    for (const id of [post.id, piet.id]) {
      expect((await desk.session.context(desk.subject(id), desk.signal)).subject).toEqual(desk.subject(id));
    }
  });

  test('a reported post that is met in another\'s surroundings stays what it was', async () => {
    const posts = [far.world.post(piet, 'One'), far.world.post(piet, 'Two')];
    for (const post of posts) far.world.report({ about: piet, posts: [post] });
    piet.silenced = true;
    await desk.pull();
    const [first, second] = posts.map(({ id }) => desk.subject(id));
    const found = first === undefined ? null : await desk.session.context(first, desk.signal);
    expect(found?.recent).toEqual([second]);
  });

  test('does not count what it sees as seen by the person: what someone did meanwhile stays a conflict', async () => {
    const post = far.world.post(piet, 'One');
    const { id } = far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    far.world.resolve(id, far.ines);
    expect((await desk.session.context(desk.subject(post.id), desk.signal)).subject?.revision).toBe(desk.subject(post.id).revision);
  });

  test('a post that only followers may see is taken from its report, and not called gone', async () => {
    const post = far.world.post(piet, 'For friends', { visibility: 'private' });
    far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    expect((await desk.session.context(desk.subject(post.id), desk.signal)).subject).toMatchObject({ text: 'For friends', place: 'To followers' });
  });

  test('a post that is gone is gone', async () => {
    const post = far.world.post(piet, 'One');
    far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    far.world.posts.delete(post.id);
    expect((await desk.session.context(desk.subject(post.id), desk.signal)).subject).toBeNull();
  });

  test('an account that was suspended meanwhile', async () => {
    far.world.report({ about: piet });
    await desk.pull();
    piet.suspended = true;
    expect((await desk.session.context(desk.subject(piet.id), desk.signal)).subject).toMatchObject({ removed: true });
  });

  test('a role that may not see accounts sees them in their reports', async () => {
    far.setup.permissions = String(0x10);
    far.world.report({ about: piet });
    await desk.pull();
    expect((await desk.session.context(desk.subject(piet.id), desk.signal)).subject).toEqual(desk.subject(piet.id));
  });
});

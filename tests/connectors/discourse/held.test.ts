import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

describe('a held post that a colleague', () => {
  test('deleted from the queue, or rejected themselves: taking our removal back asks before it approves', async () => {
    const [first, second] = [desk.forum.hold(desk.author, 'First'), desk.forum.hold(desk.author, 'Second')];
    await desk.pull();
    const order = desk.order('remove', `held-${first.id}`);
    const sent = await desk.session.deliver(order, signal);
    const back = { ...order, id: 'another', reverse: true, expected: null, reverses: { orderId: order.id, remoteId: sent.kind === 'done' ? sent.remoteId : null } };
    desk.forum.review(first.id, 'delete', desk.tomas);
    expect(await desk.session.deliver(back, signal)).toEqual({ kind: 'conflict', by: null, what: 'deleted from the queue', at: null });
    expect(first.status).toBe(4);
    desk.forum.review(second.id, 'reject_post', desk.tomas);
    expect(await desk.send('remove', `held-${second.id}`, { reverse: true })).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'rejected' });
    expect(second.status).toBe(2);
    expect(await desk.session.deliver({ ...back, force: true }, signal)).toMatchObject({ kind: 'done' });
    expect(first.status).toBe(1);
  });

  test('approved: who insists on removing it removes the post that came of it, and gets it back', async () => {
    const item = desk.forum.hold(desk.author, 'First');
    await desk.pull();
    desk.forum.review(item.id, 'approve_post', desk.tomas);
    const order = desk.order('remove', `held-${item.id}`);
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'approved' });
    const sent = await desk.session.deliver({ ...order, force: true }, signal);
    const post = desk.forum.posts.get(item.targetId ?? 0);
    expect([sent, item.status, post?.deletedAt]).toMatchObject([{ kind: 'done', said: `post ${item.targetId} deleted` }, 1, desk.io.truly()]);
    expect(await desk.session.deliver({ ...order, force: true }, signal)).toMatchObject({ kind: 'already', what: 'deleted' });
    expect(await desk.session.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: String(item.targetId) } }, signal)).toMatchObject({ kind: 'done' });
    expect(post?.deletedAt).toBeNull();
  });
});

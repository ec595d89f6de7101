import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
let wakes = 0;
beforeEach(async () => {
  desk = await openDesk();
  wakes = 0;
});
afterEach(() => desk.forum.close());

const polls = (): number => desk.forum.server.requests.filter(({ path }) => path.startsWith('/message-bus/')).length;

async function pulling() {
  const session = discourse.open({ ...desk.io, wake: () => { wakes += 1; } }, { url: desk.forum.server.origin, username: 'ines' });
  const pull = async (): Promise<void> => {
    const batches = session.pull(null, signal)[Symbol.asyncIterator]();
    while ((await batches.next()).done !== true) continue;
  };
  await pull();
  return { session, pull };
}

describe('the message bus', () => {
  test('wakes sync when the queue changes, and goes on from where the channels stand', async () => {
    desk.forum.held = [];
    const { session } = await pulling();
    await vi.waitFor(() => expect(desk.forum.held).toHaveLength(1));
    desk.forum.held.pop()?.([{ global_id: 9, message_id: 41, channel: `/reviewable_counts/${desk.ines}`, data: { reviewable_count: 3 } }]);
    await vi.waitFor(() => expect(desk.forum.held).toHaveLength(1));
    expect(wakes).toBe(1);
    const asked = desk.forum.server.requests.filter(({ path }) => path.startsWith('/message-bus/')).map(({ text }) => JSON.parse(text) as Record<string, number>);
    expect(asked.map((body) => [body['/reviewable_action'], body[`/reviewable_counts/${desk.ines}`], body['__seq']])).toEqual([[-1, -1, 1], [40, 40, 2], [40, 41, 3]]);
    expect(desk.forum.server.requests.find(({ path }) => path.startsWith('/message-bus/'))?.headers['dont-chunk']).toBe('true');
    // A busy queue does not take the whole of the key's budget.
    for (const [message, passed] of [[42, 0], [43, 31_000]] as const) {
      desk.io.pass(passed);
      desk.forum.held.pop()?.([{ global_id: 9, message_id: message, channel: '/reviewable_action', data: {} }]);
      await vi.waitFor(() => expect(desk.forum.held).toHaveLength(1));
    }
    expect(wakes).toBe(2);
    await session.close();
  });

  test('of a forum that holds no requests open is left alone for a while', async () => {
    const { session, pull } = await pulling();
    await vi.waitFor(() => expect(polls()).toBe(2));
    await pull();
    expect([polls(), wakes]).toEqual([2, 0]);
    desk.io.pass(11 * 60_000);
    await pull();
    await vi.waitFor(() => expect(polls()).toBe(4));
    await session.close();
  });

  test('that tells the same over and over is left alone for a while', async () => {
    const heal = desk.forum.server.plan({
      route: 'POST /message-bus/:client/poll',
      fault: { name: 'stuck', means: ['survives'], send: (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([{ global_id: 9, message_id: 41, channel: '/reviewable_action', data: {} }])) },
    });
    const { session, pull } = await pulling();
    await vi.waitFor(() => expect(polls()).toBe(2));
    await pull();
    await pull();
    expect([polls(), wakes]).toEqual([2, 1]);
    heal();
    await session.close();
  });

  test('that is in trouble troubles nobody', async () => {
    const heal = desk.forum.server.plan({ route: 'POST /message-bus/:client/poll', fault: { name: 'down', means: [], send: (response) => void response.writeHead(503).end('Service Unavailable') } });
    const { session, pull } = await pulling();
    await vi.waitFor(() => expect(polls()).toBe(1));
    await pull();
    heal();
    await session.close();
  });
});

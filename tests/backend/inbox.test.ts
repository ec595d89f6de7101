import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeInboxes } from '../../src-main/services/inboxes.ts';
import { importsOf } from '../../src-main/store/imports.ts';
import { appendEntries, asideCount, asidePage, clearInbox, dropAside, dropWaiting, entriesAfter, forgetSeen, keepAside, readAgain, waitingOf } from '../../src-main/store/inbox.ts';
import type { Store } from '../../src-main/store/store.ts';
import { plansOf } from '../support/query-plans.ts';
import { makeStoreWorld } from '../support/store-world.ts';
import type { StoreWorld } from '../support/store-world.ts';

let world: StoreWorld;
let now = 0;
beforeEach(() => {
  world = makeStoreWorld();
  now = 1_000_000_000;
});
afterEach(() => world[Symbol.dispose]());

function inbox(store: Store = world.store) {
  return makeInboxes({ store, now: () => now, changed: () => undefined }).of(1);
}

const entry = (n: number) => ({ place: `line ${n}`, body: `{"n":${n}}` });

describe('the inbox', () => {
  test('gives what came in its order, forgets only up to where it is told, and never gives an id twice', async () => {
    const box = inbox();
    await box.append([entry(1), entry(2), entry(3)], null);
    expect((await box.read(0, 2)).entries.map(({ id, place }) => [id, place])).toEqual([[1, 'line 1'], [2, 'line 2']]);
    await box.forget(3);
    expect(await box.read(0, 10)).toEqual({ entries: [], total: 3 });
    await box.append([entry(4)], null);
    expect((await box.read(0, 10)).entries.map(({ id }) => id)).toEqual([4]);
  });

  test('knows a key for a week', async () => {
    const box = inbox();
    expect(await box.append([entry(1)], 'id msg_1')).toBe(true);
    now += 6 * 24 * 60 * 60_000;
    expect(await box.append([entry(1)], 'id msg_1')).toBe(false);
    now += 2 * 24 * 60 * 60_000;
    expect(await box.append([entry(1)], 'id msg_1')).toBe(true);
    expect((await box.read(0, 10)).total).toBe(2);
  });

  test('keeps aside what cannot be read, through everything, until it is read again or dropped', async () => {
    const box = inbox();
    await box.append([entry(1), entry(2)], null);
    await box.keepAside([{ id: 1, field: 'subjectId', problem: 'Nothing in it.' }]);
    expect((await box.read(0, 10)).entries.map(({ id }) => id)).toEqual([2]);
    await box.forget(2);
    expect(asidePage(world.store, 1, null, 0, 10)).toMatchObject([{ id: 1, field: 'subjectId', problem: 'Nothing in it.', body: '{"n":1}' }]);
    expect(readAgain(world.store, 1, null)).toBe(1);
    expect((await box.read(2, 10)).entries).toMatchObject([{ id: 3, place: 'line 1' }]);
    expect(asideCount(world.store, 1, null)).toBe(0);
  });

  test('is asked by its indexes alone', () => {
    const { seen, scans } = plansOf(world.store, (store) => {
      appendEntries(store, 1, [{ ...entry(1), problem: null }, { ...entry(2), problem: 'Not JSON.' }], { at: now, key: 'k', importId: 'i' });
      entriesAfter(store, 1, 0, 10);
      waitingOf(store, 1, 'i', 0);
      keepAside(store, 1, null, 'x');
      asidePage(store, 1, 'i', 0, 10);
      asideCount(store, 1, null);
      readAgain(store, 1, 'i');
      dropAside(store, 1, null, [1]);
      dropWaiting(store, 1, 'i', 10);
      forgetSeen(store, 0);
      importsOf(store, 1);
      clearInbox(store, 1, 10);
    });
    expect(seen.size).toBeGreaterThan(10);
    expect(scans).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import { hueOf } from '../../../src-main/services/connection-view.ts';
import { itemDetails } from '../../../src-main/services/item.ts';
import { syncRow } from '../../../src-main/store/sync-state.ts';
import { makeWorld } from '../../support/platform-world.ts';
import type { World } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';
import type { ScriptedPlatform } from '../../support/scripted-platform.ts';

const values = { url: 'tidepool.example', token: 'hunter2' };
let platform: ScriptedPlatform;
let world: World;
beforeEach(() => {
  platform = scriptedPlatform('tidepool');
  platform.publish(2);
  world = makeWorld([platform.connector]);
});
afterEach(() => world.stop());

const add = (more: object = {}) => world.platforms.connections.add({ id: randomUUID(), platform: 'tidepool', title: '', values, source: 'key', ...more });

describe('testing before saving', () => {
  test('says who we are there and keeps nothing', async () => {
    expect(await world.platforms.connections.test({ platform: 'tidepool', values }))
      .toEqual({ name: '@mod@tidepool.example', instance: 'tidepool.example', scopes: ['reports'], missing: [] });
    expect([world.host.secrets.size, world.platforms.connections.list(), platform.closed.count]).toEqual([0, [], 1]);
  });

  test('passes the platform\'s refusal on', async () => {
    platform.faults.verify.push({ when: 'before', error: new ConnectorError('sign-in', 'The token is refused. Make a new one under Settings › Apps.') });
    await expect(world.platforms.connections.test({ platform: 'tidepool', values })).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('names the wrong field', async () => {
    await expect(world.platforms.connections.test({ platform: 'tidepool', values: { url: 'http://tidepool.example', token: 'x' } }))
      .rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'values.url' }] });
  });

  test('what a sign-in in the browser made is kept when the connection is', async () => {
    const { open } = platform.connector;
    Object.assign(platform.connector, { open: (...[io, settings]: Parameters<typeof open>) => ({
      ...open(io, settings),
      async verify() {
        if (await io.secret('access') === null) {
          await io.openExternal('https://tidepool.example/authorize');
          await io.keepSecret('access', 'made in the browser');
        }
        return platform.account;
      },
    }) });
    await world.platforms.connections.test({ platform: 'tidepool', values });
    const { id } = await add();
    await world.clock.settle();
    expect([world.host.opened, world.host.secrets.get(`connection/${id}/access`)]).toEqual([['https://tidepool.example/authorize'], 'made in the browser']);
  });
});

describe('adding', () => {
  test('keeps secrets with the secrets only, and starts at once', async () => {
    const { id } = await add();
    await world.clock.settle();
    expect(world.platforms.connections.list()).toMatchObject([{
      id, title: 'Scripted · tidepool.example', settings: { url: 'https://tidepool.example' }, provisioned: false,
      account: { name: '@mod@tidepool.example' }, health: { state: 'live', caughtUp: true, pulled: 2, total: 2, open: 2, waiting: 0, attention: 0, pollMs: 30_000, newestAt: 1_777_000_000_001 },
    }]);
    expect(world.host.secrets.get(`connection/${id}/token`)).toBe('hunter2');
    world.ctx.store.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(world.ctx.store.db.serialize().includes('hunter2')).toBe(false);
  });

  test('twice with the same id is once', async () => {
    const id = randomUUID();
    await add({ id });
    await add({ id });
    expect(world.platforms.connections.list()).toHaveLength(1);
  });

  test('the same instance a second time is refused', async () => {
    await add();
    await expect(add()).rejects.toMatchObject({ code: 'NOT_POSSIBLE', message: expect.stringContaining('tidepool.example is connected already') });
  });

  test('a removed one that is added again is the same one, with its items', async () => {
    const first = await add();
    await world.clock.settle();
    await world.platforms.connections.remove({ id: first.id, source: 'key' });
    const second = await add({ title: 'Back' });
    await world.clock.settle();
    expect([second.id, second.title, world.ctx.store.db.prepare('SELECT count(*) AS n FROM items').get()]).toEqual([first.id, 'Back', { n: 2 }]);
  });

  test('waits for the passphrase while secrets are locked', async () => {
    world.host.lock(true);
    await expect(add()).rejects.toMatchObject({ kind: 'secrets-locked' });
    expect(world.platforms.connections.list()).toEqual([]);
  });
});

describe('changing', () => {
  test('a new token is used at once, what is left out stays', async () => {
    const { id } = await add();
    await world.clock.settle();
    await world.platforms.connections.change({ id, values: { token: 'new' }, source: 'key' });
    await world.clock.settle();
    expect([world.host.secrets.get(`connection/${id}/token`), await platform.io?.secret('token')]).toEqual(['new', 'new']);
    await world.platforms.connections.change({ id, title: 'Tide', source: 'key' });
    expect(world.platforms.connections.list()).toMatchObject([{ title: 'Tide', settings: { url: 'https://tidepool.example' } }]);
  });

  test('a new token may be another account\'s: it gets a session of its own, which knows nothing of the one before', async () => {
    const { id } = await add();
    await world.clock.settle();
    await world.platforms.connections.change({ id, values: { token: 'of another' }, source: 'key' });
    await world.clock.settle();
    expect([platform.closed.count, world.platforms.connections.list()[0]?.health.state]).toEqual([1, 'live']);
    await world.platforms.connections.change({ id, title: 'Tide', source: 'key' });
    await world.clock.settle();
    expect(platform.closed.count).toBe(1);
  });

  test('an empty answer takes back a secret that the platform can do without, and no other', async () => {
    const { connector } = platform;
    for (const required of [true, false]) {
      Object.assign(connector, { fields: connector.fields.map((field) => (field.kind === 'secret' ? { ...field, required } : field)) });
      const { id } = world.platforms.connections.list()[0] ?? await add();
      await world.platforms.connections.change({ id, values: { token: '' }, source: 'key' });
      await world.clock.settle();
      expect(await platform.io?.secret('token'), String(required)).toBe(required ? 'hunter2' : null);
    }
  });

  test('it never becomes the connection to another server', async () => {
    const { id } = await add();
    await expect(world.platforms.connections.change({ id, values: { url: 'other.example' }, source: 'key' })).rejects.toMatchObject({ code: 'NOT_POSSIBLE' });
  });
});

describe('what can be done there', () => {
  test('is told for each type of subject, what not with its reason; nothing before the first sign-in', async () => {
    platform.account = { ...platform.account, capabilities: { post: { remove: { can: true, target: 'subject', reversible: true }, lock: { can: false, why: 'Tidepool has no locks.' } } } };
    const { id } = await add();
    expect(world.platforms.connections.abilities({ id })).toEqual([]);
    await world.clock.settle();
    const [post, ...others] = world.platforms.connections.abilities({ id });
    const said = post?.verbs.filter(({ verb }) => ['remove', 'dismiss', 'lock', 'mute'].includes(verb)).map(({ verb, can, why }) => ({ verb, can, why }));
    expect([post?.type, others, said]).toEqual(['post', [], [
      { verb: 'remove', can: true, why: null }, { verb: 'mute', can: false, why: 'This platform has nothing like it.' },
      { verb: 'dismiss', can: true, why: null }, { verb: 'lock', can: false, why: 'Tidepool has no locks.' },
    ]]);
  });
});

/** A connection with a conflict and a decision that waits, removed. */
async function removed() {
  const { id } = await add();
  await world.clock.settle();
  const { n = 0 } = world.ctx.connections.byId(id) ?? {};
  const [first = 0, second = 0] = world.subjects(n);
  platform.others.set('p0', { by: '@ines', what: 'kept', at: 1 });
  const conflict = world.decide(first);
  await world.clock.advance(9000);
  const waiting = world.decide(second);
  const before = { conflict: world.order(conflict).state, ...world.platforms.connections.list()[0]?.health };
  await world.platforms.connections.remove({ id, source: 'key' });
  await world.clock.settle();
  return { n, first, conflict, waiting, before };
}

describe('removing', () => {
  test('cancels what waits or is in doubt, and the item no longer stands in conflict', async () => {
    const { first, conflict, waiting, before } = await removed();
    expect(before).toMatchObject({ conflict: 'conflict', waiting: 1, attention: 1 });
    const said = 'The connection was removed before this was sent.';
    expect([world.order(conflict), world.order(waiting)]).toMatchObject([{ state: 'cancelled', said }, { state: 'cancelled', said }]);
    expect(world.ctx.store.db.prepare('SELECT state FROM items WHERE subject = ?').pluck().get(first)).toBe('open');
    await world.clock.advance(60_000);
    expect(platform.done).toEqual([]);
  });

  test('forgets who signed in and its secrets; where the sync stands stays, and so does where its items come from', async () => {
    const { n } = await removed();
    expect({ account: world.ctx.connections.account(n), cursor: syncRow(world.ctx.store, n).cursor, secrets: [...world.host.secrets.keys()] })
      .toEqual({ account: null, cursor: '2', secrets: [] });
    expect(world.platforms.connections.sources()).toMatchObject([{ title: 'Scripted · tidepool.example', platformTitle: 'Scripted', instance: 'tidepool.example', removed: true }]);
  });

  test('its items can still be dismissed, escalated and snoozed here; nothing else can be done, and it says why', async () => {
    const { first } = await removed();
    const [detail] = itemDetails(world.ctx, { ids: [first] });
    expect(detail?.verbs.filter(({ can }) => can).map(({ verb }) => verb)).toEqual(['dismiss', 'escalate', 'snooze']);
    expect(detail?.verbs.find(({ verb }) => verb === 'remove')?.why).toBe('Its connection was removed. Connect it again to act there.');
  });
});

test('the browser opens only for a person who signs in: neither later, nor for “sync now”, nor once the sign-in has worked', async () => {
  const open = () => platform.io?.openExternal('https://tidepool.example/authorize');
  const ended = { when: 'before', error: new ConnectorError('sign-in', 'Ended.') } as const;
  platform.faults.pull.push(ended, ended);
  const { id } = await add();
  await world.clock.settle();
  // The form was saved and the sign-in has not worked yet.
  await open();
  await world.clock.advance(10 * 60_000);
  await expect(open()).rejects.toMatchObject({ kind: 'sign-in' });

  platform.faults.pull.push(ended);
  world.platforms.connections.syncNow({ id });
  await world.clock.settle();
  await expect(open()).rejects.toMatchObject({ kind: 'sign-in' });

  platform.faults.pull.push(ended);
  world.platforms.connections.syncNow({ id, signIn: true });
  await world.clock.settle();
  await open();
  world.platforms.connections.syncNow({ id, signIn: true });
  await world.clock.settle();
  await expect(open()).rejects.toMatchObject({ kind: 'sign-in' });
  expect(world.host.opened).toHaveLength(2);
});

/** How far two hues are from each other around the circle. */
const distance = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

test('connections are told apart by hue: a dozen are far from each other, and each keeps its own', () => {
  const hues = Array.from({ length: 12 }, (_, at) => hueOf(at + 1));
  const nearest = Math.min(...hues.flatMap((a, at) => hues.slice(at + 1).map((b) => distance(a, b))));
  expect([hues.every((hue) => hue >= 0 && hue < 360), nearest > 15]).toEqual([true, true]);
});

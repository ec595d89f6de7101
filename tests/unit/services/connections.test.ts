import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
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
      account: { name: '@mod@tidepool.example' }, health: { state: 'live', pulled: 2, total: 2, waiting: 0 },
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

  test('it never becomes the connection to another server', async () => {
    const { id } = await add();
    await expect(world.platforms.connections.change({ id, values: { url: 'other.example' }, source: 'key' })).rejects.toMatchObject({ code: 'NOT_POSSIBLE' });
  });
});

test('the browser opens only while a person asked for it', async () => {
  await add();
  await world.clock.settle();
  await world.clock.advance(10 * 60_000);
  await expect(platform.io?.openExternal('https://tidepool.example/authorize')).rejects.toMatchObject({ kind: 'sign-in' });
});

import { afterEach, describe, expect, test } from 'vitest';
import { parseConnections } from '../../../src-main/services/provision.ts';
import type { SecretSources } from '../../../src-main/services/provision.ts';
import { makeWorld } from '../../support/platform-world.ts';
import type { World } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';

const sources: SecretSources = {
  env: { TIDEPOOL_TOKEN: 'from the environment', EMPTY: '' },
  readFile(path) {
    if (path !== '/run/secrets/tidepool') throw new Error('ENOENT');
    return 'from a file\n';
  },
};

const tidepool = { id: 'tidepool', platform: 'tidepool', title: 'Tidepool', settings: { url: 'https://tidepool.example' }, secrets: { token: { env: 'TIDEPOOL_TOKEN' } } };

describe('an administrator\'s connections file', () => {
  test('is a list, or an object with one; secrets are read from where it says', () => {
    const expected = [{ at: 'connections[0]', id: 'tidepool', platform: 'tidepool', title: 'Tidepool', settings: { url: 'https://tidepool.example' }, secrets: { token: 'from the environment' } }];
    expect(parseConnections(JSON.stringify([tidepool]), sources)).toEqual(expected);
    expect(parseConnections(JSON.stringify({ connections: [{ ...tidepool, secrets: { token: { file: '/run/secrets/tidepool' } } }] }), sources))
      .toEqual([{ ...expected[0], secrets: { token: 'from a file' } }]);
  });

  test.each([
    ['half a JSON', '[{"platform"', 'It is not JSON'],
    ['something else', '"tidepool"', 'A list of connections is expected'],
    ['no list', '{"connections":{}}', 'connections: A list of connections is expected.'],
    ['a missing platform', JSON.stringify([tidepool, { title: 'x' }]), 'connections[1].platform: Name the platform.'],
    ['an unknown field', JSON.stringify([{ ...tidepool, sekrets: {} }]), 'connections[0].sekrets: There is no such field.'],
    ['a setting that is a list', JSON.stringify([{ ...tidepool, settings: { url: [] } }]), 'connections[0].settings.url: '],
    ['a secret in the file', JSON.stringify([{ ...tidepool, secrets: { token: 'hunter2' } }]), 'connections[0].secrets.token: Say where the secret is'],
    ['a variable that is not set', JSON.stringify([{ ...tidepool, secrets: { token: { env: 'NOPE' } } }]), 'connections[0].secrets.token.env: The environment variable NOPE is not set.'],
    ['an empty variable', JSON.stringify([{ ...tidepool, secrets: { token: { env: 'EMPTY' } } }]), 'connections[0].secrets.token.env: '],
    ['a file that is not there', JSON.stringify([{ ...tidepool, secrets: { token: { file: '/nope' } } }]), 'connections[0].secrets.token.file: /nope cannot be read.'],
    ['the same id twice', JSON.stringify([tidepool, tidepool]), 'connections[1].id: connections[0] has the same id.'],
  ])('with %s it is refused with the path of the wrong field', (_name, text, message) => {
    expect(() => parseConnections(text, sources)).toThrow(`The connections file cannot be used: ${message}`);
    expect(() => parseConnections(text, sources)).not.toThrow('hunter2');
  });
});

describe('connections it provides', () => {
  let world: World | null = null;
  afterEach(async () => {
    await world?.stop();
    world = null;
  });

  function start(...entries: readonly object[]): World {
    world = makeWorld([scriptedPlatform('tidepool').connector], { provisioned: parseConnections(JSON.stringify(entries), sources) });
    return world;
  }

  test.each([
    [{ ...tidepool, platform: 'myspace' }, 'connections[0].platform: There is no platform "myspace". There are: tidepool.'],
    [{ ...tidepool, settings: { url: 'http://tidepool.example' } }, 'connections[0].settings.url: The address has to start with https://'],
    [{ ...tidepool, settings: {} }, 'connections[0].settings.url: Address is needed.'],
    [{ ...tidepool, settings: { url: 'https://a.example', colour: 'red' } }, 'connections[0].settings.colour: There is no such setting.'],
    [{ ...tidepool, settings: { url: 'https://a.example', token: 'hunter2' } }, 'connections[0].settings.token: A secret does not belong into this file'],
    [{ ...tidepool, secrets: {} }, 'connections[0].secrets.token: Token is needed.'],
    [{ ...tidepool, secrets: { token: { env: 'TIDEPOOL_TOKEN' }, key: { env: 'TIDEPOOL_TOKEN' } } }, 'connections[0].secrets.key: The platform has no such secret.'],
  ])('are checked against the platform\'s form', (entry, message) => {
    expect(() => start(entry)).toThrow(message);
  });

  test('without a title one is named for its platform and instance', async () => {
    const { title: _, ...untitled } = tidepool;
    const { platforms } = start(untitled);
    expect(platforms.connections.list()).toMatchObject([{ id: 'tidepool', title: expect.stringMatching(/ · tidepool\.example$/) }]);
  });

  test('are there from the start, signed by the administrator, with secrets that are kept nowhere', async () => {
    const { clock, platforms, ctx, host, restart } = start(tidepool);
    await clock.settle();
    expect(platforms.connections.list()).toMatchObject([{ id: 'tidepool', title: 'Tidepool', provisioned: true, instance: 'tidepool.example', health: { state: 'live' } }]);
    expect([...host.secrets.keys()]).toEqual([]);
    expect(JSON.stringify(ctx.store.db.prepare('SELECT * FROM connections').all())).not.toContain('from the environment');
    await restart();
    expect(world?.ctx.store.db.prepare(`SELECT count(*) AS n, max(actor) AS actor FROM events WHERE kind LIKE 'connection.%'`).get()).toEqual({ n: 1, actor: 'Administrator' });
  });

  test('need no passphrase: what their sessions make is kept until Docket stops', async () => {
    const platform = scriptedPlatform('tidepool');
    world = makeWorld([platform.connector], { provisioned: parseConnections(JSON.stringify([tidepool]), sources) });
    world.host.lock(true);
    await world.clock.settle();
    await platform.io?.keepSecret('access', 'made');
    expect([world.platforms.sync.health(1).state, await platform.io?.secret('token'), await platform.io?.secret('access'), await platform.io?.secret('other'), world.host.secrets.size])
      .toEqual(['live', 'from the environment', 'made', null, 0]);
  });

  test('are changed in the file, not in the desk', async () => {
    const { platforms } = start(tidepool);
    await expect(platforms.connections.change({ id: 'tidepool', title: 'x', source: 'key' })).rejects.toMatchObject({ code: 'NOT_POSSIBLE' });
    await expect(platforms.connections.remove({ id: 'tidepool', source: 'key' })).rejects.toMatchObject({ code: 'NOT_POSSIBLE' });
  });
});

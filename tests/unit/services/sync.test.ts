import { afterEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { Connector } from '../../../src-main/connectors/connector.ts';
import { currentGuidelines } from '../../../src-main/store/guidelines.ts';
import { syncRow } from '../../../src-main/store/sync-state.ts';
import { makeWorld } from '../../support/platform-world.ts';
import type { World } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';

let world: World;
afterEach(() => world.stop());

async function synced(posts: number) {
  const platform = scriptedPlatform('tidepool');
  platform.publish(posts);
  world = makeWorld([platform.connector]);
  const [n = 0] = world.connect(platform.connector);
  return { platform, n };
}

const reports = (): number => world.ctx.store.sql<[], { n: number }>('test-reports', 'SELECT count(*) AS n FROM reports').get()?.n ?? 0;

describe('pulling', () => {
  test('the whole history comes first, then what is new at every poll, and the progress is told', async () => {
    const { platform, n } = await synced(120);
    await world.clock.settle();
    expect(syncRow(world.ctx.store, n)).toEqual({ cursor: '120', pulled: 120, total: 120, caughtUp: true, lastSyncAt: world.clock.now(), newestAt: 1_777_000_000_119 });
    expect(world.platforms.sync.health(n)).toMatchObject({ state: 'live', problem: null, nextSyncAt: world.clock.now() + 30_000 });
    platform.publish(5);
    await world.clock.advance(30_000);
    expect({ reports: reports(), ...syncRow(world.ctx.store, n) }).toMatchObject({ reports: 125, pulled: 125, cursor: '125' });
  });

  test('a pull that breaks off goes on where it stopped, also after a restart; nothing is lost or doubled', async () => {
    const { platform, n } = await synced(200);
    platform.faults.pull.push(null, null, { when: 'after', error: new ConnectorError('unreachable', 'Gone.') });
    await world.clock.settle();
    expect(syncRow(world.ctx.store, n).cursor).toBe('100');
    await world.restart();
    expect({ reports: reports(), ...syncRow(world.ctx.store, n) }).toMatchObject({ reports: 200, pulled: 200, cursor: '200', caughtUp: true });
  });

  test('a platform that gives the same reports again has brought in no more of them', async () => {
    const { n } = await synced(120);
    await world.clock.settle();
    world.ctx.store.write(() => world.ctx.store.db.prepare('UPDATE sync_state SET cursor = NULL').run());
    await world.clock.advance(30_000);
    expect(syncRow(world.ctx.store, n)).toMatchObject({ cursor: '120', pulled: 120, total: 120 });
  });

  test('a stream wakes the loop before its time', async () => {
    const { platform } = await synced(1);
    await world.clock.settle();
    platform.publish(1);
    platform.io?.wake();
    await world.clock.settle();
    expect(reports()).toBe(2);
  });

  test('who we are there is kept, so that what can be done is known after a restart without a network', async () => {
    const { platform, n } = await synced(1);
    await world.clock.settle();
    platform.down = new ConnectorError('unreachable', 'Gone.');
    await world.restart();
    expect(world.ctx.connections.capabilities(n, 'post')).toEqual(platform.account.capabilities.post);
    expect(world.ctx.connections.capabilities(n, 'message')).toEqual({});
  });
});

test('a role that was changed there shows within hours', async () => {
  const { platform, n } = await synced(1);
  await world.clock.settle();
  platform.account = { ...platform.account, missing: ['The role lost “Manage reports”. Ask an admin for it.'], capabilities: { post: { remove: { can: false, why: 'Your role may not.' } } } };
  await world.clock.advance(7 * 3_600_000);
  expect([world.ctx.connections.capabilities(n, 'post'), world.platforms.connections.list()[0]?.account?.missing])
    .toEqual([{ remove: { can: false, why: 'Your role may not.' } }, ['The role lost “Manage reports”. Ask an admin for it.']]);
});

describe('trouble', () => {
  test('offline is asked again after growing waits and told with what to do', async () => {
    const { platform, n } = await synced(1);
    platform.down = new ConnectorError('unreachable', 'tidepool.example did not answer.');
    await world.clock.settle();
    const first = world.platforms.sync.health(n);
    expect(first).toMatchObject({ state: 'offline', problem: 'tidepool.example did not answer.', nextSyncAt: world.clock.now() + 1500 });
    await world.clock.advance(10 * 60_000);
    const { length } = platform.calls;
    expect(length).toBeGreaterThan(5);
    expect(length).toBeLessThan(16);
    expect(world.platforms.sync.health(n).traceId).toBe(first.traceId);
    platform.down = null;
    await world.clock.advance(2 * 60_000);
    expect(world.platforms.sync.health(n)).toMatchObject({ state: 'live', problem: null });
  });

  test('Retry-After is obeyed to the millisecond', async () => {
    const { platform, n } = await synced(1);
    platform.faults.pull.push({ when: 'before', error: new ConnectorError('rate-limited', 'Wait.', 90_000) });
    await world.clock.settle();
    expect(world.platforms.sync.health(n).state).toBe('rate-limited');
    const { length } = platform.calls;
    await world.clock.advance(89_999);
    expect(platform.calls).toHaveLength(length);
    await world.clock.advance(1);
    expect(world.platforms.sync.health(n).state).toBe('live');
  });

  test('a stream that goes on talking shortens no wait that was asked for, and what is out of reach is asked once more', async () => {
    const { platform, n } = await synced(1);
    platform.faults.pull.push({ when: 'before', error: new ConnectorError('rate-limited', 'Wait.', 90_000) });
    await world.clock.settle();
    const talk = async (): Promise<number> => {
      const before = platform.calls.length;
      for (let times = 0; times < 5; times += 1) {
        platform.io?.wake();
        await world.clock.settle();
      }
      return platform.calls.length - before;
    };
    expect([await talk(), world.platforms.sync.health(n).state]).toEqual([0, 'rate-limited']);
    await world.clock.advance(90_000);
    platform.down = new ConnectorError('unreachable', 'Gone.');
    await world.clock.advance(30_000);
    expect([await talk(), world.platforms.sync.health(n).state]).toEqual([1, 'offline']);
    platform.down = null;
    await world.clock.advance(2 * 60_000);
    platform.faults.pull.push({ when: 'before', error: new ConnectorError('sign-in', 'Sign in again.') });
    await world.clock.advance(30_000);
    expect([await talk(), world.platforms.sync.health(n).state]).toEqual([0, 'sign-in-needed']);
  });

  test('an expired token stops the loop until the person signs in again, and the pull goes on from where it was', async () => {
    const { platform, n } = await synced(100);
    platform.faults.pull.push(null, { when: 'before', error: new ConnectorError('sign-in', 'Sign in again.') });
    await world.clock.settle();
    await world.clock.advance(24 * 3_600_000);
    expect(world.platforms.sync.health(n)).toMatchObject({ state: 'sign-in-needed', problem: 'Sign in again.', nextSyncAt: null });
    expect(reports()).toBe(50);
    world.platforms.connections.syncNow({ id: 'tidepool' });
    await world.clock.settle();
    expect(world.platforms.sync.health(n).state).toBe('live');
    expect(reports()).toBe(100);
  });

  test('locked secrets wait for the unlock', async () => {
    const { platform, n } = await synced(1);
    world.host.lock(true);
    platform.connector.open = ((open) => (io, values) => {
      const session = open(io, values);
      return { ...session, verify: async (signal) => {
        if (await io.secret('token') === null) throw new ConnectorError('sign-in', 'No token.');
        return session.verify(signal);
      } };
    })(platform.connector.open) as typeof platform.connector.open;
    await world.clock.settle();
    expect(world.platforms.sync.health(n)).toMatchObject({ state: 'secrets-locked', problem: 'Secrets are locked. Give the passphrase.' });
    world.host.lock(false);
    await world.clock.settle();
    expect(world.platforms.sync.health(n).state).toBe('live');
  });

  test('a bug of a connector is told with a trace id and does not end the loop', async () => {
    const { platform, n } = await synced(1);
    platform.faults.pull.push({ when: 'before', error: new TypeError('x is undefined') });
    await world.clock.settle();
    expect(world.platforms.sync.health(n)).toMatchObject({ state: 'failing', problem: expect.stringContaining('trace-1') });
    await world.clock.advance(60_000);
    expect(world.platforms.sync.health(n).state).toBe('live');
  });

  test('a failing connection never slows another', async () => {
    const ill = scriptedPlatform('ill');
    const well = scriptedPlatform('well');
    well.publish(10);
    world = makeWorld([ill.connector, well.connector]);
    ill.down = new ConnectorError('unreachable', 'Gone.');
    const [, n = 0] = world.connect(ill.connector, well.connector);
    await world.clock.settle();
    well.publish(1);
    await world.clock.advance(30_000);
    expect(syncRow(world.ctx.store, n).pulled).toBe(11);
  });
});

describe('what a person does with a connection', () => {
  test('pause closes the session, resume goes on', async () => {
    const { platform, n } = await synced(1);
    await world.clock.settle();
    world.platforms.connections.pause({ id: 'tidepool', paused: true, source: 'key' });
    platform.publish(1);
    await world.clock.advance(120_000);
    expect({ reports: reports(), closed: platform.closed.count, state: world.platforms.sync.health(n).state }).toEqual({ reports: 1, closed: 1, state: 'paused' });
    world.platforms.connections.pause({ id: 'tidepool', paused: false, source: 'key' });
    await world.clock.settle();
    expect(reports()).toBe(2);
  });

  test('remove forgets every secret, also those the session made, and keeps what was pulled', async () => {
    const { platform } = await synced(3);
    await world.clock.settle();
    await platform.io?.keepSecret('refresh-token', 'x');
    world.host.secrets.delete('connection/tidepool/token');
    await world.platforms.connections.remove({ id: 'tidepool', source: 'key' });
    await world.clock.settle();
    expect({ secrets: [...world.host.secrets.keys()], reports: reports(), list: world.platforms.connections.list() }).toEqual({ secrets: [], reports: 3, list: [] });
  });
});

describe('published rules', () => {
  test('become guidelines; a changed one is a new version, one that is gone is retired, and the team\'s additions stay', async () => {
    const { platform } = await synced(1);
    platform.rules = [{ remoteId: '1', number: '1', title: 'Be kind', body: 'Be kind.' }, { remoteId: '2', number: '2', title: 'No spam', body: 'None.' }];
    await world.clock.settle();
    platform.rules = [{ remoteId: '1', number: '1', title: 'Be kind', body: 'Be kind to everyone.' }];
    await world.clock.advance(61 * 60_000);
    expect(currentGuidelines(world.ctx.store, true).map(({ title, body, version, retired, publishedBy, connectionId }) => ({ title, body, version, retired, publishedBy, connectionId })))
      .toEqual([
        { title: 'Be kind', body: 'Be kind to everyone.', version: 2, retired: false, publishedBy: 'Scripted', connectionId: 'tidepool' },
        { title: 'No spam', body: 'None.', version: 1, retired: true, publishedBy: 'Scripted', connectionId: 'tidepool' },
      ]);
  });
});

test('a connector that does not hear that it is to stop holds up nobody, and writes nothing afterwards', async () => {
  const platform = scriptedPlatform('tidepool');
  const late = Promise.withResolvers<void>();
  const deaf: Connector = {
    ...platform.connector,
    open(io, values) {
      const session = platform.connector.open(io, values);
      return {
        ...session,
        async *pull(cursor) {
          await late.promise;
          platform.publish(1);
          yield* session.pull(cursor, new AbortController().signal);
        },
        close: () => new Promise(() => undefined),
      };
    },
  };
  world = makeWorld([deaf]);
  const [n = 0] = world.connect(deaf);
  await world.clock.settle();
  world.ctx.store.db.prepare('UPDATE connections SET paused = 1').run();
  world.ctx.connections.reload();
  let stopped = false;
  void world.platforms.sync.refresh().then(() => (stopped = true));
  await world.clock.advance(4000);
  expect(stopped).toBe(false);
  await world.clock.advance(7000);
  expect([stopped, world.platforms.sync.usable(n)]).toEqual([true, null]);
  late.resolve();
  await world.clock.settle();
  expect(reports()).toBe(0);
});

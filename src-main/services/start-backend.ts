import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { MessagePortHandler } from '@orpc/server/message-port';
import { StandardHandler, StandardRPCCodec, StandardRPCMatcher } from '@orpc/server/standard';
import type { Sleep } from '../connectors/http/sleep.ts';
import { registry as allPlatforms } from '../connectors/registry.ts';
import type { Registry } from '../connectors/registry.ts';
import type { HostClient } from '../contract/host.ts';
import { metaValue, putMeta } from '../store/history.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { makeConnectionBook } from './connection-book.ts';
import type { Context, Log } from './context.ts';
import { contractError } from './errors.ts';
import { seedGuidelines } from './guidelines.ts';
import { makeLive } from './live.ts';
import { watchPassingTime } from './passing-time.ts';
import type { ProvisionedConnection } from './provision.ts';
import { plainSerializer } from './plain-json.ts';
import { makeRouter } from './router.ts';
import { startPlatforms } from './start-platforms.ts';
import type { Platforms } from './start-platforms.ts';

/** A port of either host: a worker's MessagePort or Electron's MessagePortMain. */
export type DeskPort = Parameters<MessagePortHandler<Record<never, never>>['upgrade']>[0];

export type BackendInput = {
  readonly dataDir: string;
  /** Settings, secrets and the system's browser. */
  readonly host: HostClient;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
  /** Connects the sample community at this size, where it is not connected yet. */
  readonly sample: number | null;
  readonly provisioned: readonly ProvisionedConnection[];
  /** For tests: other platforms, their far side, a clock that is waited on, answers checked against the contract. */
  readonly registry?: Registry;
  readonly sleep?: Sleep;
  readonly guardedFetch?: typeof globalThis.fetch;
  readonly checkOutput?: boolean;
};

export type Backend = {
  /** Serves the contract to one desk. */
  readonly connect: (port: DeskPort) => void;
  readonly stop: () => Promise<void>;
};

/** Opens the database and serves it; platforms are asked only after that. Throws a Failure that says what to do. */
export async function startBackend(input: BackendInput): Promise<Backend> {
  const { log } = input;
  const settingsRead = input.host.settings.get();
  // Whoever awaits it below hears of it; until then it must not count as unheard.
  settingsRead.catch(() => undefined);
  const store = openStore({ file: path.join(input.dataDir, 'docket.db'), log, now: input.now });
  const end = new AbortController();
  const live = makeLive();
  let platforms: Platforms | null = null;
  try {
    let settings = await settingsRead;
    const ctx: Context = {
      store,
      connections: makeConnectionBook(store),
      dataDir: input.dataDir,
      host: input.host,
      fetch: input.fetch,
      now: input.now,
      random: input.random,
      uuid: randomUUID,
      log,
      settings: () => settings,
      device: deviceOf(store),
      changed: live.changed,
      signal: end.signal,
    };
    seedGuidelines(ctx);
    const running = startPlatforms(ctx, {
      registry: input.registry ?? allPlatforms,
      provisioned: input.provisioned,
      ...(input.sleep === undefined ? {} : { sleep: input.sleep }),
      ...(input.guardedFetch === undefined ? {} : { guardedFetch: input.guardedFetch }),
    });
    platforms = running;
    if (input.sample !== null) await connectSample(ctx, running, input.sample);
    watchPassingTime(ctx);

    const router = makeRouter({ ctx, live, platforms: running, keepSettings: (next) => { settings = next; } }, input.checkOutput ?? false);
    const handler = new MessagePortHandler(new StandardHandler(router, new StandardRPCMatcher(), new StandardRPCCodec(plainSerializer()), {
      clientInterceptors: [async ({ next, path: call }) => {
        try {
          return await next();
        } catch (error) {
          throw contractError(error, call.join('.'), log);
        }
      }],
    }));
    return {
      connect: (port) => handler.upgrade(port, { context: {} }),
      async stop() {
        live.stop();
        end.abort(new Error('the backend stops'));
        await running.stop();
        store.close();
      },
    };
  } catch (error) {
    end.abort(error);
    await platforms?.stop();
    store.close();
    throw error;
  }
}

/** This installation's name in events; a copy of the data directory keeps it, since copying is moving. */
function deviceOf(store: Store): string {
  const known = metaValue(store, 'device');
  if (known !== null) return known;
  const device = randomUUID();
  store.write(() => putMeta(store, 'device', device));
  return device;
}

/** The platform that `--sample N` connects. */
const SAMPLE_PLATFORM = 'sample';

async function connectSample(ctx: Context, platforms: Platforms, size: number): Promise<void> {
  if (ctx.connections.all().some((connection) => connection.platform === SAMPLE_PLATFORM && !connection.removed)) return;
  await platforms.connections.add({ id: randomUUID(), platform: SAMPLE_PLATFORM, title: '', values: { size }, source: 'system' });
}

import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { hostContract } from '../contract/host.ts';
import type { Capabilities } from '../contract/setup.ts';
import { Failure } from '../domain/failure.ts';
import type { Log } from '../services/context.ts';
import type { SecretStore } from './secrets/store.ts';
import type { SettingsStore } from './settings.ts';

export type HostServices = {
  readonly capabilities: () => Promise<Capabilities>;
  readonly settings: SettingsStore;
  /** Opened while the backend starts; a keyring may take its time. */
  readonly secrets: Promise<SecretStore>;
  readonly openExternal: (url: string) => Promise<void>;
  readonly notify: (title: string, body: string) => void;
  readonly now: () => number;
  readonly log: Log;
};

/** A port of either host: a worker's MessagePort or Electron's MessagePortMain. */
export type HostPort = Parameters<RPCHandler<Record<never, never>>['upgrade']>[0];

/** Every unlock from now on, until the asker goes away. */
async function* unlocks({ secrets, now }: HostServices, signal: AbortSignal | undefined): AsyncGenerator<{ at: number }> {
  let wake = Promise.withResolvers<'unlocked' | 'gone'>();
  const stop = (await secrets).onUnlocked(() => wake.resolve('unlocked'));
  signal?.addEventListener('abort', () => wake.resolve('gone'));
  try {
    while (await wake.promise === 'unlocked') {
      wake = Promise.withResolvers();
      yield { at: now() };
    }
  } finally {
    stop();
  }
}

const host = implement(hostContract);
const OK = { ok: true } as const;

function makeRouter(services: HostServices) {
  return host.router({
    capabilities: host.capabilities.handler(() => services.capabilities()),
    settings: {
      get: host.settings.get.handler(() => services.settings.get()),
      change: host.settings.change.handler(({ input }) => services.settings.change(input)),
    },
    secrets: {
      status: host.secrets.status.handler(async () => (await services.secrets).status()),
      unlock: host.secrets.unlock.handler(async ({ input }) => await (await services.secrets).unlock(input.passphrase)),
      get: host.secrets.get.handler(async ({ input }) => ({ value: await (await services.secrets).get(input.name) })),
      set: host.secrets.set.handler(async ({ input }) => {
        await (await services.secrets).set(input.name, input.value);
        return OK;
      }),
      remove: host.secrets.remove.handler(async ({ input }) => {
        await (await services.secrets).remove(input.name);
        return OK;
      }),
      unlocked: host.secrets.unlocked.handler(({ signal }) => unlocks(services, signal)),
    },
    openExternal: host.openExternal.handler(async ({ input }) => {
      await services.openExternal(input.url);
      return OK;
    }),
    notify: host.notify.handler(({ input }) => {
      services.notify(input.title, input.body);
      return OK;
    }),
  });
}

/** Serves the host's contract to the backend, and to nobody else, over `port`. */
export function serveHost(services: HostServices, port: HostPort): void {
  const handler = new RPCHandler(makeRouter(services), {
    clientInterceptors: [async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        if (error instanceof Failure) {
          throw new ORPCError(error.code, { message: error.message, data: { fields: error.fields }, cause: error });
        }
        if (!(error instanceof ORPCError)) services.log.error('host-call-failed', error);
        throw error;
      }
    }],
  });
  handler.upgrade(port, { context: {} });
}

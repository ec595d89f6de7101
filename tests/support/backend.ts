import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { AsyncIteratorClass, createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Connector } from '../../src-main/connectors/connector.ts';
import type { Sleep } from '../../src-main/connectors/http/sleep.ts';
import { makeRegistry } from '../../src-main/connectors/registry.ts';
import type { Client } from '../../src-main/contract/contract.ts';
import type { HostClient } from '../../src-main/contract/host.ts';
import { settings as settingsSchema } from '../../src-main/contract/setup.ts';
import type { Settings } from '../../src-main/contract/setup.ts';
import type { Log, LogFacts } from '../../src-main/services/context.ts';
import type { ProvisionedConnection } from '../../src-main/services/provision.ts';
import { startBackend } from '../../src-main/services/start-backend.ts';

export type TestBackend = {
  readonly client: Client;
  readonly dataDir: string;
  /** What the backend logged, for assertions about what a log may hold. */
  readonly logged: readonly { readonly event: string; readonly facts: LogFacts; readonly error?: unknown }[];
  /** Another desk on the same backend. */
  readonly connect: () => Client;
  /** Stops the backend and keeps its data, to start another on it. */
  readonly stop: () => Promise<void>;
};

export type TestBackendOptions = {
  readonly dataDir?: string;
  readonly connectors?: readonly Connector[];
  readonly sample?: number | null;
  readonly provisioned?: readonly ProvisionedConnection[];
  readonly settings?: Partial<Settings>;
  readonly secrets?: ReadonlyMap<string, string>;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly sleep?: Sleep;
  readonly fetch?: typeof globalThis.fetch;
};

/** A temporary data directory that goes with the test. */
export function temporaryDir(): { readonly dir: string } & Disposable {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'docket-test-'));
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A real backend on a real database, asked over a real MessagePort; every answer is checked against the contract. */
export async function startTestBackend(options: TestBackendOptions = {}): Promise<TestBackend & AsyncDisposable> {
  const temporary = options.dataDir === undefined ? temporaryDir() : null;
  const dataDir = options.dataDir ?? temporary?.dir ?? '';
  const { log, logged } = collectingLog();
  const backend = await startBackend({
    dataDir,
    host: makeTestHost(dataDir, options.settings ?? {}, options.secrets),
    fetch: options.fetch ?? globalThis.fetch,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    log,
    sample: options.sample ?? null,
    provisioned: options.provisioned ?? [],
    checkOutput: true,
    ...(options.connectors === undefined ? {} : { registry: makeRegistry(options.connectors) }),
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
    ...(options.fetch === undefined ? {} : { guardedFetch: options.fetch }),
  });
  const channels: MessageChannel[] = [];

  function connect(): Client {
    const channel = new MessageChannel();
    channels.push(channel);
    backend.connect(channel.port2);
    return createORPCClient(new RPCLink({ port: channel.port1 }));
  }

  async function stop(): Promise<void> {
    for (const channel of channels.splice(0)) channel.port1.close();
    await backend.stop();
  }

  return {
    client: connect(),
    dataDir,
    logged,
    connect,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      temporary?.[Symbol.dispose]();
    },
  };
}

function collectingLog(): { readonly log: Log; readonly logged: { event: string; facts: LogFacts; error?: unknown }[] } {
  const logged: { event: string; facts: LogFacts; error?: unknown }[] = [];
  let traces = 0;
  return {
    logged,
    log: {
      info: (event, facts = {}) => void logged.push({ event, facts }),
      warn: (event, facts = {}) => void logged.push({ event, facts }),
      error(event, error, facts = {}) {
        traces += 1;
        logged.push({ event, error, facts });
        return `trace-${traces}`;
      },
    },
  };
}

/** The host's side: settings and secrets in memory, nothing opened. */
function makeTestHost(dataDir: string, changed: Partial<Settings>, kept: ReadonlyMap<string, string> = new Map()): HostClient {
  let settings: Settings = { ...settingsSchema.parse({}), ...changed };
  const secrets = new Map(kept);
  const status = { store: 'keyring', state: 'ready', said: 'Secrets are kept in memory for a test.' } as const;
  const ok = { ok: true } as const;
  return {
    capabilities: () => Promise.resolve({
      host: 'loopback', version: '0.0.0', dataDir, confirmsLinks: false, notifications: false, mediaBase: '/media/', notices: [],
    }),
    settings: {
      get: () => Promise.resolve(settings),
      change(changes) {
        settings = settingsSchema.parse({ ...settings, ...changes });
        return Promise.resolve(settings);
      },
    },
    secrets: {
      status: () => Promise.resolve(status),
      unlock: () => Promise.resolve(status),
      get: ({ name }) => Promise.resolve({ value: secrets.get(name) ?? null }),
      set({ name, value }) {
        secrets.set(name, value);
        return Promise.resolve(ok);
      },
      remove({ name }) {
        secrets.delete(name);
        return Promise.resolve(ok);
      },
      unlocked: (_, options) => Promise.resolve(never(options?.signal)),
    },
    openExternal: () => Promise.resolve(ok),
    notify: () => Promise.resolve(ok),
  };
}

/** An iterator that gives nothing until its signal ends it. */
function never(signal: AbortSignal | undefined): AsyncIteratorClass<{ at: number }, unknown, void> {
  const ended = new Promise<IteratorResult<{ at: number }, unknown>>((resolve) => {
    signal?.addEventListener('abort', () => resolve({ done: true, value: undefined }));
  });
  return new AsyncIteratorClass(() => ended, () => Promise.resolve());
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connector } from '../../src-main/connectors/connector.ts';
import { makeRegistry } from '../../src-main/connectors/registry.ts';
import type { HostClient } from '../../src-main/contract/host.ts';
import { settings } from '../../src-main/contract/setup.ts';
import type { Verb } from '../../src-main/contract/words.ts';
import { makeConnectionBook } from '../../src-main/services/connection-book.ts';
import type { Context, Topic } from '../../src-main/services/context.ts';
import { recordEvent } from '../../src-main/services/record.ts';
import { startPlatforms } from '../../src-main/services/start-platforms.ts';
import type { Platforms } from '../../src-main/services/start-platforms.ts';
import type { ProvisionedConnection } from '../../src-main/services/provision.ts';
import { deliveriesOfDecision, holdDelivery } from '../../src-main/store/deliveries.ts';
import type { DeliveryRow } from '../../src-main/store/deliveries.ts';
import { openStore } from '../../src-main/store/open.ts';
import { makeFakeClock } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';

/** What the host would keep, in memory. */
export type MemoryHost = { readonly client: HostClient; readonly secrets: Map<string, string>; readonly opened: string[]; readonly lock: (locked: boolean) => void };

export function makeMemoryHost(): MemoryHost {
  const secrets = new Map<string, string>();
  const opened: string[] = [];
  const watchers = new Set<() => void>();
  let locked = false;
  const status = () => ({ store: 'passphrase-file' as const, state: locked ? 'locked' as const : 'ready' as const, said: locked ? 'Secrets are locked. Give the passphrase.' : 'Ready.' });
  const ok = { ok: true as const };
  async function* unlocks() {
    for (;;) {
      await new Promise<void>((resolve) => {
        watchers.add(resolve);
      });
      yield { at: 0 };
    }
  }
  const client = {
    secrets: {
      status: async () => status(),
      get: async ({ name }: { name: string }) => ({ value: secrets.get(name) ?? null }),
      set: async ({ name, value }: { name: string; value: string }) => {
        secrets.set(name, value);
        return ok;
      },
      remove: async ({ name }: { name: string }) => {
        secrets.delete(name);
        return ok;
      },
      unlocked: async () => unlocks(),
    },
    openExternal: async ({ url }: { url: string }) => {
      opened.push(url);
      return ok;
    },
  };
  return {
    client: client as unknown as HostClient,
    secrets,
    opened,
    lock(next) {
      locked = next;
      if (next) return;
      for (const wake of watchers) wake();
      watchers.clear();
    },
  };
}

export type World = {
  readonly clock: FakeClock;
  readonly host: MemoryHost;
  readonly ctx: Context;
  readonly platforms: Platforms;
  readonly logged: string[];
  readonly changed: Topic[][];
  /** Adds a connection to each connector and answers their numbers. */
  readonly connect: (...connectors: readonly Connector[]) => number[];
  /** One action on one subject, held for the undo window of 8 s. Answers the order's id. */
  readonly decide: (subject: number, verb?: Verb, more?: { readonly decisionId?: string }) => string;
  readonly order: (id: string) => DeliveryRow;
  readonly subjects: (n: number) => number[];
  /** Ends everything as a crash would: nothing is told, and the same data directory starts again. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A real store and the real services, on a clock of the test's own and platforms in memory. */
export function makeWorld(connectors: readonly Connector[], options: { readonly provisioned?: readonly ProvisionedConnection[]; readonly started?: boolean } = {}): World {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'docket-sync-'));
  const clock = makeFakeClock();
  const host = makeMemoryHost();
  const logged: string[] = [];
  const changed: Topic[][] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, error: unknown) => {
      logged.push(`${event}: ${error instanceof Error ? error.message : String(error)}`);
      return `trace-${logged.length}`;
    },
  };

  function start() {
    const end = new AbortController();
    const store = openStore({ file: path.join(dataDir, 'docket.db'), log, now: clock.now });
    // What a crash of the machine would lose is not what these tests are about; it makes them quick.
    store.db.pragma('synchronous = OFF');
    const ctx: Context = {
      store, connections: makeConnectionBook(store), dataDir, host: host.client, fetch, now: clock.now, random: () => 0.5, uuid: randomUUID, log,
      settings: () => settings.parse({}), device: 'test', signal: end.signal,
      changed: (topics) => void changed.push([...topics]),
    };
    const platforms = startPlatforms(ctx, {
      registry: makeRegistry(connectors), provisioned: options.provisioned ?? [], sleep: clock.sleep,
      guardedFetch: () => Promise.reject(new Error('no test loads media from the network')),
    });
    return { ctx, platforms, end };
  }

  let running = start();

  async function halt(): Promise<void> {
    running.end.abort(new Error('stopped'));
    await running.platforms.stop();
    running.ctx.store.close();
  }

  return {
    clock, host, logged, changed,
    get ctx() {
      return running.ctx;
    },
    get platforms() {
      return running.platforms;
    },
    connect(...some) {
      const { ctx, platforms } = running;
      for (const connector of some) {
        host.secrets.set(`connection/${connector.id}/token`, 'secret');
        recordEvent(ctx, {
          id: randomUUID(), kind: 'connection.added', source: 'pointer', subjects: [],
          public: { connectionId: connector.id, platform: connector.id, instance: `${connector.id}.example`, title: connector.title, provisioned: false },
          payload: { settings: { url: `https://${connector.id}.example` } },
        });
      }
      ctx.connections.reload();
      void platforms.sync.refresh();
      platforms.delivery.refresh();
      return some.map(({ id }) => ctx.connections.byId(id)?.n ?? 0);
    },
    decide(subject, verb = 'remove', more = {}) {
      const { ctx, platforms } = running;
      const id = randomUUID();
      const row = ctx.store.sql<[number], { connection: number }>('test-subject', 'SELECT connection FROM subjects WHERE id = ?').get(subject);
      ctx.store.write(() => holdDelivery(ctx.store, {
        id, decisionId: more.decisionId ?? randomUUID(), subject, connection: row?.connection ?? 0, verb, reverse: false, reverses: null,
        body: { durationMs: null, labels: [], reason: 'Spam', guideline: null, message: null, expected: 'r1', decidedAt: clock.now() },
        dueAt: clock.now() + 8000, state: 'held',
      }));
      platforms.delivery.wake();
      return id;
    },
    order(id) {
      const row = running.ctx.store.sql<[string], DeliveryRow>('test-order', 'SELECT * FROM deliveries WHERE id = ?').get(id);
      if (row === undefined) throw new Error('no such order');
      return row;
    },
    subjects: (n) => running.ctx.store.sql<[number], { id: number }>('test-subjects', 'SELECT id FROM subjects WHERE connection = ? ORDER BY id').all(n).map(({ id }) => id),
    async restart() {
      await halt();
      running = start();
      await clock.settle();
    },
    async stop() {
      await halt();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The deliveries of a decision by their states. */
export function statesOf(world: World, decisionId: string): string[] {
  return deliveriesOfDecision(world.ctx.store, decisionId).map(({ state }) => state);
}

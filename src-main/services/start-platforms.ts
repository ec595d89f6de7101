import type { Sleep } from '../connectors/http/sleep.ts';
import type { Registry } from '../connectors/registry.ts';
import { makeConnections } from './connections.ts';
import type { Connections } from './connections.ts';
import type { Context } from './context.ts';
import { startContexts } from './contexts.ts';
import type { Contexts } from './contexts.ts';
import { startDelivery } from './deliver.ts';
import type { Delivery } from './deliver.ts';
import { startImports } from './imports.ts';
import type { Imports } from './imports.ts';
import { makeInboxes } from './inboxes.ts';
import { startMedia } from './media.ts';
import type { MediaCache } from './media.ts';
import type { ProvisionedConnection } from './provision.ts';
import { applyProvisioned, checkProvisioned } from './provisioned-connections.ts';
import { startSync } from './sync.ts';
import type { Sync } from './sync.ts';

export type PlatformsOptions = {
  readonly registry: Registry;
  readonly provisioned: readonly ProvisionedConnection[];
  readonly sleep?: Sleep;
  readonly guardedFetch?: typeof globalThis.fetch;
};

/** Everything that talks to platforms. */
export type Platforms = {
  readonly sync: Sync;
  readonly delivery: Delivery;
  readonly contexts: Contexts;
  readonly media: MediaCache;
  readonly connections: Connections;
  readonly imports: Imports;
  readonly stop: () => Promise<void>;
};

/**
 * Checks and applies what an administrator provides (throws a Failure that names the wrong field), then starts sync,
 * outbox, contexts and media. Returns at once; nothing has been asked of a platform yet.
 */
export function startPlatforms(ctx: Context, options: PlatformsOptions): Platforms {
  const { registry } = options;
  const more = { ...(options.sleep === undefined ? {} : { sleep: options.sleep }), ...(options.guardedFetch === undefined ? {} : { guardedFetch: options.guardedFetch }) };
  const providedSecrets = applyProvisioned(ctx, checkProvisioned(registry, ctx.connections, options.provisioned));
  const inboxes = makeInboxes(ctx);
  const sync = startSync(ctx, {
    registry,
    inboxes,
    providedSecrets,
    onPulled(n) {
      delivery.wake(n);
      contexts.wake(n);
    },
    ...more,
  });
  const delivery = startDelivery(ctx, { sync, ...more });
  const media = startMedia(ctx, { sync, ...more });
  const contexts = startContexts(ctx, { sync, media });
  const imports = startImports(ctx, { registry, inboxes, arrived: (n) => sync.wake(n) });
  const connections = makeConnections(ctx, { registry, sync, delivery, imports });
  // The desk comes first: platforms are asked in the next turn, when the backend has said that it is ready.
  setImmediate(() => {
    sync.refresh().catch((error: unknown) => ctx.log.error('sync-refresh-failed', error));
  });
  return {
    sync, delivery, contexts, media, connections, imports,
    async stop() {
      await imports.stop();
      await sync.stop();
      await Promise.all([delivery.stop(), contexts.stop(), media.idle()]);
    },
  };
}

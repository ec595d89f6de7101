import type { Account } from '../connectors/connector.ts';
import type { Registry } from '../connectors/registry.ts';
import type { AccountView } from '../contract/contract.ts';
import type { Ability, ConnectionSource, ConnectionView, PlatformInfo } from '../contract/setup.ts';
import { SUBJECT_TYPES } from '../contract/words.ts';
import { verbOffers } from '../domain/offers.ts';
import { outboxCounts } from '../store/deliveries.ts';
import { openItems } from '../store/queue-counts.ts';
import { syncRow } from '../store/sync-state.ts';
import type { Connection } from './connection-book.ts';
import type { Context } from './context.ts';
import type { Sync } from './sync.ts';

/** A turn by the golden angle parts any number of hues about as well as can be, in whatever order they are taken. */
const GOLDEN_ANGLE = 137.508;
const FIRST_HUE = 285;

/** A stable hue for the dot beside a connection's items: by its number, which it keeps for good. */
export function hueOf(n: number): number {
  return Math.round(FIRST_HUE + (n - 1) * GOLDEN_ANGLE) % 360;
}

/** Every platform that can be connected, with its form. */
export function platformInfos(registry: Registry): PlatformInfo[] {
  return registry.all.map(({ id, title, summary, fields, intake = null }) => ({ id, title, summary, fields: [...fields], intake }));
}

/** Who we are there, as the contract shows it. */
export function accountView({ name, instance, scopes, missing }: Account): AccountView {
  return { name, instance, scopes: [...scopes], missing: [...missing] };
}

/** A connection as the place that items come from. */
export function connectionSource(registry: Registry, { n, id, platform, title, instance, removed }: Connection): ConnectionSource {
  return { id, platform, platformTitle: registry.byId(platform)?.title ?? platform, title, instance, hue: hueOf(n), removed };
}

/** What an account can do, by the types of subject it names, for a subject about which nothing stands in the way. */
export function abilitiesOf(account: Account | null): Ability[] {
  return SUBJECT_TYPES.flatMap((type) => {
    const capabilities = account?.capabilities[type];
    return capabilities === undefined ? [] : [{ type, verbs: verbOffers(capabilities, { type, removed: false, deleted: false, authorKey: '' }, 'open') }];
  });
}

/** A connection and how it fares. */
export function connectionView(ctx: Context, registry: Registry, sync: Sync, connection: Connection): ConnectionView {
  const { n, id, platform, title, instance, settings, provisioned } = connection;
  const account = ctx.connections.account(n);
  const health = sync.health(n);
  const budget = sync.budget(n);
  const { pulled, total, lastSyncAt, newestAt, caughtUp } = syncRow(ctx.store, n);
  const { held, pending, attention } = outboxCounts(ctx.store, n);
  return {
    id,
    platform,
    platformTitle: registry.byId(platform)?.title ?? platform,
    title,
    instance,
    hue: hueOf(n),
    settings,
    account: account === null ? null : accountView(account),
    health: {
      ...health,
      lastSyncAt,
      pollMs: account?.pollMs ?? null,
      newestAt,
      caughtUp,
      arriving: sync.arriving(n),
      pulled,
      total,
      open: openItems(ctx.store, n),
      waiting: held + pending,
      attention,
      rateLimit: budget === null ? null : { remaining: Math.max(0, budget.remaining), limit: budget.limit, resetAt: budget.resetAt === null ? null : Math.round(budget.resetAt) },
    },
    provisioned,
  };
}

import { ConnectorError } from '../connectors/connector.ts';
import type { Context } from './context.ts';

type SecretsContext = Pick<Context, 'host'>;

/** Secrets that an administrator's file provides, by connection and field: held in memory only. */
export type ProvidedSecrets = ReadonlyMap<string, ReadonlyMap<string, string>>;

function nameOf(connectionId: string, field: string): string {
  return `connection/${connectionId}/${field}`;
}

/** Names of what a connection keeps; kept beside its secrets, so that removing it forgets those a session made too. */
const NAMES = '.names';

/** Throws ConnectorError `secrets-locked` with the host's own words while secrets cannot be read or kept. */
async function requireOpen(ctx: SecretsContext): Promise<void> {
  const status = await ctx.host.secrets.status();
  if (status.state !== 'ready') throw new ConnectorError('secrets-locked', status.said);
}

async function keptNames(ctx: SecretsContext, connectionId: string): Promise<readonly string[]> {
  const { value } = await ctx.host.secrets.get({ name: nameOf(connectionId, NAMES) });
  return value === null ? [] : value.split('\n');
}

/** One secret of a connection; null where none is kept. */
async function readSecret(ctx: SecretsContext, connectionId: string, field: string): Promise<string | null> {
  await requireOpen(ctx);
  return (await ctx.host.secrets.get({ name: nameOf(connectionId, field) })).value;
}

/** Keeps one secret of a connection. */
export async function keepSecret(ctx: SecretsContext, connectionId: string, field: string, value: string): Promise<void> {
  await requireOpen(ctx);
  const names = await keptNames(ctx, connectionId);
  if (!names.includes(field)) await ctx.host.secrets.set({ name: nameOf(connectionId, NAMES), value: [...names, field].join('\n') });
  await ctx.host.secrets.set({ name: nameOf(connectionId, field), value });
}

/** Forgets one secret of a connection. */
export async function forgetSecret(ctx: SecretsContext, connectionId: string, field: string): Promise<void> {
  await requireOpen(ctx);
  await ctx.host.secrets.remove({ name: nameOf(connectionId, field) });
}

/** Forgets everything a connection kept. A locked store is an error, since its secrets would stay. */
export async function forgetSecrets(ctx: SecretsContext, connectionId: string): Promise<void> {
  const status = await ctx.host.secrets.status();
  // A store that was never opened holds nothing.
  if (status.state === 'new') return;
  await requireOpen(ctx);
  for (const field of [...await keptNames(ctx, connectionId), NAMES]) await ctx.host.secrets.remove({ name: nameOf(connectionId, field) });
}

export type SessionSecrets = {
  readonly secret: (name: string) => Promise<string | null>;
  readonly keepSecret: (name: string, value: string) => Promise<void>;
};

/**
 * The secrets of a running connection. One that an administrator provides runs on a machine where nobody unlocks
 * anything: what its session makes (a refreshed token) is kept where that is possible, else until Docket stops.
 */
export function sessionSecrets(ctx: SecretsContext, connectionId: string, provided: ReadonlyMap<string, string> | undefined): SessionSecrets {
  if (provided === undefined) {
    return { secret: (name) => readSecret(ctx, connectionId, name), keepSecret: (name, value) => keepSecret(ctx, connectionId, name, value) };
  }
  const made = new Map<string, string>();
  const usable = async (): Promise<boolean> => (await ctx.host.secrets.status()).state === 'ready';
  return {
    async secret(name) {
      return provided.get(name) ?? made.get(name) ?? (await usable() ? await readSecret(ctx, connectionId, name) : null);
    },
    async keepSecret(name, value) {
      made.set(name, value);
      if (await usable()) await keepSecret(ctx, connectionId, name, value);
    },
  };
}

import { ConnectorError } from '../connectors/connector.ts';
import { checkValues, partValues } from '../connectors/fields.ts';
import type { Registry } from '../connectors/registry.ts';
import type { FormValues } from '../contract/setup.ts';
import { Failure } from '../domain/failure.ts';
import type { Connection, ConnectionBook } from './connection-book.ts';
import type { ProvidedSecrets } from './connection-secrets.ts';
import type { Context } from './context.ts';
import type { ProvisionedConnection } from './provision.ts';
import { recordEvent } from './record.ts';

/** Who signs what an administrator's file does. */
const SIGNER = 'Administrator';

export type CheckedConnection = {
  readonly id: string;
  readonly platform: string;
  readonly title: string;
  readonly instance: string;
  readonly settings: FormValues;
  readonly secrets: Readonly<Record<string, string>>;
};

function bad(path: string, problem: string): Failure {
  return new Failure('INVALID_INPUT', `The connections file cannot be used: ${path}: ${problem}`, { fields: [{ path, problem }] });
}

/** Checks what an administrator provides against the platforms' forms. Throws a Failure that names the path of the wrong field. */
export function checkProvisioned(registry: Registry, book: ConnectionBook, provisioned: readonly ProvisionedConnection[]): readonly CheckedConnection[] {
  return provisioned.map(({ at, id, platform, title, settings, secrets }) => {
    const connector = registry.byId(platform);
    if (connector === null) throw bad(`${at}.platform`, `There is no platform "${platform}". There are: ${registry.all.map((known) => known.id).join(', ')}.`);
    const isSecret = (name: string): boolean => connector.fields.some((field) => field.name === name && field.kind === 'secret');
    for (const name of Object.keys(settings)) if (isSecret(name)) throw bad(`${at}.settings.${name}`, 'A secret does not belong into this file: name it under "secrets" with {"env": …} or {"file": …}.');
    for (const name of Object.keys(secrets)) if (!isSecret(name)) throw bad(`${at}.secrets.${name}`, 'The platform has no such secret.');
    const checked = checkValues(connector.fields, { ...settings, ...secrets });
    if (!checked.ok) {
      const first = checked.problems[0];
      throw bad(`${at}.${isSecret(first?.path ?? '') ? 'secrets' : 'settings'}.${first?.path ?? ''}`, first?.problem ?? 'Not as expected.');
    }
    const parted = partValues(connector.fields, checked.values);
    const instance = instanceOf(() => connector.instance(parted.settings), `${at}.settings`);
    const before = book.byId(id);
    if (before !== null && (before.platform !== platform || before.instance !== instance)) {
      throw bad(`${at}.id`, `"${id}" is already the connection to ${before.instance}. Give a connection to another server an id of its own.`);
    }
    return { id, platform, title: title === '' ? `${connector.title} · ${instance}` : title, instance, settings: parted.settings, secrets: parted.secrets };
  });
}

function instanceOf(ask: () => string, path: string): string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ConnectorError) throw bad(path, error.message);
    throw error;
  }
}

/**
 * Makes the connections what the administrator provides, and answers their secrets, which stay in memory. Without
 * anything provided, earlier provisioned connections become the person's own; with a file, those it left out end.
 */
export function applyProvisioned(ctx: Context, provided: readonly CheckedConnection[]): ProvidedSecrets {
  ctx.store.write(() => {
    const ids = new Set(provided.map(({ id }) => id));
    for (const connection of ctx.connections.all()) {
      if (connection.removed || !connection.provisioned || ids.has(connection.id)) continue;
      if (provided.length > 0) {
        recordEvent(ctx, { id: ctx.uuid(), kind: 'connection.removed', source: 'system', actor: SIGNER, subjects: [], public: { connectionId: connection.id }, payload: null });
      } else {
        recordEvent(ctx, { id: ctx.uuid(), kind: 'connection.changed', source: 'system', actor: SIGNER, subjects: [], public: { connectionId: connection.id, configured: false, provisioned: false }, payload: null });
      }
    }
    for (const one of provided) provide(ctx, one, ctx.connections.byId(one.id));
  });
  ctx.connections.reload();
  return new Map(provided.map(({ id, secrets }) => [id, new Map(Object.entries(secrets))]));
}

function provide(ctx: Context, { id, platform, title, instance, settings }: CheckedConnection, before: Connection | null): void {
  if (before === null || before.removed) {
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'connection.added', source: 'system', actor: SIGNER, subjects: [],
      public: { connectionId: id, platform, instance, title, provisioned: true }, payload: { settings },
    });
    return;
  }
  const configured = JSON.stringify(sorted(before.settings)) !== JSON.stringify(sorted(settings));
  if (!configured && before.title === title && before.provisioned) return;
  recordEvent(ctx, {
    id: ctx.uuid(), kind: 'connection.changed', source: 'system', actor: SIGNER, subjects: [],
    public: { connectionId: id, configured, title, provisioned: true }, payload: configured ? { settings } : null,
  });
}

function sorted(values: FormValues): readonly [string, unknown][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

import type { Connector } from '../connectors/connector.ts';
import { ConnectorError } from '../connectors/connector.ts';
import { checkValues, partValues } from '../connectors/fields.ts';
import type { Registry } from '../connectors/registry.ts';
import type { AccountView } from '../contract/contract.ts';
import type { Ability, ConnectionSource, ConnectionView, FormValues, PlatformInfo } from '../contract/setup.ts';
import type { Source } from '../contract/words.ts';
import type { BodyOf } from '../domain/event.ts';
import { Failure } from '../domain/failure.ts';
import { forgetAccount, templatesOf } from '../store/sync-state.ts';
import type { Connection } from './connection-book.ts';
import { forgetSecret, forgetSecrets, keepSecret } from './connection-secrets.ts';
import { tryConnection } from './connection-trial.ts';
import { abilitiesOf, accountView, connectionSource, connectionView, platformInfos } from './connection-view.ts';
import type { Context } from './context.ts';
import type { Delivery } from './deliver.ts';
import { recordEvent } from './record.ts';
import type { Imports } from './imports.ts';
import type { Sync } from './sync.ts';

export type ConnectionsOptions = { readonly registry: Registry; readonly sync: Sync; readonly delivery: Pick<Delivery, 'refresh' | 'wake'>; readonly imports: Pick<Imports, 'forget'> };

/** The connections area's use cases. All throw Failure or ConnectorError. */
export type Connections = {
  readonly platforms: () => PlatformInfo[];
  readonly list: () => ConnectionView[];
  readonly sources: () => ConnectionSource[];
  readonly example: (input: { readonly id: string }) => { readonly address: string; readonly command: string } | null;
  readonly abilities: (input: { readonly id: string }) => Ability[];
  readonly templates: (input: { readonly id: string }) => { readonly id: string; readonly name: string; readonly text: string; readonly language: string | null }[];
  readonly test: (input: { readonly platform: string; readonly values: FormValues }) => Promise<AccountView>;
  readonly add: (input: { readonly id: string; readonly platform: string; readonly title: string; readonly values: FormValues; readonly source: Source }) => Promise<ConnectionView>;
  readonly change: (input: { readonly id: string; readonly title?: string | undefined; readonly values?: FormValues | undefined; readonly source: Source }) => Promise<ConnectionView>;
  readonly pause: (input: { readonly id: string; readonly paused: boolean; readonly source: Source }) => ConnectionView;
  readonly syncNow: (input: { readonly id: string; readonly signIn?: boolean }) => ConnectionView;
  readonly remove: (input: { readonly id: string; readonly source: Source }) => Promise<void>;
};

/** What a trial's sign-in made is kept this long for the adding that follows it. */
const TRIAL_KEPT_MS = 15 * 60_000;

/** Makes the use cases of the connections area. */
export function makeConnections(ctx: Context, options: ConnectionsOptions): Connections {
  const { registry, sync, delivery, imports } = options;
  let trial: { readonly asked: string; readonly at: number; readonly secrets: ReadonlyMap<string, string> } | null = null;

  function known(id: string): Connection {
    const connection = ctx.connections.byId(id);
    if (connection === null || connection.removed) throw new Failure('NOT_FOUND', 'This connection is not there any more.');
    return connection;
  }

  function connectorOf(platform: string): Connector {
    const connector = registry.byId(platform);
    if (connector === null) throw new Failure('NOT_FOUND', 'This version of Docket has no connector for that platform. Update Docket.');
    return connector;
  }

  function own(id: string): Connection {
    const connection = known(id);
    if (connection.provisioned) throw new Failure('NOT_POSSIBLE', 'An administrator provides this connection. Change it in the connections file and start Docket again.');
    return connection;
  }

  function view(id: string): ConnectionView {
    return connectionView(ctx, registry, sync, known(id));
  }

  /** Brings everything that runs in line with the log. Loops end in their own time; nobody waits for them. */
  function follow(signIn?: number): void {
    ctx.connections.reload();
    sync.refresh(signIn).catch((error: unknown) => ctx.log.error('sync-refresh-failed', error));
    delivery.refresh();
    ctx.changed(['connections', 'queue', 'history']);
  }

  /** What the trial with these very answers made; used once. */
  function trialSecrets(platform: string, values: FormValues): ReadonlyMap<string, string> {
    const made = trial;
    trial = null;
    return made !== null && made.asked === JSON.stringify([platform, values]) && ctx.now() - made.at < TRIAL_KEPT_MS ? made.secrets : new Map();
  }

  function changed(connectionId: string, said: Omit<BodyOf<'connection.changed'>['public'], 'connectionId'>, settings: FormValues | null, source: Source): void {
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'connection.changed', source, subjects: [], public: { connectionId, ...said }, payload: settings === null ? null : { settings },
    });
  }

  return {
    platforms: () => platformInfos(registry),
    list: () => ctx.connections.all().filter(({ removed }) => !removed).map((connection) => connectionView(ctx, registry, sync, connection)),
    sources: () => ctx.connections.all().map((connection) => connectionSource(registry, connection)),
    templates: ({ id }) => templatesOf(ctx.store, known(id).n).map(({ remoteId: template, name, text, language }) => ({ id: template, name, text, language })),
    example({ id }) {
      const { platform, settings } = known(id);
      return registry.byId(platform)?.example?.(settings) ?? null;
    },
    abilities: ({ id }) => abilitiesOf(ctx.connections.account(known(id).n)),
    async test({ platform, values }) {
      const connector = connectorOf(platform);
      const checked = checkedValues(connector, values, false);
      const { account, secrets } = await tryConnection(ctx, sync, connector, checked, () => Promise.resolve(null));
      trial = { asked: JSON.stringify([platform, checked]), at: ctx.now(), secrets };
      return accountView(account);
    },
    async add({ id, platform, title, values, source }) {
      const connector = connectorOf(platform);
      const checked = checkedValues(connector, values, false);
      const { settings, secrets } = partValues(connector.fields, checked);
      const instance = instanceOf(connector, settings);
      const again = ctx.connections.byId(id);
      if (again !== null && !again.removed) return view(id);
      const twin = ctx.connections.all().find((other) => other.platform === platform && other.instance === instance);
      if (twin !== undefined && !twin.removed) throw new Failure('NOT_POSSIBLE', `${instance} is connected already, as “${twin.title}”. Change that connection instead.`);
      // A connection that comes back is the same one: its items and decisions are still here.
      const connectionId = twin?.id ?? id;
      for (const [name, value] of new Map([...Object.entries(secrets), ...trialSecrets(platform, checked)])) await keepSecret(ctx, connectionId, name, value);
      recordEvent(ctx, {
        id, kind: 'connection.added', source, subjects: [],
        public: { connectionId, platform, instance, title: title === '' ? `${connector.title} · ${instance}` : title, provisioned: false }, payload: { settings },
      });
      follow();
      const { n } = known(connectionId);
      void sync.refresh().then(() => sync.wake(n, { verify: true, attended: true }));
      return view(connectionId);
    },
    async change({ id, title, values, source }) {
      const connection = own(id);
      const connector = connectorOf(connection.platform);
      const checked = checkedValues(connector, { ...connection.settings, ...values }, true);
      const { settings, secrets } = partValues(connector.fields, checked);
      const instance = instanceOf(connector, settings);
      if (instance !== connection.instance) {
        throw new Failure('NOT_POSSIBLE', `This connection belongs to ${connection.instance}. Add ${instance} as a connection of its own.`);
      }
      // An empty answer takes back what was given, where the platform can do without.
      const forgotten = connector.fields.filter(({ kind, required, name }) => kind === 'secret' && !required && values?.[name] === '');
      for (const [name, value] of Object.entries(secrets)) await keepSecret(ctx, id, name, value);
      for (const { name } of forgotten) await forgetSecret(ctx, id, name);
      const configured = values !== undefined;
      changed(id, { configured, ...(title === undefined || title === '' ? {} : { title }) }, configured ? settings : null, source);
      follow(Object.keys(secrets).length + forgotten.length > 0 ? connection.n : undefined);
      if (configured) void sync.refresh().then(() => sync.wake(connection.n, { verify: true, attended: true }));
      return view(id);
    },
    pause({ id, paused, source }) {
      if (known(id).paused !== paused) {
        changed(id, { configured: false, paused }, null, source);
        follow();
      }
      return view(id);
    },
    syncNow({ id, signIn = false }) {
      const connection = known(id);
      if (connection.paused) throw new Failure('NOT_POSSIBLE', 'This connection is paused. Resume it first.');
      sync.wake(connection.n, { verify: true, attended: signIn });
      delivery.wake(connection.n);
      return view(id);
    },
    async remove({ id, source }) {
      const { n } = own(id);
      await forgetSecrets(ctx, id);
      recordEvent(ctx, { id: ctx.uuid(), kind: 'connection.removed', source, subjects: [], public: { connectionId: id }, payload: null });
      ctx.store.write(() => forgetAccount(ctx.store, n));
      follow();
      await imports.forget(n);
    },
  };
}

/** Checked answers, or INVALID_INPUT with each wrong field. */
function checkedValues(connector: Connector, values: FormValues, secretsKept: boolean): FormValues {
  const checked = checkValues(connector.fields, values, secretsKept);
  if (checked.ok) return checked.values;
  const [first] = checked.problems;
  throw new Failure('INVALID_INPUT', first?.problem ?? 'Some answers cannot be used.', {
    fields: checked.problems.map(({ path, problem }) => ({ path: `values.${path}`, problem })),
  });
}

function instanceOf(connector: Connector, settings: FormValues): string {
  try {
    return connector.instance(settings);
  } catch (error) {
    if (error instanceof ConnectorError) throw new Failure('INVALID_INPUT', error.message, { cause: error });
    throw error;
  }
}

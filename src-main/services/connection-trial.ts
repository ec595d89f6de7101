import type { Account, Connector } from '../connectors/connector.ts';
import { partValues } from '../connectors/fields.ts';
import { makeGuardedFetch } from '../connectors/http/guarded-fetch.ts';
import type { FormValues } from '../contract/setup.ts';
import type { Context } from './context.ts';
import { TRIAL_INBOX } from './inboxes.ts';
import { makeSessionIo } from './session-io.ts';
import type { Sync } from './sync.ts';

/** A person may have to find a password in the browser first. */
const TRIAL_MS = 6 * 60_000;

export type Trial = {
  readonly account: Account;
  /** Everything secret that the sign-in used or made, to be kept if the connection is. */
  readonly secrets: ReadonlyMap<string, string>;
};

/** Signs in with checked values and keeps nothing. Throws ConnectorError. `known` reads secrets that are kept already. */
export async function tryConnection(
  ctx: Context, sync: Pick<Sync, 'gateOf' | 'trialListen'>, connector: Connector, values: FormValues, known: (name: string) => Promise<string | null>,
): Promise<Trial> {
  const { settings, secrets } = partValues(connector.fields, values);
  const memory = new Map(Object.entries(secrets));
  const instance = connector.instance(settings);
  const session = connector.open(makeSessionIo(ctx, {
    connectionId: 'trial',
    fields: connector.fields,
    settings,
    gate: sync.gateOf(connector.id, instance),
    guardedFetch: makeGuardedFetch(),
    secret: async (name) => memory.get(name) ?? known(name),
    async keepSecret(name, value) {
      memory.set(name, value);
    },
    wake: () => undefined,
    attended: () => true,
    inbox: TRIAL_INBOX,
    listen: sync.trialListen(connector.id, instance),
  }), settings);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new Error('the trial took too long')), TRIAL_MS);
  try {
    const account = await session.verify(AbortSignal.any([ctx.signal, timeout.signal]));
    return { account, secrets: memory };
  } finally {
    clearTimeout(timer);
    await session.close();
  }
}

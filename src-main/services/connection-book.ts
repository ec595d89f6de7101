import type { Account, Capability } from '../connectors/connector.ts';
import type { FormValues } from '../contract/setup.ts';
import { VERBS } from '../contract/words.ts';
import type { SubjectType, Verb } from '../contract/words.ts';
import { readVerbs } from '../store/capabilities.ts';
import { connectionRows } from '../store/connections.ts';
import type { Store } from '../store/store.ts';
import { syncAccounts } from '../store/sync-state.ts';

/** One account on one instance of a platform, as the log last said. */
export type Connection = {
  readonly n: number;
  readonly id: string;
  readonly platform: string;
  readonly title: string;
  readonly instance: string;
  /** Without secrets. */
  readonly settings: FormValues;
  readonly paused: boolean;
  readonly provisioned: boolean;
  /** Its data and history stay; nothing is pulled or sent any more. */
  readonly removed: boolean;
};

export type ConnectionBook = {
  readonly byId: (id: string) => Connection | null;
  readonly byN: (n: number) => Connection | null;
  /** Removed ones included, in the order they were added. */
  readonly all: () => readonly Connection[];
  /** Who we are there, as the last verify said; null before the first. */
  readonly account: (n: number) => Account | null;
  /** What can be done with a subject of that type, with what its own column says over it; null while the platform has not been asked yet. */
  readonly capabilities: (n: number, type: SubjectType, own?: string | null) => { readonly [verb in Verb]?: Capability } | null;
  /** Reads everything again, after a connection event or a verify. */
  readonly reload: () => void;
};

const REMOVED = { can: false, why: 'Its connection was removed. Connect it again to act there.' } as const;
/** What can be done by a connection that was removed. */
const NOTHING_THERE: { readonly [verb in Verb]?: Capability } = Object.fromEntries(VERBS.map((verb) => [verb, REMOVED]));

/** Keeps the connections and what each can do in memory, since every row of the queue names one. */
export function makeConnectionBook(store: Store): ConnectionBook {
  let rows: readonly Connection[] = [];
  let byId = new Map<string, Connection>();
  let byN = new Map<number, Connection>();
  let accounts = new Map<number, Account>();

  function reload(): void {
    rows = connectionRows(store);
    byId = new Map(rows.map((row) => [row.id, row]));
    byN = new Map(rows.map((row) => [row.n, row]));
    accounts = syncAccounts(store);
  }
  reload();

  return {
    byId: (id) => byId.get(id) ?? null,
    byN: (n) => byN.get(n) ?? null,
    all: () => rows,
    account: (n) => accounts.get(n) ?? null,
    capabilities(n, type, own = null) {
      if (byN.get(n)?.removed === true) return NOTHING_THERE;
      const account = accounts.get(n);
      if (account === undefined) return null;
      const ofType = account.capabilities[type] ?? {};
      return own === null ? ofType : { ...ofType, ...readVerbs(own) };
    },
    reload,
  };
}

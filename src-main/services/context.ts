import type { Change } from '../contract/contract.ts';
import type { HostClient } from '../contract/host.ts';
import type { Settings } from '../contract/setup.ts';
import type { Store } from '../store/store.ts';
import type { ConnectionBook } from './connection-book.ts';

export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

/** Names, ids, counts and durations; never content, people's names or secrets. */
export type Log = {
  readonly info: (event: string, facts?: LogFacts) => void;
  readonly warn: (event: string, facts?: LogFacts) => void;
  /** Logs the stack under a new trace id and returns the id, for the person to quote. */
  readonly error: (event: string, error: unknown, facts?: LogFacts) => string;
};

export type Topic = Change['topics'][number];

/** Everything from outside that the services need; made once by start-backend. */
export type Context = {
  readonly store: Store;
  /** The connections and what each can do, kept in memory. */
  readonly connections: ConnectionBook;
  readonly dataDir: string;
  readonly host: HostClient;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly log: Log;
  /** The settings as last read; changes come through services/settings. */
  readonly settings: () => Settings;
  /** Names this installation in events. */
  readonly device: string;
  /** Tells the desks what changed; coalesced there. */
  readonly changed: (topics: readonly Topic[], items?: readonly number[]) => void;
  /** Ends timers and requests when the backend stops. */
  readonly signal: AbortSignal;
};

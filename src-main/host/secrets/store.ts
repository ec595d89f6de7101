import type { SecretsStatus } from '../../contract/setup.ts';

/** Where a host keeps the secrets of connections. Names are like `connection/<id>/<field>`. */
export type SecretStore = {
  readonly status: () => SecretsStatus;
  /** Opens the store, or sets its first passphrase. Throws SECRETS_LOCKED where it is not the right one. */
  readonly unlock: (passphrase: string) => Promise<SecretsStatus>;
  /** Null where there is none by that name. Throws SECRETS_LOCKED while locked. */
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, value: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  /** Calls `listener` at every unlock; returns how to stop that. */
  readonly onUnlocked: (listener: () => void) => () => void;
  /** What the person should read: a file that was put aside. */
  readonly notices: readonly string[];
};

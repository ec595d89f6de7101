import type { SecretsByName } from './seal.ts';

/** The secrets while they are open, and how they get back to the disk. */
export type OpenBox = {
  readonly get: (name: string) => string | null;
  readonly set: (name: string, value: string) => void;
  readonly remove: (name: string) => void;
};

/** Writes before it remembers, so that what is remembered is what is on the disk. */
export function openBox(first: SecretsByName, write: (secrets: SecretsByName) => void): OpenBox {
  let secrets = new Map(Object.entries(first));

  function replace(next: Map<string, string>): void {
    write(Object.fromEntries(next));
    secrets = next;
  }

  return {
    get: (name) => secrets.get(name) ?? null,
    set(name, value) {
      if (secrets.get(name) !== value) replace(new Map(secrets).set(name, value));
    },
    remove(name) {
      if (!secrets.has(name)) return;
      const next = new Map(secrets);
      next.delete(name);
      replace(next);
    },
  };
}

import type { SecretsByName } from './seal.ts';

/** The secrets while they are open, and how they get back to the disk. */
export type OpenBox = {
  readonly get: (name: string) => string | null;
  readonly set: (name: string, value: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
};

/** Writes one change after the other, each before it is remembered: what is remembered is what is on the disk. */
export function openBox(first: SecretsByName, write: (secrets: SecretsByName) => void | Promise<void>): OpenBox {
  let secrets: ReadonlyMap<string, string> = new Map(Object.entries(first));
  let last: Promise<void> = Promise.resolve();

  function change(edit: (next: Map<string, string>) => void): Promise<void> {
    async function run(): Promise<void> {
      const next = new Map(secrets);
      edit(next);
      await write(Object.fromEntries(next));
      secrets = next;
    }
    const done = last.then(run);
    // A write that failed is its caller's to hear of; the next one is tried all the same.
    last = done.catch(() => undefined);
    return done;
  }

  return {
    get: (name) => secrets.get(name) ?? null,
    async set(name, value) {
      if (secrets.get(name) !== value) await change((next) => next.set(name, value));
    },
    async remove(name) {
      if (secrets.has(name)) await change((next) => next.delete(name));
    },
  };
}

import { AsyncEntry } from '@napi-rs/keyring';

const SERVICE = 'Docket';
/** A keyring that does not answer is none: some desktops leave its bus name dangling. */
const PROBE_MS = 3_000;
/** Opening it may ask the person for the login password. */
const ASK_MS = 60_000;

/** One entry of the system's keyring: the key of the secrets file. */
export type KeyringEntry = {
  readonly get: () => Promise<string | null>;
  readonly set: (value: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** An entry by its account name. On Linux the Secret Service alone: the kernel's keyring forgets at restart. */
export function keyringEntry(account: string, limitMs: number = ASK_MS): KeyringEntry {
  const entry = (): AsyncEntry => new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
  return {
    get: async () => await entry().getPassword(AbortSignal.timeout(limitMs)),
    set: async (value) => await entry().setPassword(value, AbortSignal.timeout(limitMs)),
    remove: async () => {
      await entry().deletePassword(AbortSignal.timeout(limitMs));
    },
  };
}

/** Whether a keyring keeps and gives back what it is told, tried with a value that is no secret. */
export async function keyringWorks(): Promise<boolean> {
  const probe = (async (): Promise<boolean> => {
    const entry = keyringEntry('probe', PROBE_MS);
    await entry.set('probe');
    const kept = await entry.get();
    await entry.remove();
    return kept === 'probe';
  })().catch(() => false);
  // The native call may not heed its signal, so the answer does not wait for it.
  return await Promise.race([probe, new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), PROBE_MS).unref();
  })]);
}

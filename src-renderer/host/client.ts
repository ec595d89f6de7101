import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ClientLink } from '@orpc/client';
import type { Client } from '../../src-main/contract/contract.ts';
import { openTransport } from './transport.ts';

type Link = ClientLink<Record<never, never>>;

let current: Promise<Link> | null = null;
const lossListeners = new Set<(connected: boolean) => void>();

/** First tries at once, then ever more rarely, at most every 5 s. */
const RETRY_MS = [0, 250, 500, 1000, 2000, 5000] as const;

function tell(connected: boolean): void {
  for (const listener of lossListeners) listener(connected);
}

/** A connection that lasted shorter says nothing about the next one. */
const SOUND_MS = 2000;
let failures = 0;

async function reconnectAfter(closed: Promise<void>): Promise<void> {
  const sound = setTimeout(() => { failures = 0; }, SOUND_MS);
  await closed;
  clearTimeout(sound);
  failures += 1;
  current = connect();
  tell(false);
}

async function connect(): Promise<Link> {
  for (;;) {
    const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    await new Promise((wake) => {
      setTimeout(wake, pause);
    });
    try {
      const { link, closed } = await openTransport();
      void reconnectAfter(closed);
      tell(true);
      return link;
    } catch {
      failures += 1;
      tell(false);
    }
  }
}

/**
 * The typed client. It stays the same across reconnects; a call made while the backend is away waits for it,
 * a call that was under way when it went fails and may be repeated with the same id.
 */
export const client: Client = createORPCClient(new DynamicLink(() => (current ??= connect())));

/** Opens the way to the backend; `listener` hears whether it is there, now and later. */
export function watchConnection(listener: (connected: boolean) => void): () => void {
  lossListeners.add(listener);
  current ??= connect();
  return () => lossListeners.delete(listener);
}

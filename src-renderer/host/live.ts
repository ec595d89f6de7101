import type { Change } from '../../src-main/contract/contract.ts';
import { client, watchConnection } from './client.ts';

type ChangeListener = (change: Change) => void;

const listeners = new Set<ChangeListener>();

/** Everything may have changed: after a reconnect nobody knows what was missed. */
const EVERYTHING: Change = {
  version: 0,
  topics: ['queue', 'decisions', 'cases', 'notes', 'guidelines', 'history', 'connections', 'settings', 'secrets'],
  items: [],
};

function tell(change: Change): void {
  for (const listener of listeners) listener(change);
}

async function follow(): Promise<void> {
  try {
    for await (const change of await client.live.changes()) tell(change);
  } catch {
    // The connection went; watchConnection says when it is back.
  }
}

/** Follows the backend's changes for as long as the page lives; says `connected` as it comes and goes. */
export function startLive(connected: (now: boolean) => void): void {
  let before = false;
  let ever = false;
  watchConnection((now) => {
    if (now && !before) {
      void follow();
      if (ever) tell(EVERYTHING);
      ever = true;
    }
    before = now;
    connected(now);
  });
}

/** Hears what changed, as ids and topics; the listener refetches what it shows. */
export function onChange(listener: ChangeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

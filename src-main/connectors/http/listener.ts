import type { ConnectorIo } from '../connector.ts';
import { sleepByTimer } from './sleep.ts';
import type { Sleep } from './sleep.ts';

/** Listens to a platform's stream beside the poll, which finds whatever it misses. */
export type Listener = {
  /** Begins to listen, where it does not yet and the last try was not a moment ago. */
  readonly start: () => void;
  /** Ends it for good: a pull that comes late to its end begins none anew. */
  readonly stop: () => void;
};

/** A server without a stream is not asked often. */
const REST_MS = 10 * 60_000;
/** One that ended may be had again soon. */
const PAUSE_MS = 60_000;

/** One report wakes sync at once; many in a row no more often than this, so that a raid leaves enough of what the server lets one ask for decisions. */
const WAKE_EVERY_MS = 5000;

export type Listen = (signal: AbortSignal, tell: {
  /** There is a stream. */
  readonly found: () => void;
  /** Something came that a pull would bring. */
  readonly news: () => void;
}) => Promise<void>;

/** `listen` ends with the stream; its trouble is nobody's. */
export function makeListener(io: Pick<ConnectorIo, 'now' | 'log' | 'wake'>, name: string, listen: Listen, sleep: Sleep = sleepByTimer): Listener {
  let listening: AbortController | null = null;
  let restsUntil = -Infinity;
  let stopped = false;
  return {
    start() {
      if (stopped || listening !== null || io.now() < restsUntil) return;
      const control = new AbortController();
      listening = control;
      let was = false;
      listen(control.signal, { found: () => { was = true; }, news: newsOf(io, control.signal, sleep) }).catch(() => undefined).finally(() => {
        restsUntil = io.now() + (was ? PAUSE_MS : REST_MS);
        listening = null;
        io.log(name, { found: was });
      });
    },
    stop() {
      stopped = true;
      listening?.abort(new Error('the session was closed'));
    },
  };
}

/** Wakes sync at once, then at most every few seconds for all that came meanwhile. */
function newsOf(io: Pick<ConnectorIo, 'now' | 'wake'>, signal: AbortSignal, sleep: Sleep): () => void {
  let wokeAt = -Infinity;
  let waiting = false;
  async function wakeLater(): Promise<void> {
    waiting = true;
    await sleep(Math.min(WAKE_EVERY_MS, wokeAt + WAKE_EVERY_MS - io.now()), signal);
    waiting = false;
    wake();
  }
  function wake(): void {
    wokeAt = io.now();
    io.wake();
  }
  return () => {
    if (waiting) return;
    if (io.now() - wokeAt >= WAKE_EVERY_MS) wake();
    else wakeLater().catch(() => undefined);
  };
}

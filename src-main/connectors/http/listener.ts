import type { ConnectorIo } from '../connector.ts';

/** Listens to a platform's stream beside the poll, which finds whatever it misses. */
export type Listener = {
  /** Begins to listen, where it does not yet and the last try was not a moment ago. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** A server without a stream is not asked often. */
const REST_MS = 10 * 60_000;
/** One that ended may be had again soon. */
const PAUSE_MS = 60_000;

/** `listen` ends with the stream and calls `found` where there was one at all; its trouble is nobody's. */
export function makeListener(io: Pick<ConnectorIo, 'now' | 'log'>, name: string, listen: (signal: AbortSignal, found: () => void) => Promise<void>): Listener {
  let listening: AbortController | null = null;
  let restsUntil = -Infinity;
  return {
    start() {
      if (listening !== null || io.now() < restsUntil) return;
      const control = new AbortController();
      listening = control;
      let was = false;
      listen(control.signal, () => { was = true; }).catch(() => undefined).finally(() => {
        restsUntil = io.now() + (was ? PAUSE_MS : REST_MS);
        listening = null;
        io.log(name, { found: was });
      });
    },
    stop() {
      listening?.abort(new Error('the session was closed'));
    },
  };
}

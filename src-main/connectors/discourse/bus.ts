import { randomUUID } from 'node:crypto';
import type { ConnectorIo } from '../connector.ts';
import type { Client } from './client.ts';
import { busMessages } from './schemas.ts';

/** Listens for changes of the review queue; the pull brings them. */
export type Bus = {
  /** Begins to listen, where it does not yet and the last try was not a moment ago. */
  readonly start: () => void;
  /** Ends it for good. */
  readonly stop: () => void;
};

/** A forum that does not hold requests open, or keeps nothing for us, is not asked often: the poll does without. */
const REST_MS = 10 * 60_000;
/** What is answered sooner with nothing new was not held open: a forum does so for 25 seconds (message_bus, long_polling_interval). */
const HELD_MS = 2_000;
/** A pull may take half of what the key may ask in a minute: it is not asked for more often than this. What comes between is found by the poll. */
const WAKE_EVERY_MS = 30_000;
const STATUS = '/__status';
/** From here on only what is new. */
const NEW_ONLY = -1;

/**
 * Long polls of the forum's message bus (github.com/discourse/message_bus, "Subscriber protocol") for the channels that
 * the forum's own review page follows. Its trouble is nobody's: whatever it misses, the poll finds.
 */
export function makeBus(io: ConnectorIo, client: Client): Bus {
  let listening: AbortController | null = null;
  let restsUntil = -Infinity;
  let stopped = false;
  let wokeAt = -Infinity;

  async function listen(signal: AbortSignal): Promise<void> {
    // A member's own key may ask too seldom for this: 2880 times a day (config/discourse_defaults.conf).
    if ((await client.auth(signal)).kind === 'user') return;
    const { id } = await client.me(signal);
    const at = new Map(['/reviewable_action', '/reviewable_claimed', '/reviewable_counts', ...(id === null ? [] : [`/reviewable_counts/${id}`])].map((channel) => [channel, NEW_ONLY]));
    const path = `/message-bus/${randomUUID().replaceAll('-', '')}/poll`;
    for (let sequence = 1; ; sequence += 1) {
      const asked = io.now();
      const messages = await client.send('POST', path, { ...Object.fromEntries(at), __seq: sequence }, busMessages, 'the message bus', signal, {}, { bare: true, headers: { 'dont-chunk': 'true' } });
      const before = new Map(at);
      for (const { channel, message_id: last, data } of messages) {
        if (channel === STATUS) for (const [name, position] of Object.entries(data ?? {})) if (at.has(name) && typeof position === 'number') at.set(name, position);
        if (at.has(channel)) at.set(channel, last);
      }
      const told = messages.some(({ channel, message_id: last }) => before.has(channel) && before.get(channel) !== last);
      if (told && io.now() - wokeAt >= WAKE_EVERY_MS) {
        wokeAt = io.now();
        io.wake();
      }
      if ([...at].every(([channel, position]) => before.get(channel) === position) && io.now() - asked < HELD_MS) return;
    }
  }

  return {
    start() {
      if (stopped || listening !== null || io.now() < restsUntil) return;
      const control = new AbortController();
      listening = control;
      listen(control.signal).catch((error: unknown) => {
        if (!control.signal.aborted) io.log('discourse-bus-ended', { name: error instanceof Error ? error.name : '' });
      }).finally(() => {
        restsUntil = io.now() + REST_MS;
        if (listening === control) listening = null;
      });
    },
    stop() {
      stopped = true;
      listening?.abort(new Error('the session was closed'));
    },
  };
}

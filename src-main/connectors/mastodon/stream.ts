import { z } from 'zod';
import type { ConnectorIo } from '../connector.ts';
import { send } from './http.ts';

/** Listens for reports as they come; the pull brings them. */
export type Stream = {
  /** Begins to listen, where it does not yet and the last try was not a moment ago. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** A server without a stream, or with one elsewhere, is not asked often: the poll does without. */
const REST_MS = 10 * 60_000;
/** An event is a notification with a report in it; nothing is longer. */
const MOST_LINE = 1_000_000;

const notification = z.object({ type: z.string() });

/**
 * Mastodon's stream of notifications (docs.joinmastodon.org/methods/streaming#notification): an event of type
 * `admin.report` wakes sync. Its trouble is nobody's: whatever it misses, the poll finds.
 */
export function makeStream(io: ConnectorIo, server: string, path: string, token: (signal: AbortSignal) => Promise<string>): Stream {
  let listening: AbortController | null = null;
  let restsUntil = -Infinity;

  async function listen(signal: AbortSignal): Promise<void> {
    const response = await send(io, server, { method: 'GET', path }, await token(signal), signal);
    if (!response.ok || response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      await response.body?.cancel();
      return;
    }
    for await (const line of linesOf(response.body)) {
      if (line.startsWith('data:') && isReport(line.slice('data:'.length))) io.wake();
    }
  }

  return {
    start() {
      if (listening !== null || io.now() < restsUntil) return;
      const control = new AbortController();
      listening = control;
      listen(control.signal).catch((error: unknown) => {
        if (!control.signal.aborted) io.log('mastodon-stream-ended', { name: error instanceof Error ? error.name : '' });
      }).finally(() => {
        restsUntil = io.now() + REST_MS;
        if (listening === control) listening = null;
      });
    },
    stop() {
      listening?.abort(new Error('the session was closed'));
    },
  };
}

function isReport(data: string): boolean {
  try {
    return notification.safeParse(JSON.parse(data)).data?.type === 'admin.report';
  } catch {
    return false;
  }
}

/** The lines of an event stream; one that is too long to be an event is left out. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MOST_LINE) rest = '';
  }
}

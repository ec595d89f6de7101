import type { ConnectorIo } from '../connector.ts';
import { keep } from '../http/newest.ts';
import type { Client } from './client.ts';
import type { Seen } from './feed.ts';

/** What a pull needs. */
export type PullInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly labeler: string;
  readonly desk: string;
  readonly images: string;
  readonly memory: PullMemory;
  /** The queue that a subject's reports stand in, as remembered or asked for. */
  readonly queueOf: (subject: string, signal: AbortSignal) => Promise<string | null>;
};

/** What one session remembers between pulls; losing it repeats a few rows. */
export type PullMemory = {
  /** The cursor given out last: another one means that sync went back. */
  given: string | null;
  readonly events: Seen;
  readonly activities: Seen;
  readonly queued: Seen;
  readonly open: Seen;
  /** Queues by subject, since only report rows name them. */
  readonly queues: Map<string, string>;
};

export function makePullMemory(): PullMemory {
  return { given: null, events: new Map(), activities: new Map(), queued: new Map(), open: new Map(), queues: new Map() };
}

/** How many subjects' queues are kept in mind. */
const QUEUES_KEPT = 10_000;

/** Remembers a subject's queue; the one named longest ago goes first. */
export function rememberQueue({ queues }: PullMemory, subject: string, queue: string): void {
  keep(queues, subject, queue, QUEUES_KEPT);
}

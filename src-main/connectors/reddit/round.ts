import type { Batch, ConnectorIo } from '../connector.ts';
import type { Known } from '../http/known.ts';
import type { Ours } from '../http/ours.ts';
import type { Pending } from '../http/pending.ts';
import type { Client } from './client.ts';
import { writePosition } from './position.ts';
import type { Position } from './position.ts';

export type PullInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly ours: Ours;
  readonly memory: PullMemory;
  /** The account's own name. */
  readonly me: string;
  /** Every subreddit by name, for lists that are longer than Reddit shows. */
  readonly subreddits: (signal: AbortSignal) => Promise<readonly string[]>;
};

/** What a session keeps of its latest pull: what is open there. */
export type PullMemory = { known: Known | null };

/** What one pull works with. */
export type Round = {
  readonly input: PullInput;
  readonly position: Position;
  readonly pending: Pending;
  /** The lists were never read to their end before. */
  readonly first: boolean;
  /** A list was longer than Reddit shows: what is in none may still be open. */
  capped: boolean;
  /** When something new was brought before this round. */
  readonly broughtBefore: number;
};

/** What was collected, under cursors that know all of the position. */
export function* flush({ pending, position }: Round, always = false): Generator<Batch> {
  for (const batch of pending.flush(null, always)) yield { ...batch, cursor: writePosition(position, batch.cursor) };
}

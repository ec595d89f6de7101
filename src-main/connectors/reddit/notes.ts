import type { Order } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import type { Client } from './client.ts';
import { isSpam, noteFor } from './orders.ts';
import type { Target } from './orders.ts';
import { carriedOut, modNotes } from './schemas.ts';

const MOST = 250;

/** A note on the member for the whole team, once for one order: it carries the order's mark. What fails of it undoes nothing. */
export async function writeNote(client: Client, order: Order, { subreddit, name }: Target, author: string, signal: AbortSignal): Promise<string> {
  const mark = ` · ${order.id.slice(0, 8)}`;
  try {
    const before = await client.glance('/api/mod/notes', { subreddit, user: author, filter: 'NOTE', limit: 25 }, modNotes, 'the mod notes', signal);
    if (before?.mod_notes.some(({ user_note_data: data }) => data?.note?.endsWith(mark)) === true) return 'note was written before';
    const words = [order.verb, noteFor(order)].filter((part) => part !== '').join(': ');
    await client.send('/api/mod/notes', { subreddit, user: author, note: `${words.slice(0, MOST - mark.length)}${mark}`, label: labelFor(order), reddit_id: name }, carriedOut, 'the mod note', signal);
    return 'note written';
  } catch (error) {
    if (!(error instanceof RefusedThere)) throw error;
    return `no note was written: ${error.message}`;
  }
}

/** Labels of mod notes (praw, models/mod_notes.py, "create"). */
function labelFor(order: Order): string | null {
  if (order.verb === 'suspend') return order.durationMs === null ? 'PERMA_BAN' : 'BAN';
  return order.verb === 'warn' ? isSpam(order) ? 'SPAM_WARNING' : 'ABUSE_WARNING' : null;
}

import type { Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import type { DeedResult } from './deeds.ts';
import { reasonOf } from './reason.ts';
import type { Review } from './review.ts';
import { anything, noteAnswer } from './schemas.ts';

/** How a note is called in an order's history. */
const NOTE = 'note/';

/** Leaves the reason at an item for colleagues, once (app/controllers/reviewable_notes_controller.rb). */
export async function leaveNote(client: Client, review: Review | null, order: Order, signal: AbortSignal): Promise<DeedResult> {
  if (review === null) return { said: 'The item is gone from the review queue, and the place for a note with it.', refused: true };
  const { id, reviewable_notes: notes } = review.reviewable;
  const content = reasonOf(order);
  const me = await client.username(signal);
  const mine = notes.find((note) => note.content === content && note.user?.username === me);
  if (mine !== undefined) return { said: 'note was left before', refused: false, remoteId: `${NOTE}${mine.id}` };
  try {
    const made = await client.send('POST', `/reviewables/${encodeURIComponent(id)}/notes`, { reviewable_note: { content } }, noteAnswer, 'the note', signal);
    return { said: `note left at item ${id}`, refused: false, remoteId: `${NOTE}${made.id}` };
  } catch (error) {
    if (isRefused(error, 404)) return { said: 'This forum is older than notes at the items of its review queue.', refused: true };
    throw error;
  }
}

/** Takes a note away again. Answers null where the order left none. */
export async function takeNoteBack(client: Client, order: Order, signal: AbortSignal): Promise<string | null> {
  const noteId = order.reverses?.remoteId?.startsWith(NOTE) === true ? order.reverses.remoteId.slice(NOTE.length) : null;
  const reviewId = order.subject.extra['review'];
  if (noteId === null || reviewId === undefined) return null;
  try {
    await client.send('DELETE', `/reviewables/${encodeURIComponent(reviewId)}/notes/${encodeURIComponent(noteId)}`, {}, anything, 'the end of a note', signal);
    return 'note taken away';
  } catch (error) {
    if (isRefused(error, 404)) return 'note was gone already';
    throw error;
  }
}

import { draftOf, dropDraft, putDraft } from '../store/drafts.ts';
import type { Context } from './context.ts';

/** The unsent text of a box; null when there is none. */
export function getDraft(ctx: Context, input: { readonly box: string }): { text: string | null } {
  return { text: draftOf(ctx.store, input.box) ?? null };
}

/** Keeps the text of a box against a crash; empty text forgets it. */
export function saveDraft(ctx: Context, input: { readonly box: string; readonly text: string }): { ok: true } {
  if (input.text === '') dropDraft(ctx.store, input.box);
  else putDraft(ctx.store, input.box, input.text, ctx.now());
  return { ok: true };
}

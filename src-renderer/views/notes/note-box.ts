import type { NoteView } from '../../../src-main/contract/work.ts';
import type { Audience } from '../../../src-main/contract/words.ts';
import { assertNever } from '../../../src-main/contract/words.ts';

/** A note under the pen: what is typed, what was saved, and what stands between the two. */
export type NoteBox = {
  readonly id: string;
  readonly text: string;
  readonly audience: Audience;
  readonly expiresAt: number | null;
  /** The note as the backend last confirmed it; null before the first save. */
  readonly saved: NoteView | null;
  /** `typing`: changed since the last save. `stale`: someone else revised it meanwhile. */
  readonly phase: 'idle' | 'typing' | 'saving' | 'stale' | 'failed';
  /** For `stale`: the note as it is now. */
  readonly theirs: NoteView | null;
  /** For `failed`: what happened and what to do. */
  readonly problem: string | null;
};

export type NoteStep =
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'audience'; readonly audience: Audience }
  | { readonly do: 'expiry'; readonly expiresAt: number | null }
  | { readonly do: 'saving' }
  | { readonly do: 'saved'; readonly note: NoteView }
  | { readonly do: 'stale'; readonly theirs: NoteView }
  | { readonly do: 'failed'; readonly problem: string }
  | { readonly do: 'keep-mine' }
  | { readonly do: 'take-theirs' };

/** A box for a note that exists, or for a new one; `draft` is text that a crash kept from being saved. */
export function openBox(id: string, saved: NoteView | null, draft: string | null): NoteBox {
  const text = draft ?? saved?.text ?? '';
  return {
    id, text, audience: saved?.audience ?? 'team', expiresAt: saved?.expiresAt ?? null, saved,
    phase: text === (saved?.text ?? '') ? 'idle' : 'typing', theirs: null, problem: null,
  };
}

/** Whether the box holds something that the saved note does not. */
export function unsaved(box: NoteBox): boolean {
  if (box.saved === null) return box.text.trim() !== '';
  return box.text !== box.saved.text || box.audience !== box.saved.audience || box.expiresAt !== box.saved.expiresAt;
}

function edited(box: NoteBox, changes: Partial<NoteBox>): NoteBox {
  const next = { ...box, ...changes };
  if (box.phase === 'saving' || box.phase === 'stale') return next;
  return { ...next, phase: unsaved(next) ? 'typing' : 'idle', problem: null };
}

/** The next state of a note under the pen. Typing goes on while a save is under way; nothing typed is ever lost. */
export function stepNote(box: NoteBox, step: NoteStep): NoteBox {
  switch (step.do) {
    case 'type': return edited(box, { text: step.text });
    case 'audience': return edited(box, { audience: step.audience });
    case 'expiry': return edited(box, { expiresAt: step.expiresAt });
    case 'saving': return { ...box, phase: 'saving', problem: null };
    case 'saved': {
      const next = { ...box, saved: step.note, theirs: null, problem: null };
      return { ...next, phase: unsaved(next) ? 'typing' : 'idle' };
    }
    case 'stale': return { ...box, phase: 'stale', theirs: step.theirs };
    case 'failed': return { ...box, phase: 'failed', problem: step.problem };
    case 'keep-mine': return box.theirs === null ? box : { ...box, saved: box.theirs, theirs: null, phase: 'typing' };
    case 'take-theirs': return box.theirs === null ? box : openBox(box.id, box.theirs, null);
    default: return assertNever(step, 'note step');
  }
}

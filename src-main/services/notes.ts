import type { NoteAbout, NoteView } from '../contract/work.ts';
import type { Audience, Source } from '../contract/words.ts';
import { Failure } from '../domain/failure.ts';
import { caseById } from '../store/cases.ts';
import { noteById, noteRevisions, notesAbout } from '../store/notes.ts';
import type { NoteRow } from '../store/notes.ts';
import type { Store } from '../store/store.ts';
import { keyOfMember, keyOfSubject, memberById, memberByKey, subjectById, subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record.ts';

/** Notes about an item, a member or a case, oldest first. Throws NOT_FOUND where that does not exist. */
export function listNotes(ctx: Context, input: { readonly about: NoteAbout }): NoteView[] {
  const key = keyOf(ctx.store, input.about);
  return notesAbout(ctx.store, input.about.kind, key, ctx.settings().actor, ctx.now()).map((row) => noteView(ctx.store, row, input.about));
}

export type NoteInput = {
  readonly id: string; readonly basis: number; readonly about: NoteAbout; readonly text: string; readonly audience: Audience;
  readonly expiresAt: number | null; readonly source: Source;
};

/**
 * Writes a note (basis 0) or appends a revision. Saving what is already there writes nothing, so that autosave may
 * repeat itself. Throws STALE with the note as it is where someone saved since `basis`.
 */
export function saveNote(ctx: Context, input: NoteInput): NoteView {
  const { store } = ctx;
  const about = { kind: input.about.kind, key: keyOf(store, input.about) };
  const saved = store.write(() => {
    const before = noteById(store, input.id);
    if (before !== undefined && isSame(before, input)) return before;
    if (before === undefined && input.basis > 0) throw new Failure('NOT_FOUND', 'That note is not here. Copy your text, then write it as a new note.');
    if (before !== undefined && before.revision !== input.basis) {
      throw new Failure('STALE', 'Someone saved this note meanwhile. Yours was kept as a draft: compare both, then save again.', { current: noteView(store, before, null) });
    }
    if (before === undefined && input.text.trim() === '') throw new Failure('INVALID_INPUT', 'Write something first.', { fields: [{ path: 'text', problem: 'is empty' }] });
    recordEvent(ctx, {
      id: before === undefined ? input.id : ctx.uuid(),
      kind: before === undefined ? 'note.written' : 'note.revised',
      source: input.source,
      subjects: about.kind === 'case' ? [] : [about.key],
      public: { noteId: input.id, revision: input.basis + 1, about, audience: input.audience, expiresAt: input.expiresAt },
      payload: { text: input.text },
    });
    const after = noteById(store, input.id);
    if (after === undefined) throw new Error('a note was saved and is not there');
    ctx.changed(['notes', 'history', ...(about.kind === 'case' ? ['cases' as const] : [])], input.about.kind === 'item' ? [input.about.id] : []);
    return after;
  });
  return noteView(store, saved, input.about);
}

/** Every revision of a note, newest first. Throws NOT_FOUND. */
export function noteHistory(ctx: Context, input: { readonly id: string }): { revision: number; text: string; author: string; at: number }[] {
  const rows = noteRevisions(ctx.store, input.id);
  if (rows.length === 0) throw new Failure('NOT_FOUND', 'That note is not here any more.');
  return rows.map((row) => ({ revision: row.revision, text: row.text ?? '', author: row.author, at: row.at }));
}

/** A note in the contract's terms; `about` where the caller knows it already. */
export function noteView(store: Store, row: NoteRow, about: NoteAbout | null): NoteView {
  return {
    id: row.id,
    about: about ?? aboutOf(store, row),
    text: row.text ?? '',
    audience: row.audience,
    author: row.author,
    writtenAt: row.written_at,
    revisedAt: row.revised_at,
    revision: row.revision,
    expiresAt: row.expires_at,
  };
}

function aboutOf(store: Store, row: NoteRow): NoteAbout {
  if (row.about_kind === 'case') return { kind: 'case', id: row.about_key };
  const found = row.about_kind === 'item' ? subjectByKey(store, row.about_key) : memberByKey(store, row.about_key);
  if (found === undefined) throw new Failure('NOT_FOUND', 'What this note is about is not on this machine.');
  return { kind: row.about_kind, id: found.id };
}

function isSame(row: NoteRow, input: NoteInput): boolean {
  return (row.revision === input.basis || row.revision === input.basis + 1)
    && row.text === input.text && row.audience === input.audience && row.expires_at === input.expiresAt;
}

/** The key under which notes about it are kept; throws NOT_FOUND. */
function keyOf(store: Store, about: NoteAbout): string {
  switch (about.kind) {
    case 'item':
      if (subjectById(store, about.id) === undefined) throw new Failure('NOT_FOUND', 'That item is not here any more.');
      return keyOfSubject(store, about.id);
    case 'member':
      if (memberById(store, about.id) === undefined) throw new Failure('NOT_FOUND', 'That member is not here any more.');
      return keyOfMember(store, about.id);
    case 'case':
      if (caseById(store, about.id) === undefined) throw new Failure('NOT_FOUND', 'That case is not here any more.');
      return about.id;
  }
}

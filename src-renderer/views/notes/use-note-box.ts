import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { NoteAbout, NoteView } from '../../../src-main/contract/work.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import { dropDraft, keepDraft, keptDraft } from '../../state/drafts.ts';
import { openBox, stepNote, unsaved } from './note-box.ts';
import type { NoteBox, NoteStep } from './note-box.ts';

/** A pause in typing after which a revision is written. Drafts are kept much sooner, by themselves. */
const PAUSE_MS = 1500;

type Action = NoteStep | { readonly do: 'open'; readonly box: NoteBox };

function reduce(box: NoteBox, action: Action): NoteBox {
  return action.do === 'open' ? action.box : stepNote(box, action);
}

async function save(box: NoteBox, about: NoteAbout): Promise<NoteStep> {
  try {
    const note = await client.notes.save({
      id: box.id, basis: box.saved?.revision ?? 0, about, text: box.text, audience: box.audience, expiresAt: box.expiresAt, source: 'key',
    });
    return { do: 'saved', note };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== 'STALE') return { do: 'failed', problem: failure.message };
    const theirs = (await client.notes.list({ about })).find(({ id }) => id === box.id);
    return theirs === undefined ? { do: 'failed', problem: failure.message } : { do: 'stale', theirs };
  }
}

/** The name of the draft behind a note: by its id once it has one there, else by what it is about. */
export function draftName(about: NoteAbout, note: NoteView | null): string {
  return note === null ? `note/${about.kind}/${about.id}` : `note/${note.id}`;
}

/**
 * A note under the pen that saves itself: a draft at once, a revision when the typing rests, and on `flush`.
 * `note` is null for a new one, which takes `newId`.
 */
export function useNoteBox(about: NoteAbout, note: NoteView | null, newId: string): {
  readonly box: NoteBox; readonly step: (step: NoteStep) => void; readonly flush: () => void;
} {
  const [box, dispatch] = useReducer(reduce, null, () => openBox(note?.id ?? newId, note, null));
  // The pen changes notes by its key, so what the note is about never changes under it.
  const subject = useRef(about);
  const draft = useRef(draftName(about, note));
  const latest = useRef(box);
  useEffect(() => { latest.current = box; });

  useEffect(() => {
    let here = true;
    void (async () => {
      const text = await keptDraft(draft.current);
      if (here && text !== null && latest.current.phase === 'idle') dispatch({ do: 'type', text });
    })();
    return () => { here = false; };
  }, []);

  const flush = useCallback(() => {
    const now = latest.current;
    if (!unsaved(now) || now.phase === 'saving' || now.phase === 'stale' || now.text.trim() === '') return;
    latest.current = stepNote(now, { do: 'saving' });
    dispatch({ do: 'saving' });
    void (async () => {
      const result = await save(now, subject.current);
      if (result.do === 'saved' && latest.current.text === now.text) dropDraft(draft.current);
      dispatch(result);
    })();
  }, []);

  useEffect(() => {
    if (box.phase !== 'typing') return undefined;
    const timer = setTimeout(flush, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [box, flush]);

  // Leaving the note, by a key or by closing its pane, writes what is there.
  useEffect(() => flush, [flush]);

  const step = useCallback((action: NoteStep) => {
    if (action.do === 'type') keepDraft(draft.current, action.text);
    latest.current = stepNote(latest.current, action);
    dispatch(action);
  }, []);
  return { box, step, flush };
}

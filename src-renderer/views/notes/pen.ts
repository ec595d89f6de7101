import { useEffect } from 'react';
import { create } from 'zustand';
import type { NoteAbout } from '../../../src-main/contract/work.ts';

type Pen = {
  /** What is being written about, as `kind/id`; null while no note is under the pen. */
  readonly about: string | null;
  /** The note being revised, or the id that a new one will have. */
  readonly noteId: string;
  readonly isNew: boolean;
};

/** Which note is under the pen. One at a time: taking up another puts the first down, saved. */
export const usePen = create<Pen>(() => ({ about: null, noteId: '', isNew: true }));

/** What a note is about, as one text. */
export function aboutName(about: NoteAbout): string {
  return `${about.kind}/${about.id}`;
}

/** Begins a new note, or takes up one that is there. */
export function takePen(about: NoteAbout, noteId: string | null = null): void {
  usePen.setState({ about: aboutName(about), noteId: noteId ?? crypto.randomUUID(), isNew: noteId === null });
}

/** Puts the pen down when what is written about leaves the screen, so that it does not take the keys on coming back. */
export function useOwnPen(name: string): void {
  useEffect(() => () => { if (usePen.getState().about === name) putPenDown(); }, [name]);
}

/** Puts the pen down; the note saves itself. */
export function putPenDown(): void {
  usePen.setState({ about: null });
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../host/client.ts';

/** Soon enough that a crash costs a word or two, seldom enough that typing is never felt. */
const KEEP_MS = 300;

const waiting = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly text: string }>();

async function send(box: string, text: string): Promise<void> {
  try {
    await client.drafts.save({ box, text });
  } catch {
    // The text is still on screen; the next keystroke tries again.
  }
}

/** Keeps the unsent text of a box; an empty text forgets it. Sent when the typing rests a moment. */
export function keepDraft(box: string, text: string): void {
  clearTimeout(waiting.get(box)?.timer);
  const timer = setTimeout(() => {
    waiting.delete(box);
    void send(box, text);
  }, KEEP_MS);
  waiting.set(box, { timer, text });
}

/** The text of a box as it was last kept; null when there is none. */
export async function readDraft(box: string): Promise<string | null> {
  const kept = waiting.get(box)?.text ?? (await client.drafts.get({ box })).text;
  return kept === '' ? null : kept;
}

// Going away, by a reload or by closing the window, sends what still waits.
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    for (const [box, { timer, text }] of waiting) {
      clearTimeout(timer);
      void send(box, text);
    }
    waiting.clear();
  });
}

/**
 * The text of a box, kept as it is typed and brought back after a crash. `first` is what it says without a draft.
 * `forget` is for when the text was sent or given up.
 */
export function useDraft(box: string, first = ''): { readonly text: string; readonly type: (text: string) => void; readonly forget: () => void } {
  const [text, setText] = useState(first);
  const touched = useRef(false);
  useEffect(() => {
    let here = true;
    touched.current = false;
    readDraft(box).then((kept) => {
      if (here && kept !== null && !touched.current) setText(kept);
    }, () => undefined);
    return () => { here = false; };
  }, [box]);
  const type = useCallback((next: string) => {
    touched.current = true;
    setText(next);
    keepDraft(box, next);
  }, [box]);
  const forget = useCallback(() => keepDraft(box, ''), [box]);
  return { text, type, forget };
}

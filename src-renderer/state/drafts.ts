import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../host/client.ts';

const CALM_MS = 400;

type Waiting = { readonly text: string; readonly timer: ReturnType<typeof setTimeout> };
const waiting = new Map<string, Waiting>();

function write(box: string, text: string): void {
  // A draft that could not be kept is kept at the next stroke; it is no reason to interrupt someone who writes.
  void client.drafts.save({ box, text }).catch(() => undefined);
}

/** Keeps a text box's text for after a crash: a little after the last stroke. */
export function keepDraft(box: string, text: string): void {
  const before = waiting.get(box);
  if (before !== undefined) clearTimeout(before.timer);
  waiting.set(box, { text, timer: setTimeout(() => flushDraft(box), CALM_MS) });
}

/** Keeps it now: on blur and when the page goes. */
export function flushDraft(box: string): void {
  const entry = waiting.get(box);
  if (entry === undefined) return;
  clearTimeout(entry.timer);
  waiting.delete(box);
  write(box, entry.text);
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => { for (const box of waiting.keys()) flushDraft(box); });
}

/** Forgets a draft, once its text was used. */
export function dropDraft(box: string): void {
  const entry = waiting.get(box);
  if (entry !== undefined) clearTimeout(entry.timer);
  waiting.delete(box);
  write(box, '');
}

/** The kept text of a box; null where there is none or it cannot be had now. */
export async function keptDraft(box: string): Promise<string | null> {
  try {
    const { text } = await client.drafts.get({ box });
    return text === '' ? null : text;
  } catch {
    return null;
  }
}

/** A text that survives a crash: what was typed comes back with the box. */
export function useDraft(box: string, begin = ''): { readonly text: string; readonly change: (text: string) => void; readonly onBlur: () => void; readonly drop: () => void } {
  const [state, setState] = useState({ box, text: begin });
  const touched = useRef(false);
  useEffect(() => {
    touched.current = false;
    let gone = false;
    void (async () => {
      const kept = await keptDraft(box);
      if (!gone && !touched.current && kept !== null) setState({ box, text: kept });
    })();
    return () => {
      gone = true;
      flushDraft(box);
    };
  }, [box]);
  const change = useCallback((text: string) => {
    touched.current = true;
    setState({ box, text });
    keepDraft(box, text);
  }, [box]);
  return { text: state.box === box ? state.text : begin, change, onBlur: useCallback(() => flushDraft(box), [box]), drop: useCallback(() => dropDraft(box), [box]) };
}

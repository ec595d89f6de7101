import { useEffect, useRef, useState } from 'react';
import type { GuidelineDraft, GuidelineView } from '../../../src-main/contract/work.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import type { DeskFailure } from '../../host/failure.ts';
import { dropDraft, flushDraft, keepDraft, keptDraft } from '../../state/drafts.ts';
import { changedFrom, draftFromText, draftOf } from './draft-text.ts';

export type Editor = {
  readonly draft: GuidelineDraft;
  readonly change: (changes: Partial<GuidelineDraft>) => void;
  readonly failure: DeskFailure | null;
  /** Someone published meanwhile: the guideline as it is now. */
  readonly theirs: GuidelineView | null;
  readonly publish: (source: Source, over?: boolean) => Promise<GuidelineView | null>;
  readonly takeTheirs: () => void;
  /** Forgets the draft. */
  readonly drop: () => void;
  /** The draft came back from before. */
  readonly recovered: boolean;
};

/** Editing a guideline: the draft survives a crash, a publish over someone else's version is refused and shown. */
export function useEditor(first: GuidelineDraft, standing: GuidelineView | undefined): Editor {
  const box = `guideline/${first.basis === 0 ? 'new' : first.id}`;
  const [draft, setDraft] = useState(first);
  const [failure, setFailure] = useState<DeskFailure | null>(null);
  const [theirs, setTheirs] = useState<GuidelineView | null>(null);
  const [recovered, setRecovered] = useState(false);
  const touched = useRef(false);

  useEffect(() => {
    let here = true;
    void (async () => {
      const kept = draftFromText(await keptDraft(box) ?? '');
      if (!here || kept === null || touched.current) return;
      setDraft(kept);
      setRecovered(true);
    })();
    return () => {
      here = false;
      flushDraft(box);
    };
  }, [box]);

  function change(changes: Partial<GuidelineDraft>): void {
    touched.current = true;
    const next = { ...draft, ...changes };
    setDraft(next);
    if (changedFrom(next, standing)) keepDraft(box, JSON.stringify(next));
    else dropDraft(box);
  }

  async function publish(source: Source, over = false): Promise<GuidelineView | null> {
    setFailure(null);
    try {
      const published = await client.guidelines.publish({ ...draft, basis: over && theirs !== null ? theirs.version : draft.basis, source });
      dropDraft(box);
      return published;
    } catch (error) {
      const said = failureOf(error);
      if (said.code === 'STALE') setTheirs((await client.guidelines.versions({ id: draft.id }))[0] ?? null);
      else setFailure(said);
      return null;
    }
  }

  return {
    draft, change, failure, theirs, recovered, publish,
    takeTheirs: () => {
      if (theirs === null) return;
      change(draftOf(theirs));
      setTheirs(null);
    },
    drop: () => dropDraft(box),
  };
}

import { create } from 'zustand';
import type { GuidelineView } from '../../src-main/contract/work.ts';
import { client } from '../host/client.ts';
import { onChange } from '../host/live.ts';

/** The guidelines in force; there are few of them, and every decision names one. */
export const useGuidelines = create<{ readonly all: readonly GuidelineView[] }>(() => ({ all: [] }));

async function load(): Promise<void> {
  try {
    useGuidelines.setState({ all: await client.guidelines.list({}) });
  } catch {
    // The frame says that the backend is away; after a reconnect they are asked for again.
  }
}

/** Loads the guidelines and follows new versions. */
export function startGuidelines(): void {
  void load();
  onChange(({ topics }) => { if (topics.includes('guidelines')) void load(); });
}

/** The guideline by id; undefined while it is not known. */
export function guidelineById(id: string | null): GuidelineView | undefined {
  return useGuidelines.getState().all.find((guideline) => guideline.id === id);
}

export function useGuideline(id: string | null): GuidelineView | undefined {
  return useGuidelines((state) => state.all.find((guideline) => guideline.id === id));
}

type Step = GuidelineView['ladder'][number];

/** The step a ladder recommends at that many active strikes: the highest one already reached. */
export function ladderStep(ladder: readonly Step[], activeStrikes: number): Step | null {
  const reached = ladder.filter((step) => step.strikes <= activeStrikes).toSorted((a, b) => b.strikes - a.strikes);
  return reached[0] ?? null;
}

import type { GuidelineDraft } from '../../contract/work.ts';

/** A guideline that comes with the app; its id is the same everywhere, so that desks agree on it. */
export type StarterGuideline = Readonly<Omit<GuidelineDraft, 'basis'>>;

/** For ladders. */
export const DAY_MS = 86_400_000;

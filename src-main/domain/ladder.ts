import type { GuidelineView } from '../contract/work.ts';

type Step = GuidelineView['ladder'][number];

/**
 * The step a guideline's ladder recommends at that many active strikes: the highest one already reached. Null for a
 * guideline without a ladder, or whose first step asks for more strikes.
 */
export function nextStep(ladder: readonly Step[], activeStrikes: number): Step | null {
  return ladder
    .filter((step) => step.strikes <= activeStrikes)
    .reduce<Step | null>((best, step) => (best === null || step.strikes > best.strikes ? step : best), null);
}

import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { duration } from '../../ui/time-words.ts';

type Step = GuidelineView['ladder'][number];

/** What a step recommends: "mute 3 d", "suspend for good", "warn". */
export function stepWords({ verb, durationMs }: Step): string {
  return durationMs === undefined ? verb : `${verb} ${duration(durationMs)}`;
}

/** From how many active strikes a step applies. */
export function strikeWords(strikes: number): string {
  if (strikes === 0) return 'first time';
  return strikes === 1 ? '1 strike' : `${strikes} strikes`;
}

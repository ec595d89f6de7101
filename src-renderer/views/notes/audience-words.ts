import { AUDIENCES } from '../../../src-main/contract/words.ts';
import type { Audience } from '../../../src-main/contract/words.ts';

const WORDS: Readonly<Record<Audience, string>> = { team: 'team only', leads: 'leads only', me: 'only me' };

/** Who may read a note or a case, in words. */
export function audienceWords(audience: Audience): string {
  return WORDS[audience];
}

/** The audiences as a list to choose from. */
export const AUDIENCE_OPTIONS = AUDIENCES.map((value) => ({ value, label: WORDS[value] }));

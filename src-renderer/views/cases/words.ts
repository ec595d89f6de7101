import { CASE_STAGES, PARTY_ROLES } from '../../../src-main/contract/words.ts';
import type { CaseStage, PartyRole } from '../../../src-main/contract/words.ts';

/** The stages as the chips say them. */
export const STAGE_WORDS: Readonly<Record<CaseStage, string>> = {
  intake: 'Intake', hearing: 'Hearing', agreement: 'Agreement', 'follow-up': 'Follow-up', closed: 'Closed',
};

/** What a party is, in words. */
export const ROLE_WORDS: Readonly<Record<PartyRole, string>> = {
  affected: 'affected', 'other-side': 'other side', witness: 'witness', supporter: 'supporter', mediator: 'mediator',
};

export const ROLE_OPTIONS = PARTY_ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }));

/** The stage before or after; the same at either end. */
export function stageBeside(stage: CaseStage, step: 1 | -1): CaseStage {
  return CASE_STAGES[CASE_STAGES.indexOf(stage) + step] ?? stage;
}

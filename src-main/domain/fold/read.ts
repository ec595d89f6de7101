import type { LoggedEvent } from '../event.ts';
import type { Rows } from './rows.ts';

/** A decision together with one of the subjects it was about. */
export type DecisionOn = { readonly decision: Rows['decisions']; readonly subject: Rows['decision_subjects'] };

/** What a fold may ask of the projections as they are before its event. */
export type Read = {
  readonly connection: (id: string) => Rows['connections'] | undefined;
  /** How many connections there ever were. */
  readonly connectionCount: () => number;
  readonly decision: (id: string) => Rows['decisions'] | undefined;
  readonly subjectsOf: (decisionId: string) => readonly Rows['decision_subjects'][];
  /** The latest decision on a subject that is not undone, leaving one out. */
  readonly standing: (subjectKey: string, except: string) => DecisionOn | undefined;
  readonly mark: (subjectKey: string) => Rows['item_marks'] | undefined;
  readonly note: (id: string) => Rows['notes'] | undefined;
  readonly revision: (noteId: string, revision: number) => Rows['note_revisions'] | undefined;
  readonly caseRow: (id: string) => Rows['cases'] | undefined;
  readonly party: (caseId: string, id: string) => Rows['case_parties'] | undefined;
  readonly caseItem: (caseId: string, subjectKey: string) => Rows['case_items'] | undefined;
  readonly guideline: (id: string) => Rows['guidelines'] | undefined;
  readonly link: (memberKey: string) => Rows['member_links'] | undefined;
  readonly person: (personId: string) => readonly Rows['member_links'][];
  /** An earlier event, for the erasure of its payload. */
  readonly event: (id: string) => LoggedEvent | undefined;
};

import type { Rows } from '../domain/fold/rows.ts';
import type { CaseStage, ItemState } from '../contract/words.ts';
import type { Store } from './store.ts';

export type CaseRecord = Rows['cases'];
export type CaseListRow = CaseRecord & { readonly party_count: number; readonly item_count: number };

const COUNTED = `
  SELECT c.*, (SELECT count(*) FROM case_parties p WHERE p.case_id = c.id) AS party_count,
    (SELECT count(*) FROM case_items i WHERE i.case_id = c.id) AS item_count
  FROM cases c`;

/** One case by its id. */
export function caseById(store: Store, id: string): CaseListRow | undefined {
  return store.sql<[string], CaseListRow>('case-by-id', `${COUNTED} WHERE c.id = ?`).get(id);
}

/** Cases below a number, newest first: open ones, or closed ones (index cases_by_number). */
export function casesBelow(store: Store, closed: boolean, number: number, limit: number): readonly CaseListRow[] {
  return store.sql<[number, number, number], CaseListRow>('cases-below', `
    ${COUNTED} WHERE c.number < ? AND (c.stage = 'closed') = ? ORDER BY c.number DESC LIMIT ?
  `).all(number, closed ? 1 : 0, limit);
}

/** How many cases are open, and how many follow-ups are due (index cases_due). */
export function caseCounts(store: Store, now: number): { readonly open: number; readonly due: number } {
  return store.sql<[number], { open: number; due: number }>('case-counts', `
    SELECT (SELECT count(*) FROM cases WHERE stage <> 'closed') AS open,
      (SELECT count(*) FROM cases WHERE stage <> 'closed' AND follow_up_at IS NOT NULL AND follow_up_at <= ?) AS due
  `).get(now) ?? { open: 0, due: 0 };
}

/** The number for the next case. */
export function nextCaseNumber(store: Store): number {
  return store.sql<[], { n: number }>('case-next-number', 'SELECT coalesce(max(number), 0) + 1 AS n FROM cases').get()?.n ?? 1;
}

/** A case's parties in the order they joined. */
export function partiesOf(store: Store, caseId: string): readonly Rows['case_parties'][] {
  return store.sql<[string], Rows['case_parties']>('case-parties', 'SELECT * FROM case_parties WHERE case_id = ? ORDER BY event, id').all(caseId);
}

/** A case's evidence in the order it was linked. */
export function caseItemsOf(store: Store, caseId: string): readonly Rows['case_items'][] {
  return store.sql<[string], Rows['case_items']>('case-items', 'SELECT * FROM case_items WHERE case_id = ? ORDER BY event, subject_key').all(caseId);
}

/** Cases that a subject is evidence in, newest first (index case_items_by_key). */
export function casesOfSubject(store: Store, key: string): readonly { readonly id: string; readonly number: number; readonly title: string | null; readonly stage: CaseStage }[] {
  return store.sql<[string], { id: string; number: number; title: string | null; stage: CaseStage }>('cases-of-subject', `
    SELECT c.id, c.number, c.title, c.stage FROM case_items i JOIN cases c ON c.id = i.case_id WHERE i.subject_key = ? ORDER BY c.number DESC
  `).all(key);
}

/** Where an item of the queue stands; undefined for a subject that was never reported. */
export function itemStateOf(store: Store, subject: number): { readonly state: ItemState; readonly snippet: string } | undefined {
  return store.sql<[number], { state: ItemState; snippet: string }>('case-item-state', 'SELECT state, snippet FROM items WHERE subject = ?').get(subject);
}

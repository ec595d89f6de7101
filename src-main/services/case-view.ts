import type { CaseDetail, CaseRow, PartyView } from '../contract/work.ts';
import { harmlessBidi } from '../domain/bidi.ts';
import type { Rows } from '../domain/fold/rows.ts';
import { caseItemsOf, itemStateOf, partiesOf } from '../store/cases.ts';
import type { CaseListRow } from '../store/cases.ts';
import { notesAbout } from '../store/notes.ts';
import type { Store } from '../store/store.ts';
import { memberByKey, subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { noteView } from './notes.ts';
import { memberRef } from './subject-view.ts';

/** Stands for a text that was erased. */
const ERASED = 'Erased';

/** A case in a list. */
export function caseRow(row: CaseListRow): CaseRow {
  return {
    id: row.id,
    number: row.number,
    title: row.title ?? ERASED,
    stage: row.stage,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    followUpAt: row.follow_up_at,
    partyCount: row.party_count,
    itemCount: row.item_count,
    version: row.version,
  };
}

/** A case as its page shows it. */
export function caseDetail(ctx: Context, row: CaseListRow): CaseDetail {
  const { store } = ctx;
  return store.read(() => ({
    ...caseRow(row),
    audience: row.audience,
    parties: partiesOf(store, row.id).map((party) => partyView(store, party)),
    items: caseItemsOf(store, row.id).flatMap((item) => evidence(store, item)),
    notes: notesAbout(store, 'case', row.id, ctx.settings().actor, ctx.now()).map((note) => noteView(store, note, { kind: 'case', id: row.id })),
  }));
}

function partyView(store: Store, party: Rows['case_parties']): PartyView {
  const member = party.member_key === null ? undefined : memberByKey(store, party.member_key);
  return { id: party.id, role: party.role, member: member === undefined ? null : memberRef(store, member.id), name: harmlessBidi(party.name ?? member?.name ?? ERASED) };
}

/** What was linked, as it was kept and as it stands now; nothing where this machine does not know the subject. */
function evidence(store: Store, item: Rows['case_items']): CaseDetail['items'] {
  const subject = subjectByKey(store, item.subject_key);
  const now = subject === undefined ? undefined : itemStateOf(store, subject.id);
  if (subject === undefined || now === undefined) return [];
  return [{
    id: subject.id,
    snippet: now.snippet,
    state: now.state,
    author: subject.author === null ? null : memberRef(store, subject.author),
    linkedAt: item.linked_at,
    kept: harmlessBidi(item.kept ?? ERASED),
    gone: subject.deleted_at !== null || subject.removed === 1,
  }];
}

import type { CaseDetail, CaseRow } from '../contract/work.ts';
import type { Audience, CaseStage, PartyRole, Source } from '../contract/words.ts';
import { Failure } from '../domain/failure.ts';
import { fold } from '../domain/normalise.ts';
import { caseById, caseCounts, caseItemsOf, casesBelow, nextCaseNumber, partiesOf } from '../store/cases.ts';
import type { CaseListRow } from '../store/cases.ts';
import { keyOfMember, keyOfSubject, memberById, memberByKey, subjectById } from '../store/subjects.ts';
import { caseDetail, caseRow } from './case-view.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record.ts';

type CasesPage = { rows: CaseRow[]; next: string | null; open: number; due: number };

/** Open or closed cases, newest first, a page by key; `text` matches titles and numbers. */
export function listCases(ctx: Context, input: { readonly closed: boolean; readonly text: string; readonly after: string | null; readonly limit: number }): CasesPage {
  const { store } = ctx;
  const wanted = fold(input.text.trim());
  const rows: CaseRow[] = [];
  let below = input.after === null ? Number.MAX_SAFE_INTEGER : Number(input.after);
  if (!Number.isSafeInteger(below)) throw new Failure('INVALID_INPUT', 'That page does not exist. Start from the first one.');
  let more = true;
  while (more && rows.length < input.limit) {
    const batch = casesBelow(store, input.closed, below, input.limit);
    more = batch.length === input.limit;
    for (const row of batch) {
      if (rows.length === input.limit) { more = true; break; }
      below = row.number;
      if (wanted === '' || String(row.number) === wanted || fold(row.title ?? '').includes(wanted)) rows.push(caseRow(row));
    }
  }
  return { rows, next: more ? String(below) : null, ...caseCounts(store, ctx.now()) };
}

/** A case with its parties, evidence and notes. Throws NOT_FOUND. */
export function getCase(ctx: Context, input: { readonly id: string }): CaseDetail {
  return caseDetail(ctx, existing(ctx, input.id));
}

/** Opens a case; its items' authors become parties, their text is kept as evidence. Opening it again returns it. */
export function openCase(ctx: Context, input: { readonly id: string; readonly title: string; readonly itemIds: readonly number[]; readonly source: Source }): CaseDetail {
  const { store } = ctx;
  if (caseById(store, input.id) === undefined) {
    store.write(() => {
      recordEvent(ctx, {
        id: input.id, kind: 'case.opened', source: input.source, subjects: [],
        public: { caseId: input.id, number: nextCaseNumber(store) }, payload: { title: input.title },
      });
      for (const itemId of new Set(input.itemIds)) link(ctx, input.id, itemId, input.source);
    });
    ctx.changed(['cases', 'history', 'queue'], [...input.itemIds]);
  }
  return getCase(ctx, input);
}

export type CaseChange = {
  readonly id: string; readonly basis: number; readonly title?: string | undefined; readonly stage?: CaseStage | undefined;
  readonly audience?: Audience | undefined; readonly followUpAt?: number | null | undefined; readonly source: Source;
};

/** Title, stage, audience, follow-up. Throws STALE with the case as it is where someone changed it since `basis`. */
export function changeCase(ctx: Context, input: CaseChange): CaseDetail {
  ctx.store.write(() => {
    const row = existing(ctx, input.id);
    const { title, stage, audience, followUpAt } = input;
    const same = (title === undefined || title === row.title) && (stage === undefined || stage === row.stage)
      && (audience === undefined || audience === row.audience) && (followUpAt === undefined || followUpAt === row.follow_up_at);
    if (same) return;
    if (row.version !== input.basis) {
      throw new Failure('STALE', 'Someone changed this case meanwhile. Look at it as it is now, then change it again.', { current: caseDetail(ctx, row) });
    }
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'case.changed', source: input.source, subjects: [],
      public: { caseId: row.id, titled: title !== undefined, stage, audience, followUpAt },
      payload: title === undefined ? null : { title },
    });
    ctx.changed(['cases', 'history']);
  });
  return getCase(ctx, input);
}

export type PartyInput = {
  readonly id: string; readonly partyId: string; readonly memberId: number | null; readonly name: string; readonly role: PartyRole; readonly source: Source;
};

/** Adds someone to a case: a member of a platform, or a person known by name only. */
export function addParty(ctx: Context, input: PartyInput): CaseDetail {
  const { store } = ctx;
  const member = input.memberId === null ? undefined : memberById(store, input.memberId);
  if (input.memberId !== null && member === undefined) throw new Failure('NOT_FOUND', 'That member is not here any more.');
  const name = member?.name || input.name;
  if (name === '') throw new Failure('INVALID_INPUT', 'Give the party a name, or choose a member.', { fields: [{ path: 'name', problem: 'is empty' }] });
  store.write(() => {
    const row = existing(ctx, input.id);
    if (partiesOf(store, row.id).some((party) => party.id === input.partyId)) return;
    const key = member === undefined ? null : keyOfMember(store, member.id);
    party(ctx, { caseId: row.id, partyId: input.partyId, role: input.role, member: key, name, source: input.source });
    ctx.changed(['cases', 'history']);
  });
  return getCase(ctx, input);
}

/** Takes a party out of a case; what was noted stays. */
export function removeParty(ctx: Context, input: { readonly id: string; readonly partyId: string; readonly source: Source }): CaseDetail {
  ctx.store.write(() => {
    const row = existing(ctx, input.id);
    const leaving = partiesOf(ctx.store, row.id).find((party) => party.id === input.partyId);
    if (leaving === undefined) return;
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'case.party-removed', source: input.source, subjects: leaving.member_key === null ? [] : [leaving.member_key],
      public: { caseId: row.id, partyId: leaving.id }, payload: null,
    });
    ctx.changed(['cases', 'history']);
  });
  return getCase(ctx, input);
}

/** Makes an item evidence in a case, with its text as it is now; its author becomes a party. */
export function linkItem(ctx: Context, input: { readonly id: string; readonly itemId: number; readonly source: Source }): CaseDetail {
  ctx.store.write(() => {
    existing(ctx, input.id);
    link(ctx, input.id, input.itemId, input.source);
    ctx.changed(['cases', 'history', 'queue'], [input.itemId]);
  });
  return getCase(ctx, input);
}

/** Takes an item out of a case. */
export function unlinkItem(ctx: Context, input: { readonly id: string; readonly itemId: number; readonly source: Source }): CaseDetail {
  const { store } = ctx;
  store.write(() => {
    const row = existing(ctx, input.id);
    if (subjectById(store, input.itemId) === undefined) throw new Failure('NOT_FOUND', 'That item is not here any more.');
    const key = keyOfSubject(store, input.itemId);
    if (!caseItemsOf(store, row.id).some((item) => item.subject_key === key)) return;
    recordEvent(ctx, { id: ctx.uuid(), kind: 'case.item-unlinked', source: input.source, subjects: [key], public: { caseId: row.id, key }, payload: null });
    ctx.changed(['cases', 'history', 'queue'], [input.itemId]);
  });
  return getCase(ctx, input);
}

function existing(ctx: Context, id: string): CaseListRow {
  const row = caseById(ctx.store, id);
  if (row === undefined) throw new Failure('NOT_FOUND', 'That case is not here any more.');
  return row;
}

/** Links one item and, where the author is not a party yet, adds them as the other side. */
function link(ctx: Context, caseId: string, itemId: number, source: Source): void {
  const { store } = ctx;
  const subject = subjectById(store, itemId);
  if (subject === undefined) throw new Failure('NOT_FOUND', 'That item is not here any more.');
  const key = keyOfSubject(store, itemId);
  if (caseItemsOf(store, caseId).some((item) => item.subject_key === key)) return;
  // A reported member stands for themselves.
  const member = subject.author !== null ? memberById(store, subject.author) : subject.type === 'member' ? memberByKey(store, key) : undefined;
  const author = member === undefined ? null : keyOfMember(store, member.id);
  recordEvent(ctx, {
    id: ctx.uuid(), kind: 'case.item-linked', source, subjects: author === null ? [key] : [key, author],
    public: { caseId, key, author }, payload: { kept: subject.text },
  });
  if (author === null || member === undefined || partiesOf(store, caseId).some((party) => party.member_key === author)) return;
  party(ctx, { caseId, partyId: ctx.uuid(), role: 'other-side', member: author, name: member.name, source });
}

function party(ctx: Context, input: { caseId: string; partyId: string; role: PartyRole; member: string | null; name: string; source: Source }): void {
  const { caseId, partyId, role, member, name, source } = input;
  recordEvent(ctx, {
    id: partyId, kind: 'case.party-added', source, subjects: member === null ? [] : [member],
    public: { caseId, partyId, role, member }, payload: { name },
  });
}

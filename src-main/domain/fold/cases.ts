import type { LoggedOf } from '../event.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';

/** A case begins at intake, for the team to read. */
export function foldCaseOpened(event: LoggedOf<'case.opened'>): readonly Change[] {
  return [{
    table: 'cases',
    put: {
      id: event.public.caseId,
      number: event.public.number,
      title: event.payload?.title ?? null,
      title_event: event.seq,
      stage: 'intake',
      audience: 'team',
      opened_at: event.at,
      opened_by: event.actor,
      follow_up_at: null,
      version: 1,
    },
  }];
}

/** Title, stage, audience or follow-up; only these raise the version, since parties and items never collide. */
export function foldCaseChanged(read: Read, event: LoggedOf<'case.changed'>): readonly Change[] {
  const { caseId, titled, stage, audience, followUpAt } = event.public;
  const before = read.caseRow(caseId);
  if (before === undefined) return [];
  return [{
    table: 'cases',
    put: {
      ...before,
      ...(titled ? { title: event.payload?.title ?? null, title_event: event.seq } : {}),
      stage: stage ?? before.stage,
      audience: audience ?? before.audience,
      follow_up_at: followUpAt === undefined ? before.follow_up_at : followUpAt,
      version: before.version + 1,
    },
  }];
}

/** Someone becomes a party, or stops being one. */
export function foldParty(event: LoggedOf<'case.party-added'> | LoggedOf<'case.party-removed'>): readonly Change[] {
  const { caseId, partyId } = event.public;
  if (event.kind === 'case.party-removed') return [{ table: 'case_parties', drop: [caseId, partyId] }];
  return [{
    table: 'case_parties',
    put: {
      case_id: caseId, id: partyId, role: event.public.role, member_key: event.public.member,
      name: event.payload?.name ?? null, event: event.seq,
    },
  }];
}

/** An item becomes evidence with its text as it was, or is taken out. */
export function foldCaseItem(event: LoggedOf<'case.item-linked'> | LoggedOf<'case.item-unlinked'>): readonly Change[] {
  const { caseId, key } = event.public;
  if (event.kind === 'case.item-unlinked') return [{ table: 'case_items', drop: [caseId, key] }];
  return [{
    table: 'case_items',
    put: {
      case_id: caseId, subject_key: key, linked_at: event.at, author_key: event.public.author,
      kept: event.payload?.kept ?? null, event: event.seq,
    },
  }];
}

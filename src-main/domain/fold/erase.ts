import type { LoggedOf } from '../event.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';

/** A payload was erased: what of it still shows in the tables goes too; what later events brought stays. */
export function foldErased(read: Read, event: LoggedOf<'payload.erased'>): readonly Change[] {
  const erased = read.event(event.public.eventId);
  switch (erased?.kind) {
    case 'decision.recorded':
    case 'decision.redone': {
      const decision = read.decision(erased.id);
      return decision === undefined ? [] : [{ table: 'decisions', put: { ...decision, reason: null, message: null } }];
    }
    case 'note.written':
    case 'note.revised': {
      const { noteId, revision } = erased.public;
      const note = read.note(noteId);
      const kept = read.revision(noteId, revision);
      return [
        ...(kept?.event === erased.seq ? [{ table: 'note_revisions', put: { ...kept, text: null } } as const] : []),
        ...(kept?.event === erased.seq && note?.revision === revision ? [{ table: 'notes', put: { ...note, text: null } } as const] : []),
      ];
    }
    case 'case.opened':
    case 'case.changed': {
      const row = read.caseRow(erased.public.caseId);
      return row?.title_event === erased.seq ? [{ table: 'cases', put: { ...row, title: null } }] : [];
    }
    case 'case.party-added': {
      const party = read.party(erased.public.caseId, erased.public.partyId);
      return party?.event === erased.seq ? [{ table: 'case_parties', put: { ...party, name: null } }] : [];
    }
    case 'case.item-linked': {
      const item = read.caseItem(erased.public.caseId, erased.public.key);
      return item?.event === erased.seq ? [{ table: 'case_items', put: { ...item, kept: null } }] : [];
    }
    case 'connection.added':
    case 'connection.changed': {
      const row = read.connection(erased.public.connectionId);
      return row?.settings_event === erased.seq ? [{ table: 'connections', put: { ...row, settings: '{}' } }] : [];
    }
    default:
      return [];
  }
}

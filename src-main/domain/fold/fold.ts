import { assertNever } from '../../contract/words.ts';
import type { LoggedEvent } from '../event.ts';
import { foldCaseChanged, foldCaseItem, foldCaseOpened, foldParty } from './cases.ts';
import { foldConnectionAdded, foldConnectionChanged, foldConnectionRemoved } from './connections.ts';
import { foldClaim, foldDecision, foldResolve, foldUndo } from './decisions.ts';
import { foldErased } from './erase.ts';
import { foldPublished, foldRetired } from './guidelines.ts';
import { foldLinked, foldUnlinked } from './members.ts';
import { foldNote } from './notes.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';
import { tagsOf } from './tags.ts';

/**
 * What an event changes in the tables, given how they are. Pure: the same log gives the same tables on any machine.
 * An event about something unknown changes nothing, and an erased payload folds like any other.
 */
export function fold(read: Read, event: LoggedEvent): readonly Change[] {
  const tags = [...tagsOf(event)].map((tag): Change => ({ table: 'event_tags', put: { tag, seq: event.seq } }));
  return [...changesOf(read, event), ...tags];
}

function changesOf(read: Read, event: LoggedEvent): readonly Change[] {
  switch (event.kind) {
    case 'decision.recorded':
    case 'decision.redone':
      return foldDecision(read, event);
    case 'decision.undone':
      return foldUndo(read, event);
    case 'conflict.resolved':
      return foldResolve(read, event);
    case 'item.claimed':
    case 'item.released':
      return foldClaim(read, event);
    case 'note.written':
    case 'note.revised':
      return foldNote(read, event);
    case 'case.opened':
      return foldCaseOpened(event);
    case 'case.changed':
      return foldCaseChanged(read, event);
    case 'case.party-added':
    case 'case.party-removed':
      return foldParty(event);
    case 'case.item-linked':
    case 'case.item-unlinked':
      return foldCaseItem(event);
    case 'guideline.published':
      return foldPublished(event);
    case 'guideline.retired':
      return foldRetired(read, event);
    case 'member.linked':
      return foldLinked(read, event);
    case 'member.unlinked':
      return foldUnlinked(read, event);
    case 'connection.added':
      return foldConnectionAdded(read, event);
    case 'connection.changed':
      return foldConnectionChanged(read, event);
    case 'connection.removed':
      return foldConnectionRemoved(read, event);
    case 'payload.erased':
      return foldErased(read, event);
    case 'file.imported':
    case 'setting.changed':
      return [];
    default:
      return assertNever(event, 'no fold for event');
  }
}

import type { LoggedEvent } from '../event.ts';
import { parseSubjectKey } from '../key.ts';

/** What the history can be filtered by, beside who, when and which kind: keys as they are, the rest prefixed. */
export function tagsOf(event: LoggedEvent): ReadonlySet<string> {
  const tags = new Set<string>(event.subjects);
  for (const key of event.subjects) {
    const name = parseSubjectKey(key);
    if (name !== null) tags.add(`platform:${name.platform}`);
  }
  switch (event.kind) {
    case 'decision.recorded':
    case 'decision.redone':
      for (const action of event.public.actions) tags.add(`verb:${action.verb}`);
      for (const item of event.public.items) tags.add(`connection:${item.connectionId}`);
      if (event.public.guideline !== null) tags.add(`guideline:${event.public.guideline.id}`);
      if (event.kind === 'decision.redone') tags.add(`decision:${event.public.redoOf}`);
      break;
    case 'decision.undone':
      tags.add(`decision:${event.public.decisionId}`);
      break;
    case 'conflict.resolved':
      tags.add(`decision:${event.public.decisionId}`);
      tags.add(`connection:${event.public.connectionId}`);
      break;
    case 'item.claimed':
    case 'item.released':
    case 'connection.changed':
    case 'connection.removed':
    case 'file.imported':
      tags.add(`connection:${event.public.connectionId}`);
      break;
    case 'connection.added':
      tags.add(`connection:${event.public.connectionId}`);
      tags.add(`platform:${event.public.platform}`);
      break;
    case 'note.written':
    case 'note.revised':
      tags.add(`note:${event.public.noteId}`);
      if (event.public.about.kind === 'case') tags.add(`case:${event.public.about.key}`);
      break;
    case 'case.opened':
    case 'case.changed':
    case 'case.party-added':
    case 'case.party-removed':
    case 'case.item-linked':
    case 'case.item-unlinked':
      tags.add(`case:${event.public.caseId}`);
      break;
    case 'guideline.published':
      tags.add(`guideline:${event.public.guidelineId}`);
      if (event.public.connectionId !== null) tags.add(`connection:${event.public.connectionId}`);
      break;
    case 'guideline.retired':
      tags.add(`guideline:${event.public.guidelineId}`);
      break;
    case 'member.linked':
    case 'member.unlinked':
    case 'setting.changed':
    case 'payload.erased':
      break;
  }
  return tags;
}

import type { RemoteMember, RemoteSubject, SubjectRef } from '../connector.ts';
import { silencedUntil, standing } from './journal.ts';
import type { Journal, Mark } from './journal.ts';
import { memberAt } from './world/members.ts';
import { pastHandling } from './world/moderators.ts';
import { subjectAt } from './world/subjects.ts';
import type { Told } from './world/subjects.ts';
import type { World } from './world/world.ts';

/** The community as it is now: what the seed says, changed by what was done since. */
export type Community = { readonly world: World; readonly journal: Journal };

/** What a reference names; null where the community has none such. */
export function tell(community: Community, ref: SubjectRef): Told | null {
  const index = Number(ref.extra['s']);
  const reportedAt = Number(ref.extra['at']);
  if (!Number.isSafeInteger(index) || index < 0 || !Number.isSafeInteger(reportedAt)) return null;
  const told = subjectAt(community.world, index, reportedAt);
  return told.subject.type === ref.type && told.subject.remoteId === ref.remoteId ? told : null;
}

/** A subject with the effects of what was done to it. */
export function subjectNow({ world, journal }: Community, told: Told): RemoteSubject {
  const { subject } = told;
  const marks = journal.aboutSubject(subject.type, subject.remoteId);
  const past = pastHandling(world, told);
  let { text, html, editedAt, deletedAt } = subject;
  let removed = past?.verb === 'remove' || (subject.removed && past?.verb !== 'restore');
  const shown: string[] = [];
  for (const each of standing(marks)) {
    switch (each.did) {
      case 'remove': removed = true; break;
      case 'restore': removed = false; break;
      case 'lock': shown.push('locked'); break;
      case 'label': shown.push(...each.labels); break;
      case 'delete': deletedAt = each.at; break;
      case 'edit':
        editedAt = each.at;
        [text, html] = [editedText(text), null];
        break;
      default: break;
    }
  }
  return {
    ...subject, text, html, editedAt, deletedAt, removed,
    place: shown.length === 0 ? subject.place : [subject.place, ...shown].filter((part) => part !== null).join(' · '),
    revision: revisionOf(marks),
  };
}

/** Grows with everything that others did to a subject; our own orders leave it, so that one decision may hold several. */
export function revisionOf(marks: readonly Mark[]): string {
  return String(1 + marks.filter((each) => each.by !== null).length);
}

/** A member with their standing at `now`. */
export function memberNow({ world, journal }: Community, id: string, seenAt: number, now: number): RemoteMember {
  const member = memberAt(world, id, seenAt);
  const until = silencedUntil(journal, id, now);
  if (until === null) return member;
  const suspended = standing(journal.aboutMember(id)).some((each) => each.did === 'suspend' && (each.until ?? Infinity) > now);
  return { ...member, standing: [...member.standing, `${suspended ? 'suspended' : 'muted'} ${untilWords(until)}`] };
}

/** "until 24 Nov 2026, 10:12 UTC" or "for good". */
export function untilWords(until: number): string {
  if (until === Infinity) return 'for good';
  const words = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return `until ${words.format(until)} UTC`;
}

/** What an author leaves after thinking again: milder, and marked. */
function editedText(text: string): string {
  const kept = text.length > 90 ? `${text.slice(0, 80).replace(/\s\S*$/, '')} …` : text;
  return `${kept}\n\n(edited: taken out what I should not have written)`;
}

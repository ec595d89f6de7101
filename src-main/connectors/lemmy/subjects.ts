import type { Category } from '../../contract/words.ts';
import type { RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import type { Rows } from '../http/rows.ts';
import { TYPES } from './model.ts';
import type { Person, Report, Thing } from './model.ts';

/** A member as Docket keeps them. */
export function memberOf(person: Person): RemoteMember {
  const { id, title, handle, joinedAt, posts, standing, url } = person;
  return { remoteId: id, name: title || handle, handle, joinedAt, postCount: posts, standing, url };
}

/** A thing as Docket keeps it; `closedAt`: when its reports were last closed, as far as is known. */
export function subjectOf(server: string, thing: Thing, closedAt: number | null): RemoteSubject {
  const { kind, id, author, community, postId, path } = thing;
  const extra = Object.fromEntries(Object.entries({ community: community?.id ?? '', post: postId ?? '', path }).filter(([, value]) => value !== ''));
  return {
    type: TYPES[kind], remoteId: thing.key, authorId: author?.id ?? null, extra, text: thing.text, html: null, createdAt: thing.createdAt, editedAt: thing.editedAt,
    // Lemmy tells that an author deleted it, not when.
    deletedAt: thing.deleted ? thing.editedAt ?? thing.createdAt ?? 0 : null, removed: thing.removed,
    url: { post: `${server}/post/${id}`, comment: `${server}/comment/${id}`, private_message: `${server}/reports`, unknown: `${server}/reports`, community: `${server}/c/${(community?.name ?? '').slice(1)}` }[kind],
    language: null, place: kind === 'private_message' ? 'Private message' : kind === 'community' ? null : community?.name ?? null, media: thing.media,
    revision: [thing.editedAt ?? '', thing.removed ? 'r' : '', thing.locked ? 'l' : '', thing.deleted ? 'd' : '', thing.banned ? 'b' : '', thing.bannedHere ? 'h' : '', closedAt ?? ''].join(','),
  };
}

/** When the reports that a person saw were last closed, from the revision that they saw; 0 where they were open. */
export function closedIn(expected: string | null): number {
  return Number(expected?.split(',').at(-1) ?? 0) || 0;
}

/** A report with all that it names. */
export function rowsOf(server: string, report: Report, now: number, orderId: string | null): Rows {
  const { thing, reporter } = report;
  const subject = { type: TYPES[thing.kind], remoteId: thing.key };
  const members = [thing.author, reporter].flatMap((person) => (person === null ? [] : [memberOf(person)]));
  const row: RemoteReport = {
    remoteId: report.key, subject, reporterId: reporter?.id ?? null, category: categoryOf(report.reason), remoteCategory: report.breaksInstanceRules === true ? 'Breaks the instance\'s rules' : null, comment: report.reason,
    createdAt: report.publishedAt ?? report.updatedAt ?? now, open: !report.resolved,
  };
  const resolution: Resolution[] = report.resolved ? [{ subject, by: report.resolver?.handle ?? null, what: whatOf(report), at: report.updatedAt, orderId, closes: true, reportId: report.key }] : [];
  return { members, subjects: [subjectOf(server, thing, report.resolved ? report.updatedAt : null)], reports: [row], resolutions: resolution };
}

/** What closing a report meant, as far as it can be seen. */
export function whatOf({ thing, conclusion }: Report): string {
  const did = thing.removed ? 'removed' : thing.locked ? 'resolved, locked' : 'resolved';
  const ban = thing.banned ? ', author banned' : thing.bannedHere ? ', author banned from the community' : '';
  return `${did}${ban}${conclusion === '' ? '' : `: ${conclusion}`}`;
}

/** Lemmy has no categories: people write a reason. Only a word that stands for a category by itself is taken for one. */
const WORDS: readonly (readonly [RegExp, Category])[] = [
  [/^\W*(?:spam|advert(?:s|ising)?|ads?|scam)\W*$/i, 'spam'], [/^\W*(?:harassment|bullying)\W*$/i, 'harassment'], [/^\W*(?:hate|hate speech|racism)\W*$/i, 'hate'],
  [/^\W*(?:off[ -]?topic|wrong community)\W*$/i, 'off-topic'], [/^\W*(?:misinformation|disinformation)\W*$/i, 'misinformation'], [/^\W*(?:ban evasion)\W*$/i, 'ban-evasion'],
  [/^\W*(?:csam)\W*$/i, 'minors'], [/^\W*(?:nsfw|porn)\W*$/i, 'sexual'], [/^\W*(?:violence|gore)\W*$/i, 'violence'], [/^\W*(?:dox+ing|doxx?)\W*$/i, 'privacy'],
];

function categoryOf(reason: string): Category {
  return WORDS.find(([word]) => word.test(reason))?.[1] ?? 'other';
}

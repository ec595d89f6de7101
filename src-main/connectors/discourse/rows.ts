import type { RemoteMember, RemoteReport, Resolution } from '../connector.ts';
import { lookOf } from '../http/known.ts';
import type { Rows } from '../http/pending.ts';
import { PENDING, kindOf, outcomeWords, subjectNameOf } from './kinds.ts';
import { memberOf } from './members.ts';
import { nameOf } from './review.ts';
import type { Review } from './review.ts';
import { subjectOf } from './subjects.ts';
import { categoryOf } from './words.ts';

/** Everything about a reviewable; `ours` tells which order of ours closed it in a version. */
export function rowsOf(review: Review, url: string, now: number, ours: (reviewId: string, version: number) => string | null): Rows {
  const { reviewable, scores, users, unread } = review;
  const name = subjectNameOf(reviewable);
  const subject = subjectOf(review, url);
  const members = new Map<string, RemoteMember>();
  const meet = (id: string | null | undefined): string | null => {
    if (id === null || id === undefined) return null;
    const trust = id === subject.authorId ? reviewable.target_created_by_trust_level : null;
    members.set(id, memberOf(id, users.get(id), url, trust));
    return id;
  };
  meet(subject.authorId);
  const pending = reviewable.status === PENDING || reviewable.status === null || reviewable.status === undefined;
  const base = { subject: name, createdAt: reviewable.created_at ?? now };
  const nothing = { ...base, reporterId: null, category: categoryOf(kindOf(reviewable) === 'flagged-post' ? null : 'needs_approval'), remoteCategory: null, comment: '', open: pending };
  const reports: RemoteReport[] = scores.map((score) => {
    const { type, title } = review.typeOf(score);
    return {
      ...base,
      remoteId: score.id,
      reporterId: meet(score.user_id),
      category: categoryOf(type),
      remoteCategory: title,
      comment: review.said(score),
      createdAt: score.created_at ?? base.createdAt,
      open: pending && (score.status ?? PENDING) === PENDING,
    };
  });
  for (const id of unread) reports.push({ ...nothing, remoteId: id });
  const unknown = reviewable.reviewable_score_ids === undefined;
  // A reviewable without a score still asks for a look; the same name serves where its scores could not be read.
  const held = `held-${reviewable.id}`;
  if (reports.length === 0) reports.push({ ...nothing, remoteId: held, reporterId: meet(reviewable.created_by_id) });
  return {
    id: reviewable.id, subject, members: [...members.values()], reports, standIn: held,
    resolutions: resolutionsOf(review, pending, ours),
    look: unknown || unread.length > 0 || reviewable.status === undefined ? '' : lookOf([subject.revision, subject.text, subject.html, subject.deletedAt, subject.removed, subject.place, subject.verbs, reports.map(({ remoteId, open }) => [remoteId, open])]),
  };
}

/** Who closed it, by every score that was reviewed; a re-used reviewable has older ones beside the open ones. */
function resolutionsOf(review: Review, pending: boolean, ours: (reviewId: string, version: number) => string | null): Resolution[] {
  const { reviewable, scores, users } = review;
  const kind = kindOf(reviewable);
  const subject = subjectNameOf(reviewable);
  const found = new Map<string, Resolution>();
  for (const score of scores) {
    if (score.reviewed_at === null || score.reviewed_at === undefined) continue;
    const by = nameOf(users.get(score.reviewed_by_id ?? ''));
    found.set(`${score.reviewed_at} ${by}`, {
      subject, by, what: outcomeWords(kind, pending ? score.status : reviewable.status), at: score.reviewed_at,
      orderId: pending ? null : ours(reviewable.id, reviewable.version ?? 0), closes: true,
    });
  }
  if (!pending && found.size === 0) {
    found.set('', { subject, by: null, what: outcomeWords(kind, reviewable.status), at: null, orderId: ours(reviewable.id, reviewable.version ?? 0), closes: true });
  }
  return [...found.values()];
}

import type { Capability, RemoteSubject } from '../connector.ts';
import { imagesIn, plainText } from '../http/html.ts';
import { offeredFor, planOf } from './actions.ts';
import { PENDING, authorOf, kindOf, messageOf, postOf, subjectNameOf } from './kinds.ts';
import { profileUrl } from './members.ts';
import type { Review } from './review.ts';
import type { WirePost, WireReviewable } from './schemas.ts';

/** What a reviewable is about, as the review queue shows it. */
export function subjectOf(review: Review, url: string): RemoteSubject {
  const { reviewable, topicTitle, users } = review;
  const kind = kindOf(reviewable);
  const authorId = authorOf(reviewable);
  const { payload } = reviewable;
  const name = subjectNameOf(reviewable);
  const postId = postOf(reviewable);
  const messageId = messageOf(reviewable);
  // The words are taken from what readers see, here as in threads: else each look would seem an edit.
  const html = reviewable.cooked ?? payload.cooked;
  const title = payload.title ?? null;
  const profile = name.type === 'member'
    ? [reviewable.name ?? payload.name, reviewable.username ?? payload.username, reviewable.bio ?? payload.bio, payload.website]
    : [kind === 'queued-post' && (reviewable.topic_id ?? null) === null ? title : null, html === null ? reviewable.raw ?? payload.raw : plainText(html)];
  const author = authorId === null ? undefined : users.get(authorId);
  const claimed = review.claimedBy === null ? null : `taken on by ${users.get(review.claimedBy)?.username ?? 'a colleague'}`;
  const place = [kind === 'queued-post' ? 'Held' : name.type === 'message' ? `Chat${reviewable.chat_channel?.title ? ` #${reviewable.chat_channel.title}` : ''}` : null, topicTitle ?? title, hiddenWord(review), claimed].filter((part) => part !== null);
  const text = profile.filter((part) => part !== null && part !== undefined && part !== '').join('\n\n');
  // A post without any words is shown to others only, or gone: what it said before is kept by that.
  const isUnseen = text === '' && html === null && name.type !== 'member';
  return {
    ...name,
    authorId,
    extra: {
      review: reviewable.id,
      seen: revisionOf(review),
      ...(postId === null ? {} : { post: postId }),
      ...(reviewable.chat_channel ? { channel: reviewable.chat_channel.id } : {}),
      ...(messageId === null || messageId === name.remoteId ? {} : { message: messageId }),
      ...(reviewable.topic_id ? { topic: reviewable.topic_id } : {}),
    },
    text,
    html,
    createdAt: kind === 'queued-post' ? reviewable.created_at ?? null : null,
    editedAt: (reviewable.post_version ?? 1) > 1 ? reviewable.post_updated_at ?? null : null,
    deletedAt: isUnseen ? reviewable.deleted_at ?? reviewable.created_at ?? 0 : null,
    removed: isDeleted(reviewable, authorId) && !isUnsettled(review),
    url: linkOf(review, url) ?? (name.type === 'member' && author !== undefined ? profileUrl(url, author.username) : `${url}/review/${reviewable.id}`),
    language: null,
    place: place.length === 0 ? null : place.join(' · '),
    media: imagesIn(html, url),
    revision: revisionOf(review),
    verbs: verbsOf(review, name.type),
  };
}

/** Verbs that are nothing but an action of the item itself, where it does not offer one; those of a handled item come back with it. */
function verbsOf({ reviewable, offered }: Review, type: RemoteSubject['type']): NonNullable<RemoteSubject['verbs']> {
  if (offered.length === 0) return {};
  const missing = (['dismiss', 'remove', 'restore'] as const).filter((verb) => {
    const plan = planOf(verb, kindOf(reviewable), type);
    return typeof plan !== 'string' && plan.deed === null && offeredFor(plan, offered) === null;
  });
  return Object.fromEntries(missing.map((verb): [typeof verb, Capability] => [verb, { can: false, why: verb === 'restore' ? 'It is neither hidden nor deleted: Discourse offers no restoring.' : 'Discourse does not offer this for the item.' }]));
}

/** Discourse hides a post after enough flags, and tells so only by what it offers. */
function hiddenWord({ offered }: Review): string | null {
  if (offered.some(({ id }) => id.endsWith('keep_deleted') || id === 'keep_deleted_post')) return 'deleted';
  return offered.some(({ id }) => id.endsWith('keep_hidden') || id === 'keep_hidden_post') ? 'hidden' : null;
}

/** By someone else than its author, who leaves a post that can still be removed. */
function isDeleted({ deleted_at: at, target_deleted_at: since, target_deleted_by_id: by }: WireReviewable, authorId: string | null): boolean {
  return (at ?? null) !== null || ((since ?? null) !== null && (by ?? null) !== null && by !== authorId);
}

/**
 * Whether what is out of sight waits for a moderator to keep it there: flags hide a post, and plugins such as Akismet
 * delete one, until someone looked (app/models/reviewable_flagged_post.rb; discourse-akismet, ReviewableAkismetPost).
 */
export function isUnsettled(review: Review): boolean {
  const { reviewable, offered } = review;
  if (reviewable.status !== PENDING) return false;
  if (hiddenWord(review) !== null) return true;
  const plan = planOf('remove', kindOf(reviewable), subjectNameOf(reviewable).type);
  return kindOf(reviewable) !== 'flagged-post' && typeof plan !== 'string' && offeredFor(plan, offered) !== null;
}

/** What a person saw: Discourse raises the version with each review and each edit in the queue (app/models/reviewable.rb, increment_version!). */
export function revisionOf({ reviewable }: Review): string {
  return `${reviewable.version ?? 0}/${reviewable.status ?? 0}`;
}

function linkOf({ reviewable }: Review, url: string): string | null {
  const link = reviewable.target_url ?? reviewable.topic_url;
  if (link === null || link === undefined || !URL.canParse(link, `${url}/`)) return null;
  const found = new URL(link, `${url}/`);
  return found.protocol === 'https:' || found.protocol === 'http:' ? found.href : null;
}

/** A post of a thread. */
export function subjectOfPost(post: WirePost, url: string, place: string | null): RemoteSubject {
  const slug = post.topic_slug ?? '-';
  return {
    type: 'post',
    remoteId: post.id,
    authorId: post.user_id ?? null,
    extra: { post: post.id, ...(post.topic_id ? { topic: post.topic_id } : {}) },
    text: post.cooked ? plainText(post.cooked) : post.raw ?? '',
    html: post.cooked ?? null,
    createdAt: post.created_at ?? null,
    editedAt: (post.version ?? 1) > 1 ? post.updated_at ?? null : null,
    deletedAt: post.user_deleted === true ? post.updated_at ?? null : null,
    removed: post.hidden === true || (post.deleted_at !== null && post.deleted_at !== undefined),
    url: post.topic_id ? `${url}/t/${encodeURIComponent(slug)}/${post.topic_id}/${post.post_number ?? 1}` : `${url}/p/${post.id}`,
    language: null,
    place,
    media: imagesIn(post.cooked ?? null, url),
    revision: null,
  };
}

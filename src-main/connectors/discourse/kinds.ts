import type { SubjectType } from '../../contract/words.ts';
import type { SubjectRef } from '../connector.ts';
import type { WireReviewable } from './schemas.ts';

/** What a reviewable is about, in so far as it decides what can be done; `other` for kinds that plugins add. */
export type Kind = 'flagged-post' | 'queued-post' | 'post' | 'user' | 'chat' | 'other';

export const PENDING = 0;
export const APPROVED = 1;
export const REJECTED = 2;
export const IGNORED = 3;
export const DELETED = 4;

/** Reviewable.statuses (app/models/reviewable.rb). */
const STATUS_WORDS: readonly string[] = ['pending', 'approved', 'rejected', 'ignored', 'deleted'];

const KINDS: Readonly<Record<string, Kind>> = {
  ReviewableFlaggedPost: 'flagged-post', ReviewableQueuedPost: 'queued-post', ReviewablePost: 'post', ReviewableUser: 'user',
  ReviewableChatMessage: 'chat', 'Chat::ReviewableMessage': 'chat',
};

export function kindOf({ type }: Pick<WireReviewable, 'type'>): Kind {
  return KINDS[type] ?? 'other';
}

/** How it was reviewed, as people say it: the same status means other things for other kinds. */
export function outcomeWords(kind: Kind, status: number | null | undefined): string {
  const held = kind === 'queued-post' || kind === 'user' || kind === 'post';
  switch (status) {
    case 1: return held ? 'approved' : 'agreed with the report';
    case 2: return held ? 'rejected' : 'disagreed with the report';
    case 3: return 'ignored the report';
    case 4: return 'deleted from the queue';
    default: return STATUS_WORDS[status ?? -1] ?? `status ${String(status ?? 'unknown')}`;
  }
}

/**
 * Names what a reviewable is about: the post, message or account itself, so that threads and later reports meet it again.
 * Where a second reviewable may be about the same thing (every post reviewed, what plugins find), it goes by its own
 * number: each is closed by itself there, and so it is here.
 */
export function subjectNameOf(reviewable: WireReviewable): { readonly type: SubjectType; readonly remoteId: string } {
  const message = messageOf(reviewable);
  const held = `held-${reviewable.id}`;
  switch (kindOf(reviewable)) {
    case 'flagged-post': return { type: 'post', remoteId: postOf(reviewable) ?? held };
    case 'user': return { type: 'member', remoteId: reviewable.user_id ?? targetOf(reviewable, 'User') ?? held };
    case 'chat': return { type: 'message', remoteId: message ?? held };
    // A held post has no post before it is approved, and keeps its name when it gets one.
    case 'queued-post':
    case 'post': return { type: 'post', remoteId: held };
    case 'other': return { type: message !== null ? 'message' : isAboutMember(reviewable) ? 'member' : 'post', remoteId: held };
  }
}

/** The post that a reviewable is about, deleted or not where the forum says so. */
export function postOf(reviewable: WireReviewable): string | null {
  return reviewable.post_id ?? targetOf(reviewable, 'Post') ?? null;
}

/** The chat message that a reviewable is about. */
export function messageOf(reviewable: WireReviewable): string | null {
  return reviewable.chat_message_id ?? reviewable.chatmessage_id ?? reviewable['chat::message_id'] ?? targetOf(reviewable, 'ChatMessage', 'Chat::Message')
    // The chat's own kind tells its target without a type (plugins/chat, ReviewableMessageSerializer).
    ?? (kindOf(reviewable) === 'chat' || reviewable.chat_channel ? reviewable.target_id ?? null : null);
}

function targetOf({ target_type: type, target_id: id }: WireReviewable, ...types: readonly string[]): string | null {
  return type !== null && type !== undefined && types.includes(type) ? id ?? null : null;
}

/** A plugin's item is about an account where it names one and no post; one whose account is gone names none, and is called so. */
function isAboutMember(reviewable: WireReviewable): boolean {
  if (postOf(reviewable) !== null) return false;
  return (reviewable.user_id ?? targetOf(reviewable, 'User')) !== null || reviewable.target_type === 'User' || reviewable.type.endsWith('User');
}

/** Whom a subject is about: a member, or an author. */
export function personIn(subject: Pick<SubjectRef, 'type' | 'remoteId' | 'authorId'>): string | null {
  return subject.authorId ?? (subject.type === 'member' && /^-?\d+$/.test(subject.remoteId) ? subject.remoteId : null);
}

/** Whose it is. */
export function authorOf(reviewable: WireReviewable): string | null {
  const { target_created_by_id: target, created_by_id: creator } = reviewable;
  switch (kindOf(reviewable)) {
    case 'user': return reviewable.user_id ?? targetOf(reviewable, 'User');
    // Before 2023 the author of a held post was named only as its creator.
    case 'queued-post': return target ?? creator ?? null;
    default: return target ?? reviewable.user_id ?? targetOf(reviewable, 'User');
  }
}

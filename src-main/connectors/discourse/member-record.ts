import type { z } from 'zod';
import type { RemoteSubject, SubjectContext } from '../connector.ts';
import type { Client } from './client.ts';
import { nameOf } from './review.ts';
import type { Review } from './review.ts';
import { staffLogs, userActions } from './schemas.ts';
import type { AdminUser } from './schemas.ts';
import { subjectOfPost } from './subjects.ts';

const RECENT = 10;
/** UserAction::NEW_TOPIC and REPLY (app/models/user_action.rb). */
const WRITTEN = '4,5';

/** The list of what a member wrote holds the beginnings of posts: these are no posts, and never stand for one that is reported. */
export function excerptName(postId: string): string {
  return `excerpt-${postId}`;
}

type Written = z.infer<typeof userActions>['user_actions'][number];

/** A new topic's first post has no number there (docs.discourse.org, "Get a list of user actions"). */
function writtenName({ post_id: postId, topic_id: topicId, post_number: number }: Written): string {
  return postId ?? `${topicId ?? ''}-${number ?? 1}`;
}

/** What a member wrote lately. */
export async function recentOf(client: Client, username: string, authorId: string | null, signal: AbortSignal): Promise<readonly RemoteSubject[]> {
  const answer = await client.glance('/user_actions', { username, filter: WRITTEN, offset: 0 }, userActions, 'what the member wrote', signal);
  return (answer?.user_actions ?? []).flatMap((one) => (one.username?.toLowerCase() !== username.toLowerCase() ? [] : [{ ...subjectOfPost({
    id: writtenName(one), user_id: authorId, username, name: null, cooked: one.excerpt, raw: null, created_at: one.created_at, updated_at: null, version: 1,
    deleted_at: one.deleted === true ? one.created_at : null, hidden: one.hidden, post_number: one.post_number, topic_id: one.topic_id, topic_slug: one.slug, user_deleted: null,
  }, client.settings.url, one.title ?? null), remoteId: excerptName(writtenName(one)), extra: {} }])).slice(0, RECENT);
}

/** What staff did to a member: the staff log, which moderators may read, and the penalty that runs. */
export async function recordOf(client: Client, username: string, author: AdminUser | null, signal: AbortSignal): Promise<SubjectContext['record']> {
  const answer = await client.glance('/admin/logs/staff_action_logs', { target_user: username }, staffLogs, 'the staff log', signal);
  const logged = (answer?.staff_action_logs ?? []).flatMap((one) => (one.created_at === null || one.created_at === undefined ? [] : [{
    at: one.created_at, text: [one.action_name?.replaceAll('_', ' ') ?? 'something', one.details].filter((part) => part !== null && part !== undefined && part !== '').join(': ').slice(0, 300),
    by: one.acting_user?.username ? `@${one.acting_user.username}` : null,
  }]));
  const running = answer === null && author?.suspended_at ? [{ at: author.suspended_at, text: `suspended${author.suspend_reason ? `: ${author.suspend_reason}` : ''}`, by: null }] : [];
  return [...logged, ...running].toSorted((a, b) => b.at - a.at);
}

/** What colleagues noted at the item. */
export function notesAt(review: Review | null): SubjectContext['record'] {
  return (review?.reviewable.reviewable_notes ?? []).flatMap(({ content, created_at: at, user }) => (at === null || at === undefined ? [] : [{ at, text: `note at the item: ${content ?? ''}`, by: nameOf(user ?? undefined) }]));
}

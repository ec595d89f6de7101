import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { z } from 'zod';
import { openAmong } from '../http/known.ts';
import type { Known } from '../http/known.ts';
import type { Client } from './client.ts';
import { named } from './log.ts';
import { account, listing, modNotes, readThing } from './schemas.ts';
import type { Thing } from './schemas.ts';
import { authorOf, isDeleted, standingOf } from './state.ts';
import { banOf } from './standing.ts';
import { memberOf, ms, subjectOf } from './subjects.ts';
import { lookUp } from './things.ts';

export type ContextInput = {
  readonly client: Client;
  /** What is open as far as it was pulled; null before the first pull. */
  readonly known: Known | null;
};

const AROUND = 10;
const RECENT = 10;
/** Comments above a comment that are brought with it (https://www.reddit.com/dev/api, GET comments/article: from 0 to 8). */
const ABOVE = 4;
const MOST_COMMENTS = 40;

/** The thread around a subject, its author's latest posts and comments, and their record in the subreddit. */
export async function contextOf({ client, known }: ContextInput, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { authorId, extra, remoteId } = subject;
  const { site } = client.settings;
  const user = authorId === null ? null : `/user/${encodeURIComponent(authorId)}`;
  // A client has 100 requests a minute for everything: what the thread shows is not asked for again.
  const [thread, overview, member, record] = await Promise.all([
    threadOf(client, subject, signal),
    user === null ? null : client.glance(`${user}/overview`, { limit: RECENT * 2, sort: 'new' }, listing, 'what the member wrote', signal),
    authorId === null ? null : describe(client, authorId, extra['sub'], signal),
    authorId === null || extra['sub'] === undefined ? [] : recordOf(client, extra['sub'], authorId, signal),
  ]);
  const recent = thingsIn(overview?.data.children ?? []).filter(({ name }) => name !== remoteId).slice(0, RECENT);
  const at = thread.findIndex(({ name }) => name === remoteId);
  const before = thread.slice(0, Math.max(0, at)).slice(-AROUND);
  const after = thread.slice(at + 1).slice(0, AROUND);

  const members = new Map<string, RemoteMember>();
  for (const thing of [...before, ...after, ...recent]) {
    const name = authorOf(thing);
    if (name !== null) members.set(name, memberOf(name, site));
  }
  if (member !== null) members.set(member.remoteId, member);
  // What is in the queue itself keeps what the pull told of it; before it was read, none is brought that might be.
  const open = known === null ? null : openAmong(known, 'post', new Set([...before, ...after, ...recent].map(({ name }) => name)));
  const asSubjects = (things: readonly Thing[]): RemoteSubject[] => (open === null ? [] : things.map((thing) => asPulled(thing, site, open.get(thing.name)?.seen ?? null)));
  const now = thread[at] ?? (await lookUp(client, [remoteId], signal)).get(remoteId)?.thing;
  return {
    before: asSubjects(before), after: asSubjects(after), recent: asSubjects(recent), members: [...members.values()], record,
    subject: now === undefined || isDeleted(now) ? null : { ...asPulled(now, site, extra['seen'] ?? null), extra },
  };
}

/** What happened since the last pull is not counted as seen before it is pulled, so that a decision meets it as a conflict. */
function asPulled(thing: Thing, site: string, seen: string | null): RemoteSubject {
  const held = seen?.startsWith('removed') === true && standingOf(thing) === 'removed';
  const subject = subjectOf(thing, site, held, ms(thing.created_utc) ?? 0);
  return seen === null ? subject : { ...subject, extra: { ...subject.extra, seen }, revision: seen };
}

/** A comment with what it answers to, or a post with its comments. What may not be seen is left out. */
async function threadOf(client: Client, { remoteId, extra }: SubjectRef, signal: AbortSignal): Promise<readonly Thing[]> {
  const comment = remoteId.startsWith('t1_') ? remoteId.slice(3) : undefined;
  const link = comment === undefined ? remoteId : extra['link'];
  if (link === undefined) return [];
  const path = `/comments/${encodeURIComponent(link.slice(3))}`;
  const answer = await client.glance(path, { comment, context: comment === undefined ? undefined : ABOVE, limit: MOST_COMMENTS, sort: 'confidence' }, z.array(z.unknown()), 'the thread', signal);
  return (answer ?? []).flatMap((one) => inTree(listing.safeParse(one).data?.data.children ?? []));
}

/** A tree of comments in the order in which it is read; what is folded away ("more") is left out. */
function inTree(children: readonly unknown[], depth = 0): readonly Thing[] {
  if (depth > 20) return [];
  return thingsIn(children).flatMap((thing) => [thing, ...inTree(listing.safeParse(thing.replies).data?.data.children ?? [], depth + 1)]);
}

function thingsIn(children: readonly unknown[]): readonly Thing[] {
  return children.flatMap((child) => {
    const thing = readThing(child)?.thing;
    return thing === undefined || (thing.kind !== 't1' && thing.kind !== 't3') ? [] : [thing];
  });
}

/** The member with age, karma and standing. A suspended or hidden account has no page. */
async function describe(client: Client, name: string, subreddit: string | undefined, signal: AbortSignal): Promise<RemoteMember> {
  const [about, ban] = await Promise.all([
    client.glance(`/user/${encodeURIComponent(name)}/about`, {}, account, 'the member', signal),
    subreddit === undefined ? null : banOf(client, subreddit, name, signal),
  ]);
  const karma = about === null ? null : (about.data.link_karma ?? 0) + (about.data.comment_karma ?? 0);
  const standing = [
    ...about === null ? ['no page on Reddit'] : about.data.is_suspended === true ? ['suspended by Reddit'] : [],
    ...ban === null ? [] : [ban.daysLeft === null ? `banned from r/${subreddit}` : `banned from r/${subreddit} for ${ban.daysLeft} more days`],
    ...karma === null || about?.data.is_suspended === true ? [] : [`${karma} karma`],
  ];
  return memberOf(name, client.settings.site, { joinedAt: ms(about?.data.created_utc), standing });
}

/** What moderators wrote of the member and did to what they wrote, newest first. */
async function recordOf(client: Client, subreddit: string, name: string, signal: AbortSignal): Promise<SubjectContext['record']> {
  const answer = await client.glance('/api/mod/notes', { subreddit, user: name, limit: 50 }, modNotes, 'the mod notes', signal);
  return (answer?.mod_notes ?? []).map((note) => {
    const { note: written, label } = note.user_note_data ?? {};
    const { action, details, description } = note.mod_action_data ?? {};
    const text = note.type === 'NOTE'
      ? `note${label ? ` (${label.toLowerCase().replaceAll('_', ' ')})` : ''}: ${written ?? ''}`
      : [action || note.type.toLowerCase(), details, description].filter((part) => part).join(' · ');
    return { at: Math.round(note.created_at * 1000), text, by: named(note.operator) };
  }).toSorted((a, b) => b.at - a.at);
}

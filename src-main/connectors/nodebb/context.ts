import type { z } from 'zod';
import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { plainText } from '../http/html.ts';
import { openAmong } from '../http/known.ts';
import type { Known } from '../http/known.ts';
import type { Client } from './client.ts';
import { authorIn, contentOf, lastChangeOf, subjectOf, topicNow } from './flags.ts';
import { handleOf, memberOf } from './members.ts';
import { readFlag } from './pull.ts';
import { readQueued, rowsOfQueued } from './queue.ts';
import { enveloped, postIndex, sentElsewhere, topicPage, user, userInfo, userPosts } from './schemas.ts';
import type { FlagDetail, WirePost } from './schemas.ts';

export type ContextInput = {
  readonly client: Client;
  /** What is open as far as it was pulled; null before the first pull. */
  readonly known: Known | null;
  readonly now: number;
};

const AROUND = 10;
const RECENT = 10;

/** The topic around a subject, its author's posts and penalties. What the account may not see is left out. */
export async function contextOf({ client, known, now }: ContextInput, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { url } = client.settings;
  const authorId = subject.type === 'member' ? subject.remoteId : subject.authorId;
  const { flag: flagId, queued, topic: tid } = subject.extra;
  const flagRead = flagId === undefined ? Promise.resolve(null) : readFlag(client, flagId, signal);
  const [flag, author, held, topic] = await Promise.all([
    flagRead,
    authorId === null ? null : client.glance(`/api/v3/users/${encodeURIComponent(authorId)}`, [], enveloped(user), 'the member', signal),
    queued === undefined ? null : heldNow(client, queued, now, signal),
    flagRead.then((now) => {
      const where = (now === null ? undefined : topicNow(now)) ?? tid;
      return where === undefined ? null : topicAround(client, where, queued === undefined ? subject.remoteId : null, signal);
    }),
  ]);
  const posts = topic?.posts ?? [];
  const slug = author?.response.userslug ?? (flag === null ? null : authorIn(flag)?.userslug ?? null);
  const [recent, record] = slug === null ? [[], []] : await Promise.all([recentOf(client, slug, signal), recordOf(client, slug, signal)]);

  const members = new Map<string, RemoteMember>();
  for (const one of [...posts, ...recent]) if (one.uid) members.set(one.uid, memberOf(one.uid, one.user, url, now));
  for (const row of flag?.history ?? []) if (row.uid && row.user) members.set(row.uid, memberOf(row.uid, row.user, url, now));
  if (authorId !== null) members.set(authorId, memberOf(authorId, author?.response ?? (flag === null ? null : authorIn(flag)), url, now));
  const at = posts.findIndex(({ pid }) => pid === subject.remoteId);
  // Posts that are flagged themselves keep what the list told of them; before it was read, none is brought that might be.
  const open = known === null ? null : openAmong(known, 'post', new Set([...posts, ...recent].map(({ pid }) => pid ?? '')));
  const asSubjects = (some: readonly WirePost[]): RemoteSubject[] => (open === null ? [] : some.flatMap((one) => {
    if (!one.pid || one.pid === subject.remoteId) return [];
    const post = subjectOfPost(one, one.pid, url);
    const entry = open.get(one.pid);
    return [entry === undefined ? post : { ...post, extra: { ...post.extra, flag: entry.id.slice(1), seen: entry.seen }, revision: entry.seen }];
  }));
  return {
    before: asSubjects(posts.slice(0, at === -1 ? posts.length : at)).slice(-AROUND),
    after: asSubjects(at === -1 ? [] : posts.slice(at + 1)).slice(0, AROUND),
    members: [...members.values()],
    recent: asSubjects(recent).slice(0, RECENT),
    // What happened since the last pull is not counted as seen before it is pulled, so that a decision meets it as a conflict.
    subject: flag === null ? held : { ...placedIn(topic, subjectOf(flag, url)), extra: subject.extra, revision: subject.extra['seen'] ?? null },
    record: [...record, ...notesOf(flag)].toSorted((a, b) => b.at - a.at),
  };
}

/** A post of a topic or of a member's page. */
function subjectOfPost(post: WirePost, pid: string, url: string): RemoteSubject {
  return {
    ...contentOf(post, url), type: 'post', remoteId: pid, authorId: post.uid ?? post.user?.uid ?? null, extra: post.tid ? { topic: post.tid } : {}, deletedAt: null,
    url: `${url}/post/${encodeURIComponent(pid)}`, language: null, place: plainText(post.topic?.titleRaw ?? post.topic?.title) || null, revision: null,
  };
}

type Topic = z.infer<typeof topicPage>;

/** The part of a topic that a post stands in: the forum knows the page by the post's place (openapi/read.yaml, /api/topic/{topic_id}/{slug}/{post_index}). */
async function topicAround(client: Client, tid: string, pid: string | null, signal: AbortSignal): Promise<Topic | null> {
  const where = pid === null ? null : await client.glance(`/api/v3/posts/${encodeURIComponent(pid)}/index`, [], enveloped(postIndex), 'the place of the post', signal);
  const topic = `/api/topic/${encodeURIComponent(tid)}`;
  return await client.glance(`${topic}/topic/${(where?.response.index ?? 0) + 1}`, [], topicPage.or(sentElsewhere), 'the topic', signal)
    ?? client.glance(topic, [], topicPage, 'the topic', signal);
}

/** A flag does not name the topic of its post. */
function placedIn(topic: Topic | null, subject: RemoteSubject): RemoteSubject {
  const title = plainText(topic?.titleRaw ?? topic?.title);
  if (title === '' || subject.type !== 'post' || subject.place?.startsWith(title) === true) return subject;
  return { ...subject, place: subject.place === null ? title : `${title} · ${subject.place}` };
}

async function recentOf(client: Client, slug: string, signal: AbortSignal): Promise<readonly WirePost[]> {
  return (await client.glance(`/api/user/${encodeURIComponent(slug)}/posts`, [], userPosts, 'what the member wrote', signal))?.posts ?? [];
}

/** Bans, mutes and flags before; the page lists IP addresses too, which are not read. */
async function recordOf(client: Client, slug: string, signal: AbortSignal): Promise<SubjectContext['record']> {
  const info = await client.glance(`/api/user/${encodeURIComponent(slug)}/info`, [], userInfo, 'the member\'s record', signal);
  const { bans = [], mutes = [], flags = [] } = info?.history ?? {};
  return [
    ...told(bans, 'banned', 'ban lifted'), ...told(mutes, 'muted', 'mute lifted'), ...flags.flatMap(({ timestamp }) => (typeof timestamp === 'number' ? [{ at: timestamp, text: 'flagged', by: null }] : [])),
    ...(info?.moderationNotes ?? []).flatMap(({ note, timestamp, user: by }) => (typeof timestamp === 'number' ? [{ at: timestamp, text: `note about the member: ${plainText(note)}`, by: handleOf(by) }] : [])),
  ];
}

type Penalties = z.infer<typeof userInfo>['history']['bans'];

/** A language key stands where no reason was given; what was lifted stands in the same list (src/user/info.js, getModerationHistory). */
function told(some: Penalties, word: string, liftedWord: string): SubjectContext['record'] {
  return some.flatMap((one) => (typeof one.timestamp !== 'number' ? [] : [{
    at: one.timestamp,
    text: `${one.type?.startsWith('un') === true ? liftedWord : word}${one.until ? ` until ${new Date(one.until).toISOString().slice(0, 10)}` : ''}${one.reason && !one.reason.startsWith('[[') ? `: ${plainText(one.reason)}` : ''}`,
    by: handleOf(one.user),
  }]));
}

/** What colleagues wrote on the flag, and who set its state. */
function notesOf(flag: FlagDetail | null): SubjectContext['record'] {
  if (flag === null) return [];
  const { by, at } = lastChangeOf(flag);
  return [
    ...flag.notes.flatMap((note) => (typeof note.datetime !== 'number' ? [] : [{ at: note.datetime, text: `note: ${plainText(note.content)}`, by: handleOf(note.user) }])),
    ...(at === null ? [] : [{ at, text: `flag ${flag.state ?? 'changed'}`, by }]),
  ];
}

async function heldNow(client: Client, id: string, now: number, signal: AbortSignal): Promise<RemoteSubject | null> {
  const held = await readQueued(client, id, signal);
  return held === null ? null : rowsOfQueued(held, client.settings.url, now).subject;
}

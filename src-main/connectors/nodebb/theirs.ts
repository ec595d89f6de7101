import type { Client } from './client.ts';
import { handleOf } from './members.ts';
import { enveloped, post, topicEvents, user, userInfo } from './schemas.ts';
import type { WireUser } from './schemas.ts';

/** The account's own number there. */
export type Uid = (signal: AbortSignal) => Promise<string>;

/** A colleague who did last what stands there. */
export type Theirs = { readonly by: string | null; readonly at: number | null };

/** The colleague behind the latest penalty of a kind, as the member's record tells; null where it is the account itself, or nobody is told. */
export async function whoPenalised(client: Client, kind: 'bans' | 'mutes', member: WireUser | null, me: Uid, signal: AbortSignal): Promise<Theirs | null> {
  const info = member?.userslug ? await client.glance(`/api/user/${encodeURIComponent(member.userslug)}/info`, [], userInfo, 'the member\'s record', signal) : null;
  const last = info?.history[kind].toSorted((a, b) => (b.timestamp ?? 0) - (a.timestamp ?? 0))[0];
  if (!last?.user?.username || last.type?.startsWith('un') === true || last.user.uid === await me(signal)) return null;
  return { by: handleOf(last.user), at: last.timestamp ?? null };
}

/** Who deleted a post, which keeps their number (src/posts/delete.js, deleterUid). */
export async function whoDeleted(client: Client, pid: string, me: Uid, signal: AbortSignal): Promise<Theirs | null> {
  const found = (await client.glance(`/api/v3/posts/${encodeURIComponent(pid)}`, [], enveloped(post), 'the post', signal))?.response;
  const uid = found?.deleterUid ?? null;
  if (found?.deleted !== true || uid === null || uid === '0' || uid === await me(signal)) return null;
  const colleague = await client.glance(`/api/v3/users/${encodeURIComponent(uid)}`, [], enveloped(user), 'a colleague', signal);
  return { by: handleOf(colleague?.response) ?? `Member ${uid}`, at: null };
}

/** Who locked a topic last, by its own events (openapi/write/topics/tid/events.yaml); a forum may hide those. */
export async function whoLocked(client: Client, tid: string, me: Uid, signal: AbortSignal): Promise<Theirs | null> {
  const answer = await client.glance(`/api/v3/topics/${encodeURIComponent(tid)}/events`, [], enveloped(topicEvents), 'the topic\'s events', signal);
  const last = answer?.response.events.filter(({ type }) => type === 'lock' || type === 'unlock').toSorted((a, b) => (b.timestamp ?? 0) - (a.timestamp ?? 0))[0];
  if (last?.type !== 'lock' || !last.uid || last.uid === await me(signal)) return null;
  return { by: handleOf(last.user) ?? `Member ${last.uid}`, at: last.timestamp ?? null };
}

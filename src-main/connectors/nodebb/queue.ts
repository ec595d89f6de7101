import type { RemoteSubject } from '../connector.ts';
import { plainText } from '../http/html.ts';
import { lookOf } from '../http/known.ts';
import type { Rows } from '../http/pending.ts';
import { contentOf } from './flags.ts';
import { memberOf } from './members.ts';
import type { Client } from './client.ts';
import { queued as queuedSchema, queueList } from './schemas.ts';
import type { Queued } from './schemas.ts';

/** What a post that is not there yet can take (src/posts/queue.js): it goes for good once it is rejected. */
const VERBS: NonNullable<RemoteSubject['verbs']> = {
  remove: { can: true, target: 'subject', reversible: false, message: true },
  lock: { can: false, why: 'It waits in the post queue: there is no topic to lock yet.' },
  restore: { can: false, why: 'It waits in the post queue: Dismiss accepts it.' },
  escalate: { can: false, why: 'The post queue has nothing like it: it is escalated in Docket alone.' },
};

/** A post that waits for approval, in Docket's terms; it is its own report. */
export function rowsOfQueued(one: Queued, url: string, now: number): Rows {
  const { data } = one;
  const remoteId = `queued-${one.id}`;
  // The forum itself queues what comes from elsewhere as 0, and names the author of its topic (src/posts/queue.js, addMetaData).
  const authorId = one.uid && one.uid !== '0' ? one.uid : one.user?.uid ?? one.uid ?? null;
  const words = [one.type === 'topic' ? plainText(data.title) : '', plainText(data.rawContent ?? data.content)].filter((part) => part !== '').join('\n\n');
  const where = [plainText(one.topic?.titleRaw ?? one.topic?.title), one.category?.name ?? ''].filter((part) => part !== '');
  const subject = {
    ...contentOf({ pid: null, tid: null, uid: null, content: data.content, timestamp: data.timestamp, edited: null, deleted: false, user: null, topic: null }, url),
    type: 'post' as const, remoteId, authorId, extra: { queued: one.id, ...(data.tid ? { topic: data.tid } : {}) }, text: words,
    deletedAt: null, url: `${url}/post-queue/${encodeURIComponent(one.id)}`, language: null, place: ['Held', ...where].join(' · '), revision: 'queued', verbs: VERBS,
  };
  return {
    id: `q${one.id}`, subject, members: authorId === null ? [] : [memberOf(authorId, one.user, url, now)],
    reports: [{ remoteId, subject: { type: 'post', remoteId }, reporterId: null, category: 'held', remoteCategory: null, comment: '', createdAt: data.timestamp ?? timeIn(one.id) ?? now, open: true }],
    resolutions: [], look: lookOf([words, subject.html, subject.place]), standIn: remoteId,
  };
}

/** One queued post; null where it has left the queue, or the account may not see it (openapi/read.yaml, /api/post-queue/{id}). */
export async function readQueued(client: Client, id: string, signal: AbortSignal): Promise<Queued | null> {
  const answer = await client.glance(`/api/post-queue/${encodeURIComponent(id)}`, [], queueList, 'the post queue', signal);
  return (answer?.posts ?? []).map((row) => queuedSchema.safeParse(row).data).find((one) => one?.id === id) ?? null;
}

/** Ids are made of the kind and the moment (src/posts/queue.js, addToQueue). */
function timeIn(id: string): number | null {
  const moment = /-(\d{12,14})$/.exec(id)?.[1];
  return moment === undefined ? null : Number(moment);
}

import type { Order, SubjectRef } from '../connector.ts';
import type { Call } from '../http/call.ts';
import { isHeld } from './blocks.ts';
import type { Client } from './client.ts';
import { commentNow, isMuted, userOf, videoNow } from './state.ts';
import { accountName } from './subjects.ts';

/** What an order comes to on PeerTube, and whether it stands there already. */
export type Deed =
  | {
    readonly by: 'call'; readonly call: Call; readonly undo: Call | null; readonly said: string; readonly isSo: boolean;
    /** What has to be lifted before. */
    readonly before?: Call;
    /** What stood there before: kept with what the order closed, so that its reverse can bring it back. */
    readonly was?: string;
    /** True where "not found" means that it is done: what is deleted, or hidden with a muted account, cannot be told apart before. */
    readonly goneIsDone?: boolean;
  }
  | { readonly by: 'nothing'; readonly why: string };

/** Reasons of 3 to 250 letters are taken everywhere (CONSTRAINTS_FIELDS: VIDEO_BLACKLIST.REASON 2 to 300, USERS.BLOCKED_REASON 3 to 250). */
const REASON = { least: 3, most: 250 };
const GONE = 'It is gone from the instance, so nothing can be done to it. Dismiss the item.';

/** The guideline and the reason, as far as PeerTube takes them. */
export function reasonOf({ guideline, reason }: Order): string {
  const words = [guideline === null ? '' : `Rule ${guideline}`, reason].filter((part) => part.trim() !== '').join(': ');
  return (words.length < REASON.least ? 'Moderator\'s decision' : words).slice(0, REASON.most);
}

function nothing(why: string): Deed {
  return { by: 'nothing', why };
}

/** Reads what an order is about and says which calls it takes. */
export async function deedOf(client: Client, order: Order, signal: AbortSignal): Promise<Deed> {
  const { type, remoteId, extra } = order.subject;
  const reason = reasonOf(order);
  const name = extra['account'] ?? await authorNameOf(client, order.subject, signal);
  switch (order.verb) {
    case 'remove': case 'restore': {
      if (type === 'post') return block(client, order, reason, signal);
      if (type !== 'message' || order.verb === 'restore') return nothing('PeerTube has no such decision for this.');
      const comment = await commentNow(client, order.subject, signal);
      const call: Call = { method: 'DELETE', path: `/videos/${encodeURIComponent(extra['video'] ?? '')}/comments/${encodeURIComponent(remoteId)}` };
      return { by: 'call', call, undo: null, said: 'comment deleted', isSo: comment?.isDeleted === true, goneIsDone: true };
    }
    case 'mute': {
      if (name === undefined) return nothing(GONE);
      return {
        by: 'call', call: { method: 'POST', path: '/server/blocklist/accounts', json: { accountName: name } },
        undo: { method: 'DELETE', path: `/server/blocklist/accounts/${encodeURIComponent(name)}` }, said: `muted @${name} on the instance`, isSo: await isMuted(client, name, signal),
      };
    }
    case 'suspend': {
      if (name === undefined) return nothing(GONE);
      const host = name.split('@')[1] ?? '';
      if (!await client.isHome(host, signal)) return nothing(`The account is at home on ${host}, and only that instance can suspend it. Muting hides it on yours.`);
      const user = await userOf(client, name, signal);
      if (user === null) return nothing('No user of the instance stands behind this account any more.');
      return {
        by: 'call', call: { method: 'POST', path: `/users/${user.id}/block`, json: { reason } }, undo: { method: 'POST', path: `/users/${user.id}/unblock` },
        said: `suspended @${name}`, isSo: user.blocked,
      };
    }
    case 'lock': case 'label': return changed(client, order, signal);
    case 'dismiss': case 'warn': case 'escalate': case 'snooze': case 'message': return nothing('PeerTube has nothing like it.');
  }
}

/** Whose video it is, where its report did not say. */
async function authorNameOf(client: Client, { type, remoteId }: SubjectRef, signal: AbortSignal): Promise<string | undefined> {
  const account = type === 'post' ? (await videoNow(client, remoteId, signal))?.account ?? null : null;
  return account === null ? undefined : accountName(account);
}

const COMMENTS_ON = 1;
const COMMENTS_OFF = 2;

/** Closes the comments of a video, or marks it as sensitive: moderators may change any video of their instance (user-role.ts, UPDATE_ANY_VIDEO). */
async function changed(client: Client, { verb, reverses, subject: { type, remoteId } }: Order, signal: AbortSignal): Promise<Deed> {
  if (type !== 'post') return nothing('PeerTube can do this to videos alone.');
  const video = await videoNow(client, remoteId, signal);
  if (video === null) return nothing(GONE);
  if (video.isLocal === false) return nothing('The video is at home on another instance, and only that one can change it.');
  const set = (name: string, value: string | number | boolean): Call => {
    const form = new FormData();
    form.set(name, String(value));
    return { method: 'PUT', path: `/videos/${encodeURIComponent(remoteId)}`, form };
  };
  if (verb === 'label') return { by: 'call', call: set('nsfw', true), undo: set('nsfw', false), said: 'video marked as sensitive', isSo: video.nsfw };
  const said = 'comments closed';
  if (video.commentsPolicy === null) return { by: 'call', call: set('commentsEnabled', false), undo: set('commentsEnabled', true), said, isSo: video.commentsEnabled === false };
  const before = /(?:^| )comments-(\d+)(?: |$)/.exec(reverses?.remoteId ?? '')?.[1] ?? COMMENTS_ON;
  return { by: 'call', call: set('commentsPolicy', COMMENTS_OFF), undo: set('commentsPolicy', before), said, isSo: video.commentsPolicy.id === COMMENTS_OFF, was: `comments-${video.commentsPolicy.id}` };
}

/** A video block: it is hidden, kept, and can be shown again. Deleting it for good is left to the instance's own page. */
async function block(client: Client, order: Order, reason: string, signal: AbortSignal): Promise<Deed> {
  const id = order.subject.remoteId;
  const blocks = order.verb === 'remove';
  const video = await videoNow(client, id, signal);
  if (video === null) return nothing(GONE);
  const path = blocklistPath(id);
  const on: Call = { method: 'POST', path, json: { reason } };
  const off: Call = { method: 'DELETE', path };
  // A block by the instance itself is lifted first, so that the moderator's takes its place, as the instance's own page does it.
  if (blocks && await isHeld(client, order.subject, video, signal)) return { by: 'call', before: off, call: on, undo: null, said: 'video kept blocked', isSo: false };
  return { by: 'call', call: blocks ? on : off, undo: blocks ? off : on, said: blocks ? 'video blocked' : 'video unblocked', isSo: video.blacklisted === blocks };
}

/** Where a video is blocked and let go. */
export function blocklistPath(videoId: string): string {
  return `/videos/${encodeURIComponent(videoId)}/blacklist`;
}

/** What dismissing does to a video that waits for a moderator: it is published. Null for everything else. */
export async function publication(client: Client, { subject }: Order, signal: AbortSignal): Promise<Call | null> {
  const video = subject.type === 'post' ? await videoNow(client, subject.remoteId, signal) : null;
  return await isHeld(client, subject, video, signal) ? { method: 'DELETE', path: blocklistPath(subject.remoteId) } : null;
}

import { lookOf } from '../http/known.ts';
import type { Rows } from '../http/pending.ts';
import { momentIn, requestName, tagOf } from './names.ts';
import type { List } from './names.ts';
import { memberOf } from './people.ts';
import { request } from './schemas.ts';
import type { WireRequest } from './schemas.ts';
import type { MailmanSettings } from './settings.ts';

/** A membership change that waits for a moderator; null for one without its token. */
export function requestIn(entry: unknown): WireRequest | null {
  return request.safeParse(entry).data ?? null;
}

/** One that waits for the subscriber's own confirmation is no moderator's business (core docs, "Subscription moderation"). */
export function isForModerator({ token_owner: owner }: WireRequest): boolean {
  return owner === null || owner === undefined || owner === 'moderator';
}

export function isLeaving({ type }: WireRequest): boolean {
  return type === 'unsubscription';
}

/** A request to join or leave, in Docket's terms; it is its own report. */
export function rowsOfRequest(one: WireRequest, list: List, settings: MailmanSettings, now: number): Rows {
  const email = (one.email ?? '').trim();
  const remoteId = requestName(list.id, one.token);
  const about = { type: 'member' as const, remoteId };
  const tag = tagOf(one.http_etag);
  const at = momentIn(one.when);
  const kind = one.type ?? 'subscription';
  const who = one.display_name ? `${one.display_name} <${email || 'an unknown address'}>` : email || 'An unknown address';
  const wish = isLeaving(one) ? `asks to leave ${list.address}.` : kind === 'subscription' ? `asks to join ${list.address}.` : `waits at ${list.address}: ${kind}.`;
  return {
    id: encodeURIComponent(remoteId),
    subject: {
      // Without an address, the request is its own author: sync takes a member's own id where none is named.
      ...about, authorId: email === '' ? null : email.toLowerCase(), text: `${who} ${wish}`, html: null, createdAt: at, editedAt: null, deletedAt: null, removed: false,
      extra: { list: list.id, address: list.address, token: one.token, type: kind, ...(email === '' ? {} : { email }), ...(tag === null ? {} : { seen: tag }) },
      url: settings.web === null ? null : `${settings.web}/lists/${encodeURIComponent(list.id)}/${isLeaving(one) ? 'unsubscription_requests' : 'subscription_requests'}`,
      language: null, place: `${isLeaving(one) ? 'Leaving' : 'Joining'} · ${list.address}`, media: [], revision: tag,
    },
    members: email === '' ? [] : [memberOf(email.toLowerCase(), one.display_name ?? '')],
    reports: [{ remoteId, subject: about, reporterId: null, category: 'held', remoteCategory: `${kind} request`, comment: '', createdAt: at ?? now, open: true }],
    resolutions: [], look: email === '' || at === null ? '' : lookOf([tag, one.display_name, email]), standIn: remoteId,
  };
}

import type { WireMember } from './schemas.ts';

/** A list as the other parts need it. */
export type List = {
  readonly id: string;
  /** The address to write to. */
  readonly address: string;
  readonly title: string;
  readonly description: string;
};

/** What waits in a list's moderation queue: a held message by its number, or a membership change by its token. */
export type Waiting = { readonly list: string; readonly id: string; readonly at: string | null };

/**
 * The name of a held message. Its number alone names nothing: on SQLite the number of the newest one is given out again
 * once that is handled (measured, 3.3.8), so the moment it was held belongs to its name.
 */
export function heldName(list: string, id: string, at: string | null): string {
  return at === null ? `${list}/${id}` : `${list}/${id}@${at}`;
}

export function requestName(list: string, token: string): string {
  return `${list}/${token}`;
}

/** Takes a name apart again; null for what is none. */
export function waitingIn(remoteId: string): Waiting | null {
  const [, list, id, at] = /^([^/]+)\/([^/@]+)(?:@(.+))?$/.exec(remoteId) ?? [];
  return list === undefined || id === undefined ? null : { list, id, at: at ?? null };
}

export function heldPath(list: string, id: string): string {
  return `/lists/${encodeURIComponent(list)}/held/${encodeURIComponent(id)}`;
}

export function requestPath(list: string, token: string): string {
  return `/lists/${encodeURIComponent(list)}/requests/${encodeURIComponent(token)}`;
}

export function bansPath(list: string | null): string {
  return list === null ? '/bans' : `/lists/${encodeURIComponent(list)}/bans`;
}

/** Mailman writes UTC without saying so (mailman/utilities/datetime.py). Years before this program mean "never". */
export function momentIn(text: string | null | undefined): number | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(text)) return null;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) || at <= 0 ? null : at;
}

/** An entity tag without its quotes. */
export function tagOf(etag: string | null | undefined): string | null {
  return etag === null || etag === undefined || etag === '' ? null : etag.replaceAll('"', '');
}

/** In the API's version 3.0 a member's number is too long for JavaScript; the membership's address has it as text. */
export function membershipId({ member_id: id, self_link: link }: WireMember): string | null {
  return id ?? /\/members\/(\w+)$/.exec(link ?? '')?.[1] ?? null;
}

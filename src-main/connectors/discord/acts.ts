import { z } from 'zod';
import { ENTRY } from './codes.ts';
import { orderIn } from './mark.ts';
import type { WireEntry, WireUser } from './schemas.ts';
import { timeOf } from './snowflake.ts';
import { shownTime } from './subjects.ts';

export type ActKind = 'ban' | 'unban' | 'kick' | 'timeout' | 'untimeout' | 'delete' | 'delete-many' | 'delete-channel' | 'delete-thread';

/** What a moderator, or an app in their stead, did by the audit log. */
export type Act = {
  readonly entry: string;
  readonly kind: ActKind;
  readonly what: string;
  /** To whom; whose message it was. Null for deletions of many, and of the place where they were. */
  readonly user: string | null;
  readonly channel: string | null;
  /** How many messages a deletion's entry stands for by now. */
  readonly count: number;
  /** When a timeout ends, ms. */
  readonly until: number | null;
  readonly byId: string | null;
  readonly by: string | null;
  readonly at: number;
  readonly reason: string | null;
  readonly orderId: string | null;
};

/** Reads an entry; null for those that moderate nobody. `nameOf` knows the users that the log tells of. */
export function actOf(entry: WireEntry, users: ReadonlyMap<string, WireUser>): Act | null {
  const read = kindOf(entry);
  if (read === null) return null;
  const many = read.kind === 'delete-many' || read.kind === 'delete-channel' || read.kind === 'delete-thread';
  return {
    entry: entry.id, kind: read.kind, what: read.what, until: read.until ?? null, user: many ? null : entry.target_id,
    // Of a deletion of many, or of a whole channel or thread, the channel is the target.
    channel: entry.options.channel_id ?? (many ? entry.target_id : null), count: entry.options.count ?? 1,
    byId: entry.user_id, by: actorOf(entry, users),
    at: timeOf(entry.id), reason: entry.reason, orderId: orderIn(entry.reason),
  };
}

/** Who did what an entry tells. */
export function actorOf({ user_id: id }: WireEntry, users: ReadonlyMap<string, WireUser>): string | null {
  const name = id === null ? null : users.get(id)?.username ?? null;
  return name ? `@${name}` : id === null ? null : `#${id}`;
}

type Read = { readonly kind: ActKind; readonly what: string; readonly until?: number | null };

function kindOf(entry: WireEntry): Read | null {
  switch (entry.action_type) {
    case ENTRY.kicked: return { kind: 'kick', what: 'member removed from the server' };
    case ENTRY.banned: return { kind: 'ban', what: 'member banned' };
    case ENTRY.unbanned: return { kind: 'unban', what: 'ban lifted' };
    case ENTRY.messageDeleted: return { kind: 'delete', what: 'message deleted' };
    case ENTRY.messagesDeleted: return { kind: 'delete-many', what: 'messages deleted' };
    case ENTRY.channelDeleted: return { kind: 'delete-channel', what: 'channel deleted' };
    case ENTRY.threadDeleted: return { kind: 'delete-thread', what: 'thread deleted' };
    case ENTRY.memberUpdated: return timeoutIn(entry);
    default: return null;
  }
}

const iso = z.string().transform((value) => Date.parse(value)).pipe(z.number());

/** Timeouts are changes of the member (resources/guild, "Guild Member Object"); without a new value it was reset ("Audit Log Change Structure"). */
function timeoutIn({ changes }: WireEntry): Read | null {
  const change = changes.find(({ key }) => key === 'communication_disabled_until');
  if (change === undefined) return null;
  const until = iso.safeParse(change.new_value).data ?? null;
  return until === null ? { kind: 'untimeout', what: 'timeout lifted' } : { kind: 'timeout', what: `timed out until ${shownTime(until)}`, until };
}

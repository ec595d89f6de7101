import type { Order } from '../connector.ts';
import { actOf, actorOf } from './acts.ts';
import type { Act, ActKind } from './acts.ts';
import type { Client } from './client.ts';
import { ENTRY, THREAD_UPDATED } from './codes.ts';
import { orderIn } from './mark.ts';
import { auditLog } from './schemas.ts';
import { compareIds, isAfter, laterOf, snowflakeAt, timeOf } from './snowflake.ts';

const PAGE = 100;
const MOST_PAGES = 10;
const ENTRY_OF: Readonly<Record<ActKind, number>> = {
  ban: ENTRY.banned, unban: ENTRY.unbanned, kick: ENTRY.kicked, timeout: ENTRY.memberUpdated, untimeout: ENTRY.memberUpdated, delete: ENTRY.messageDeleted, 'delete-many': ENTRY.messagesDeleted,
  'delete-channel': ENTRY.channelDeleted, 'delete-thread': ENTRY.threadDeleted,
};

/**
 * What others did to a member that the person who decided cannot have known, oldest first: what came after the decision, or
 * what the desk has not read yet. Without the right to read the audit log, nothing.
 */
export async function actsSince(client: Client, order: Order, userId: string, seen: string | null, signal: AbortSignal): Promise<readonly Act[]> {
  const acts: Act[] = [];
  const decided = snowflakeAt(client.toServer(order.decidedAt));
  let after = seen === null || isAfter(seen, decided) ? decided : seen;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const log = await client.glance(`/guilds/${client.settings.guild}/audit-logs?after=${after}&limit=${PAGE}`, auditLog, 'the audit log', signal);
    if (log === null) break;
    const users = new Map(log.users.map((user) => [user.id, user]));
    const from = after;
    const fresh = log.audit_log_entries.filter(({ id }) => isAfter(id, from)).toSorted((a, b) => compareIds(a.id, b.id));
    for (const entry of fresh) {
      const act = actOf(entry, users);
      // An order of ours was decided at this desk: whoever sent it knew.
      if (act !== null && act.user === userId && act.orderId === null) acts.push(act);
      after = laterOf(after, entry.id);
    }
    if (log.audit_log_entries.length < PAGE || fresh.length === 0) break;
  }
  return acts;
}

/** The newest acts of a kind on a member, newest first: who did it, and whether this order did. */
export async function latestActs(client: Client, kind: ActKind, userId: string, signal: AbortSignal): Promise<readonly Act[]> {
  const log = await client.glance(`/guilds/${client.settings.guild}/audit-logs?action_type=${ENTRY_OF[kind]}&limit=${PAGE}`, auditLog, 'the audit log', signal);
  const users = new Map(log?.users.map((user) => [user.id, user]));
  return (log?.audit_log_entries ?? []).toSorted((a, b) => compareIds(b.id, a.id)).flatMap((entry) => actOf(entry, users) ?? []).filter(({ user }) => user === userId);
}

/** Who locked a thread last, and by which order of ours; null where the log does not tell. */
export async function latestLock(client: Client, threadId: string, signal: AbortSignal): Promise<{ readonly by: string | null; readonly at: number; readonly orderId: string | null } | null> {
  const log = await client.glance(`/guilds/${client.settings.guild}/audit-logs?action_type=${THREAD_UPDATED}&limit=${PAGE}`, auditLog, 'the audit log', signal);
  const entry = (log?.audit_log_entries ?? []).toSorted((a, b) => compareIds(b.id, a.id))
    .find(({ target_id: about, changes }) => about === threadId && changes.some(({ key, new_value: value }) => key === 'locked' && value === true));
  return entry === undefined ? null : { by: actorOf(entry, new Map(log?.users.map((user) => [user.id, user]))), at: timeOf(entry.id), orderId: orderIn(entry.reason) };
}

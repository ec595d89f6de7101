import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from './client.ts';
import type { Client } from './client.ts';
import { eventReports, membership, roomContext, user, userReports } from './schemas.ts';
import type { WireEvent } from './schemas.ts';
import { redactionOf } from './subjects.ts';

const PAGE = 100;
const MOST_PAGES = 20;

/** Sends one order; then, where the settings say so, deletes the reports that it answers. */
export async function deliver(client: Client, me: string, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { subject, verb, reverse } = order;
  if (subject.type === 'message' && !reverse) {
    const redaction = redactionOf(await eventNow(client, subject.extra['room'], subject.remoteId, signal));
    const by = redaction?.sender ?? null;
    if (redaction !== null && by !== me && by !== subject.authorId && !order.force) {
      return { kind: verb === 'remove' ? 'already' : 'conflict', by, what: 'message redacted', at: redaction.origin_server_ts };
    }
    if (redaction !== null && verb === 'remove') return finish(client, order, 'message was redacted already', signal);
  }
  try {
    const said = await carryOut(client, order, signal);
    return said.refused ? { kind: 'refused', why: said.words } : await finish(client, order, said.words, signal);
  } catch (error) {
    if (isRefused(error, 403)) return { kind: 'refused', why: `${error.message} The account has to be a server admin, and for what happens in a room a member of it with the power to do it: a room admin can grant it, or a server admin take it (Admin API, "Make Room Admin").` };
    if (isRefused(error, 400, 404)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** A message and where it stands; null where the server no longer has it (docs/admin_api/rooms.md, "Event Context API"). */
async function eventNow(client: Client, room: string | undefined, eventId: string, signal: AbortSignal): Promise<WireEvent | null> {
  if (room === undefined) return null;
  const found = await client.glance(`/_synapse/admin/v1/rooms/${encodeURIComponent(room)}/context/${encodeURIComponent(eventId)}?limit=1`, roomContext, 'the message', signal);
  return found?.event ?? null;
}

type Said = { readonly words: string; readonly refused: boolean };
const no = (words: string): Said => ({ words, refused: true });
const yes = (words: string): Said => ({ words, refused: false });

async function carryOut(client: Client, order: Order, signal: AbortSignal): Promise<Said> {
  const { subject, verb, reverse } = order;
  const room = subject.extra['room'];
  const target = subject.type === 'member' ? subject.remoteId : subject.authorId;
  const reason = [order.guideline, order.reason].filter((part) => part !== null && part !== '').join(': ');
  switch (verb) {
    case 'dismiss': return reverse ? no('A deleted report does not come back.') : yes('');
    case 'remove': {
      if (room === undefined || reverse) return no('A redacted message does not come back.');
      // A repeat with the same transaction id does nothing (Matrix client-server API, "Transaction identifiers").
      await client.change('PUT', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/redact/${encodeURIComponent(subject.remoteId)}/${encodeURIComponent(order.id)}`, { reason }, 'the redaction', signal);
      return yes('message redacted');
    }
    case 'mute': {
      if (room === undefined || target === null) return no('The server does not say who wrote this, or in which room.');
      const at = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;
      const now = await client.glance(`${at}/state/m.room.member/${encodeURIComponent(target)}`, membership, 'the membership', signal);
      if ((now?.membership === 'ban') !== reverse) return yes(reverse ? 'was not banned from the room any more' : 'was banned from the room already');
      await client.change('POST', `${at}/${reverse ? 'unban' : 'ban'}`, { user_id: target, reason }, 'the ban', signal);
      return yes(reverse ? 'no longer banned from the room' : 'banned from the room');
    }
    case 'suspend': {
      if (target === null) return no('The server does not say who wrote this.');
      const now = await client.glance(`/_synapse/admin/v2/users/${encodeURIComponent(target)}`, user, 'the account', signal);
      if (now === null) return no(`${target} has no account on this server: only its own accounts can be suspended. Ban them from the room instead.`);
      if (now.suspended !== reverse) return yes(reverse ? 'was not suspended any more' : 'was suspended already');
      await client.change('PUT', `/_synapse/admin/v1/suspend/${encodeURIComponent(target)}`, { suspend: !reverse }, 'the suspension', signal);
      return yes(reverse ? 'no longer suspended' : 'account suspended');
    }
    default: return no('Matrix has no word for this.');
  }
}

async function finish(client: Client, order: Order, words: string, signal: AbortSignal): Promise<DeliveryResult> {
  const deleted = client.settings.deletes && !order.reverse ? await deleteReports(client, order, signal) : 0;
  const said = [words, deleted === 0 ? '' : `${deleted === 1 ? 'report' : `${deleted} reports`} deleted`].filter((part) => part !== '').join('; ');
  return { kind: 'done', remoteId: order.subject.remoteId, said: said || 'Nothing is told to Synapse, which keeps no state of reports.' };
}

/** All reports of the subject that came before the decision. */
async function deleteReports(client: Client, { subject, decidedAt }: Order, signal: AbortSignal): Promise<number> {
  const isMember = subject.type === 'member';
  const path = `/_synapse/admin/v1/${isMember ? 'user_reports' : 'event_reports'}`;
  const ids: number[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ dir: 'f', limit: String(PAGE), from: String(page * PAGE) });
    const filter = isMember ? subject.remoteId : subject.authorId;
    if (filter !== null) query.set(isMember ? 'target_user_id' : 'event_sender_user_id', filter);
    const rows = isMember
      ? (await client.get(`${path}?${query}`, userReports, 'the user reports', signal)).user_reports.map(({ id, target_user_id: about, received_ts: at }) => ({ id, about, at }))
      : (await client.get(`${path}?${query}`, eventReports, 'the event reports', signal)).event_reports.map(({ id, event_id: about, received_ts: at }) => ({ id, about, at }));
    for (const { id, about, at } of rows) if (about === subject.remoteId && (at ?? 0) <= decidedAt) ids.push(id);
    if (rows.length === 0) break;
  }
  let deleted = 0;
  for (const id of new Set(ids)) {
    try {
      await client.change('DELETE', `${path}/${id}`, null, 'the deletion of a report', signal);
      deleted += 1;
    } catch (error) {
      if (!isRefused(error, 404)) throw error;
    }
  }
  return deleted;
}

import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { asStood } from '../http/stood.ts';
import type { Client } from './client.ts';
import { carryOut } from './deeds.ts';
import type { DeedInput } from './deeds.ts';
import { eventReports, roomContext, userReports } from './schemas.ts';
import type { WireEvent } from './schemas.ts';
import { REDACTED, redactionOf } from './subjects.ts';

const PAGE = 100;
const MOST_PAGES = 20;

/** Sends one order; then, where the settings say so, deletes the reports that it answers. */
export async function deliver(input: DeedInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, me } = input;
  const { subject, verb, reverse } = order;
  if (subject.type === 'message' && !reverse) {
    const redaction = redactionOf(await eventNow(client, subject.extra['room'], subject.remoteId, signal));
    const by = redaction?.sender ?? null;
    if (redaction !== null && by !== me && by !== subject.authorId && !order.force && order.expected !== REDACTED) {
      return { kind: verb === 'remove' ? 'already' : 'conflict', by, what: 'message redacted', at: redaction.origin_server_ts };
    }
    if (redaction !== null && verb === 'remove' && order.labels.length === 0) return finish(client, order, 'message was redacted already', signal);
  }
  try {
    const said = await carryOut(input, order, signal);
    if (said.kind === 'done') return await finish(client, order, said.words, signal, said.stood);
    return said.kind === 'refused' ? { kind: 'refused', why: said.words } : said;
  } catch (error) {
    if (isRefused(error, 403)) return { kind: 'refused', why: `${error.message} The account has to be a server admin, and for what happens in a room a member of it with the power to do it: a room admin can grant it, or a server admin take it (Admin API, "Make Room Admin").` };
    if (isRefused(error, 400, 404)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** A message and where it stands; null where the server no longer has it (docs/admin_api/rooms.md, "Event Context API"). */
async function eventNow(client: Client, room: string | undefined, eventId: string, signal: AbortSignal): Promise<WireEvent | null> {
  if (room === undefined) return null;
  const filter = encodeURIComponent(JSON.stringify({ lazy_load_members: true }));
  const found = await client.glance(`/_synapse/admin/v1/rooms/${encodeURIComponent(room)}/context/${encodeURIComponent(eventId)}?limit=1&filter=${filter}`, roomContext, 'the message', signal);
  return found?.event ?? null;
}

async function finish(client: Client, order: Order, words: string, signal: AbortSignal, stood = false): Promise<DeliveryResult> {
  const decides = order.verb !== 'message' && !order.reverse;
  const deleted = client.settings.deletes && decides ? await deleteReports(client, order, signal) : 0;
  const said = [words, deleted === 0 ? '' : `${deleted === 1 ? 'report' : `${deleted} reports`} deleted`].filter((part) => part !== '').join('; ');
  return { kind: 'done', remoteId: asStood(order.subject.remoteId, stood), said: said || 'Nothing is told to Synapse, which keeps no state of reports.' };
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
    for (const { id, about, at } of rows) if (about === subject.remoteId && (at ?? 0) <= decidedAt + Math.max(0, client.clock.aheadMs())) ids.push(id);
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

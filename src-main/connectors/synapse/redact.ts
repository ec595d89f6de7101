import { z } from 'zod';
import type { Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { event as wireEvent, version } from './schemas.ts';

const started = z.object({ redact_id: z.string().nullish().catch(null) });
const fetched = z.object({ event: wireEvent.nullish().catch(null) });

/** Since when a redaction of a user's events can be narrowed to one moment (docs/admin_api/user_admin_api.md, `after_ts`). */
const NARROW_SINCE = [1, 157] as const;

/** What the server is told as the reason. */
export function reasonOf({ guideline, reason }: Order): string {
  return [guideline, reason].filter((part) => part !== null && part !== '').join(': ');
}

/** Redacts one message; where the admin has no power in the room, in its author's own name. Throws what the server refuses. */
export async function redactOne(client: Client, order: Order, signal: AbortSignal): Promise<string> {
  const { subject } = order;
  const room = subject.extra['room'] ?? '';
  try {
    // A repeat with the same transaction id does nothing (Matrix client-server API, "Transaction identifiers").
    await client.change('PUT', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/redact/${encodeURIComponent(subject.remoteId)}/${encodeURIComponent(order.id)}`, { reason: reasonOf(order) }, 'the redaction', signal);
    return 'message redacted';
  } catch (error) {
    if (!isRefused(error, 403) || !await inItsAuthorsName(client, order, room, signal)) throw error;
    return 'message redacted in its author\'s name';
  }
}

/** Asks the server to redact what the author sent at the message's own moment; false where that cannot be said so narrowly. */
async function inItsAuthorsName(client: Client, order: Order, room: string, signal: AbortSignal): Promise<boolean> {
  const { subject } = order;
  const home = /:(.+)$/.exec(subject.authorId ?? '')?.[1];
  const said = (await client.glance('/_synapse/admin/v1/server_version', version, 'the version', signal))?.server_version ?? '';
  const [major = 0, minor = 0] = said.split('.').map((part) => Number.parseInt(part, 10));
  const narrow = major > NARROW_SINCE[0] || (major === NARROW_SINCE[0] && minor >= NARROW_SINCE[1]);
  if (!narrow || home === undefined || subject.authorId === null) return false;
  const { event } = await client.glance(`/_synapse/admin/v1/fetch_event/${encodeURIComponent(subject.remoteId)}`, fetched, 'the message', signal) ?? { event: null };
  const at = event?.origin_server_ts ?? null;
  if (at === null || event?.sender !== subject.authorId) return false;
  await client.change('POST', `/_synapse/admin/v1/user/${encodeURIComponent(subject.authorId)}/redact`, { rooms: [room], reason: reasonOf(order), after_ts: at, before_ts: at }, 'the redaction', signal);
  return true;
}

/** Starts to redact everything a member wrote in the rooms they are in; a repeat finds nothing left. */
export async function redactAll(client: Client, order: Order, target: string, signal: AbortSignal): Promise<string> {
  const id = await client.asked('POST', `/_synapse/admin/v1/user/${encodeURIComponent(target)}/redact`, { rooms: [], reason: reasonOf(order) }, started, 'the redaction', signal);
  return id.redact_id ? `all messages are being redacted (${id.redact_id})` : 'all messages are being redacted';
}

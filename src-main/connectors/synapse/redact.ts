import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { event as wireEvent, version } from './schemas.ts';

const started = z.object({ redact_id: z.string().nullish().catch(null) });
const fetched = z.object({ event: wireEvent.nullish().catch(null) });

/** Since when a redaction of a user's events can be narrowed to one moment (docs/admin_api/user_admin_api.md, `after_ts`). */
const NARROW_SINCE = [1, 157] as const;
/** What a redaction of a user's events covers (element-hq/synapse, synapse/handlers/admin.py, `_redact_all_events`). */
const COVERED = new Set(['m.room.message', 'm.room.encrypted']);
/** How long to wait for a redaction that is under way. */
const BUSY_MS = 30_000;

/** What the server is told as the reason. */
export function reasonOf({ guideline, reason }: Order): string {
  return [guideline, reason].filter((part) => part !== null && part !== '').join(': ');
}

/** Redacts one message as `me`; where the admin has no power in the room, in its author's own name. Throws what the server refuses. */
export async function redactOne(client: Client, me: string, order: Order, signal: AbortSignal): Promise<string> {
  const { subject } = order;
  const room = subject.extra['room'] ?? '';
  try {
    // A repeat with the same transaction id does nothing (Matrix client-server API, "Transaction identifiers").
    await client.change('PUT', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/redact/${encodeURIComponent(subject.remoteId)}/${encodeURIComponent(order.id)}`, { reason: reasonOf(order) }, 'the redaction', signal);
    return 'message redacted';
  } catch (error) {
    if (!isRefused(error, 403) || homeOf(subject.authorId) !== homeOf(me) || !await inItsAuthorsName(client, order, room, signal)) throw error;
    return 'message redacted in its author\'s name';
  }
}

/** The server of an account; only its own accounts' names can be used by a server (docs/admin_api/user_admin_api.md, "Redact events of a user"). */
function homeOf(account: string | null): string | null {
  return /:(.+)$/.exec(account ?? '')?.[1] ?? null;
}

/** Asks the server to redact what the author sent at the message's own moment; false where that cannot be said so narrowly. */
async function inItsAuthorsName(client: Client, order: Order, room: string, signal: AbortSignal): Promise<boolean> {
  const { subject } = order;
  const said = (await client.glance('/_synapse/admin/v1/server_version', version, 'the version', signal))?.server_version ?? '';
  const [major = 0, minor = 0] = said.split('.').map((part) => Number.parseInt(part, 10));
  const narrow = major > NARROW_SINCE[0] || (major === NARROW_SINCE[0] && minor >= NARROW_SINCE[1]);
  if (!narrow || subject.authorId === null) return false;
  const { event } = await client.glance(`/_synapse/admin/v1/fetch_event/${encodeURIComponent(subject.remoteId)}`, fetched, 'the message', signal) ?? { event: null };
  const at = event?.origin_server_ts ?? null;
  if (at === null || event?.sender !== subject.authorId || !COVERED.has(event.type ?? '')) return false;
  const begun = await start(client, subject.authorId, { rooms: [room], reason: reasonOf(order), after_ts: at, before_ts: at }, signal);
  // What is under way is about other messages of theirs, or about this one: asking again once it is done does no harm.
  if (begun === null) throw new ConnectorError('rate-limited', `${client.settings.host} still redacts other messages of ${subject.authorId}. Docket asks again after that.`, BUSY_MS);
  return true;
}

/** Starts to redact everything a member wrote in the rooms they are in; a repeat finds nothing left. */
export async function redactAll(client: Client, order: Order, target: string, signal: AbortSignal): Promise<string> {
  const begun = await start(client, target, { rooms: [], reason: reasonOf(order) }, signal);
  if (begun === null) return 'a redaction of their messages was under way already';
  return begun.redact_id ? `all messages are being redacted (${begun.redact_id})` : 'all messages are being redacted';
}

/** Starts a redaction; null where one for the same user is not done yet (400; synapse/handlers/admin.py, `start_redact_events`). */
async function start(client: Client, user: string, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<z.infer<typeof started> | null> {
  try {
    return await client.asked('POST', `/_synapse/admin/v1/user/${encodeURIComponent(user)}/redact`, body, started, 'the redaction', signal);
  } catch (error) {
    if (isRefused(error, 400) && /already in progress/i.test(error.said)) return null;
    throw error;
  }
}

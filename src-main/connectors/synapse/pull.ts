import { z } from 'zod';
import type { Batch, RemoteMember, RemoteReport, RemoteSubject } from '../connector.ts';
import type { Client } from './client.ts';
import { detail, eventReports, userReports } from './schemas.ts';
import type { EventReport, UserReport } from './schemas.ts';
import { memberOf, subjectOfEvent, subjectOfMember } from './subjects.ts';

const list = z.object({ from: z.number().int().nonnegative(), recent: z.array(z.number().int()) });
const shape = z.object({ events: list, users: list });
type Place = z.infer<typeof list>;
type Position = { events: Place; users: Place };

const PAGE = 60;
/** Rows read again each time, for reports that were stored late, and how many ids are remembered for it. */
const OVERLAP = 60;
const SHARED = 10;
/** Where everything that was known is deleted, no page joins on, however early. */
const MOST_RETURNS = 16;

/** Both lists, oldest first. Deleted reports move the offsets of all later ones: where none of a page is known, an earlier one is read. */
export async function* pull(client: Client, now: () => number, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const position = readPosition(cursor);
  yield* reading(position, 'events', async (from) => (
    (await client.get(`/_synapse/admin/v1/event_reports?dir=f&limit=${PAGE}&from=${from}`, eventReports, 'the event reports', signal)).event_reports
  ), (rows) => tellEvents(client, rows, now(), signal), signal);
  yield* reading(position, 'users', async (from) => (
    (await client.glance(`/_synapse/admin/v1/user_reports?dir=f&limit=${PAGE}&from=${from}`, userReports, 'the user reports', signal))?.user_reports ?? []
  ), async (rows) => tellUsers(rows, now()), signal);
}

type Told = Omit<Batch, 'cursor' | 'total'>;

async function* reading<Row extends { readonly id: number }>(
  position: Position, which: keyof Position, page: (from: number) => Promise<readonly Row[]>, tell: (rows: readonly Row[]) => Promise<Told>, signal: AbortSignal,
): AsyncGenerator<Batch> {
  let from = Math.max(0, position[which].from - OVERLAP);
  let [settled, back, returns] = [false, OVERLAP, 0];
  for (;;) {
    signal.throwIfAborted();
    const known = new Set(position[which].recent);
    const [first, last] = [Math.min(...known), Math.max(-1, ...known)];
    const rows = [...new Map((await page(from)).map((row) => [row.id, row])).values()];
    const apart = from > 0 && known.size > 0 && rows.every(({ id }) => id > last);
    if (apart && (rows.length > 0 || !settled) && returns < MOST_RETURNS) {
      from = Math.max(0, from - back);
      back *= 2;
      returns += 1;
      continue;
    }
    [settled, back] = [true, OVERLAP];
    if (rows.length === 0) return;
    const fresh = rows.filter(({ id }) => id > last || (id > first && !known.has(id)));
    // A page with something new shares its end with the next one.
    from += fresh.length === 0 ? rows.length : Math.max(1, rows.length - SHARED);
    if (fresh.length === 0) continue;
    position[which] = { from, recent: [...known, ...fresh.map(({ id }) => id)].toSorted((a, b) => a - b).slice(-2 * OVERLAP) };
    yield { ...await tell(fresh), cursor: JSON.stringify(position), total: null };
  }
}

function readPosition(cursor: string | null): Position {
  try {
    return shape.parse(JSON.parse(cursor ?? ''));
  } catch {
    return { events: { from: 0, recent: [] }, users: { from: 0, recent: [] } };
  }
}

/** The list tells no content: one report of each event is asked for in detail (docs/admin_api/event_reports.md). */
async function tellEvents(client: Client, rows: readonly EventReport[], now: number, signal: AbortSignal): Promise<Told> {
  const one = new Map(rows.map((row) => [eventIdOf(row), row]));
  const subjects = await Promise.all([...one].map(async ([eventId, row]): Promise<RemoteSubject> => {
    const found = await client.glance(`/_synapse/admin/v1/event_reports/${row.id}`, detail, 'an event report', signal);
    return subjectOfEvent(found?.event_json ?? null, { eventId, roomId: row.room_id, place: row.name ?? row.canonical_alias ?? row.room_id, sender: row.sender });
  }));
  return told(subjects, rows.map((row) => reportOf(`event-${row.id}`, { type: 'message', remoteId: eventIdOf(row) }, row, now)));
}

function eventIdOf({ id, event_id: eventId }: EventReport): string {
  return eventId ?? `of-report-${id}`;
}

function targetOf({ id, target_user_id: target }: UserReport): string {
  return target ?? `of-report-${id}`;
}

function tellUsers(rows: readonly UserReport[], now: number): Told {
  const subjects = [...new Set(rows.map(targetOf))].map((id) => subjectOfMember(id, null));
  return told(subjects, rows.map((row) => reportOf(`user-${row.id}`, { type: 'member', remoteId: targetOf(row) }, row, now)));
}

function told(subjects: readonly RemoteSubject[], reports: readonly RemoteReport[]): Told {
  const ids = new Set([...subjects.map(({ authorId }) => authorId), ...reports.map(({ reporterId }) => reporterId)]);
  return { members: [...ids].flatMap((id): RemoteMember[] => (id === null ? [] : [memberOf(id)])), subjects, reports, resolutions: [] };
}

function reportOf(remoteId: string, subject: RemoteReport['subject'], row: { readonly user_id: string | null; readonly reason: string | null; readonly received_ts: number | null }, now: number): RemoteReport {
  // There is no state: Docket's own queue says what is dealt with.
  return { remoteId, subject, reporterId: row.user_id, category: 'other', remoteCategory: null, comment: row.reason ?? '', createdAt: row.received_ts ?? now, open: true };
}

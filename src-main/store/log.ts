import { SOURCES } from '../contract/words.ts';
import { z } from 'zod';
import type { StoredLink } from '../domain/chain.ts';
import type { Hlc } from '../domain/clock.ts';
import { eventBody } from '../domain/event.ts';
import type { LoggedEvent } from '../domain/event.ts';
import type { Store } from './store.ts';

/** An event's row with its payload beside it, as SQLite keeps them. */
export type EventRecord = {
  readonly seq: number;
  readonly id: string;
  readonly actor: string;
  readonly device: string;
  readonly at: number;
  readonly counter: number;
  readonly kind: string;
  readonly source: string;
  readonly subjects: string;
  readonly public: string;
  readonly payload_hash: string | null;
  readonly previous: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly body: string | null;
};

const source = z.enum(SOURCES);
const keys = z.array(z.string());

/** The end of the chain: what the next event follows. Undefined while the log is empty. */
export function lastEvent(store: Store): (Hlc & { readonly seq: number; readonly hash: string }) | undefined {
  return store.sql<[], Hlc & { seq: number; hash: string }>('log-last', 'SELECT seq, hash, at, counter FROM events ORDER BY seq DESC LIMIT 1').get();
}

/** Appends one line; its payload, where it has one, goes beside it. */
export function appendEvent(store: Store, row: Omit<EventRecord, 'salt' | 'body'>, payload: { readonly salt: string; readonly body: string } | null): void {
  store.sql<[number, string, string, string, number, number, string, string, string, string, string | null, string, string]>('log-append', `
    INSERT INTO events (seq, id, actor, device, at, counter, kind, source, subjects, public, payload_hash, previous, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `).run(
    row.seq, row.id, row.actor, row.device, row.at, row.counter, row.kind, row.source, row.subjects, row.public,
    row.payload_hash, row.previous, row.hash,
  );
  if (payload !== null) {
    store.sql<[number, string, string]>('log-append-payload', 'INSERT INTO event_payloads (event, salt, body) VALUES (?, ?, ?)')
      .run(row.seq, payload.salt, payload.body);
  }
}

/** One event by its id. */
export function eventById(store: Store, id: string): LoggedEvent | undefined {
  const row = store.sql<[string], EventRecord>('log-by-id', `
    SELECT e.*, p.salt, p.body FROM events e LEFT JOIN event_payloads p ON p.event = e.seq WHERE e.id = ?
  `).get(id);
  return row === undefined ? undefined : parseEvent(row);
}

/** The next events of the log after `seq`, for a walk in bounded memory. */
export function eventsAfter(store: Store, seq: number, limit: number): readonly EventRecord[] {
  return store.sql<[number, number], EventRecord>('log-after', `
    SELECT e.*, p.salt, p.body FROM events e LEFT JOIN event_payloads p ON p.event = e.seq WHERE e.seq > ? ORDER BY e.seq LIMIT ?
  `).all(seq, limit);
}

/** Deletes the personal part of an event for good, bytes included; the chain keeps its salted hash. */
export function erasePayload(store: Store, seq: number): void {
  store.db.pragma('secure_delete = ON');
  store.sql<[number]>('log-erase', 'DELETE FROM event_payloads WHERE event = ?').run(seq);
  store.db.pragma('secure_delete = OFF');
}

/** How many events there are, and who wrote them. */
export function logSummary(store: Store): { readonly events: number; readonly actors: readonly string[] } {
  const events = store.sql<[], { n: number | null }>('log-count', 'SELECT max(seq) AS n FROM events').get()?.n ?? 0;
  // A loose scan of events_by_actor: one step an actor, however long the log is.
  const actors = store.sql<[], { actor: string }>('log-actors', `
    WITH RECURSIVE a(actor) AS (
      SELECT min(actor) FROM events
      UNION ALL SELECT (SELECT min(actor) FROM events WHERE actor > a.actor) FROM a WHERE a.actor IS NOT NULL
    ) SELECT actor FROM a WHERE actor IS NOT NULL
  `).all().map((row) => row.actor);
  return { events, actors };
}

/** Reads a stored line; throws where it is not one that Docket wrote. */
export function parseEvent(row: EventRecord): LoggedEvent {
  const body = eventBody.parse({ kind: row.kind, public: JSON.parse(row.public), payload: row.body === null ? null : JSON.parse(row.body) });
  return {
    ...body,
    seq: row.seq,
    id: row.id,
    actor: row.actor,
    device: row.device,
    at: row.at,
    counter: row.counter,
    source: source.parse(row.source),
    subjects: keys.parse(JSON.parse(row.subjects)),
    payloadHash: row.payload_hash,
    previous: row.previous,
    hash: row.hash,
  };
}

/** A stored line as the chain's walk sees it. */
export function storedLink(row: EventRecord): StoredLink {
  return {
    seq: row.seq,
    id: row.id,
    actor: row.actor,
    device: row.device,
    at: row.at,
    counter: row.counter,
    kind: row.kind,
    source: row.source,
    subjects: row.subjects,
    public: row.public,
    payloadHash: row.payload_hash,
    previous: row.previous,
    hash: row.hash,
    payload: row.salt === null || row.body === null ? null : { salt: row.salt, body: row.body },
  };
}

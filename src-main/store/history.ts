import type { EventKind } from '../contract/words.ts';
import type { EventRecord } from './log.ts';
import type { Store } from './store.ts';

/** A filter in the database's terms: tags as domain/fold/tags writes them. */
export type HistoryQuery = {
  /** All of these; the one that names the fewest events first. */
  readonly tags: readonly string[];
  readonly actor: string | null;
  readonly kinds: readonly EventKind[];
  /** Events below this place in the log. */
  readonly below: number;
  readonly from: number | null;
  readonly to: number | null;
};

/**
 * Events that fit, newest first, without their payloads. Walks one index backwards and stops at the limit: event_tags for the first tag, else
 * events_by_actor or events_by_kind, else the log itself. Times become places first, since the log's clock never runs back.
 */
export function historyPage(store: Store, query: HistoryQuery, limit: number): readonly EventRecord[] {
  // Several kinds have no order of their own in events_by_kind, so each is asked for and the answers are merged.
  if (query.tags.length === 0 && query.kinds.length > 1) {
    return query.kinds.flatMap((kind) => historyPage(store, { ...query, kinds: [kind] }, limit)).sort((a, b) => b.seq - a.seq).slice(0, limit);
  }
  const lowest = query.from === null ? 0 : firstEventAt(store, query.from);
  const highest = query.to === null ? query.below - 1 : Math.min(query.below - 1, lastAt(store, query.to));
  if (lowest > highest) return [];

  const [first, ...rest] = query.tags;
  const where: string[] = [];
  const values: (string | number)[] = [];
  if (first !== undefined) {
    where.push('t.tag = ?');
    values.push(first);
  }
  where.push(first === undefined ? 'e.seq BETWEEN ? AND ?' : 't.seq BETWEEN ? AND ?');
  values.push(lowest, highest);
  for (const tag of rest) {
    where.push('EXISTS (SELECT 1 FROM event_tags o WHERE o.tag = ? AND o.seq = t.seq)');
    values.push(tag);
  }
  if (query.actor !== null) {
    where.push('e.actor = ?');
    values.push(query.actor);
  }
  if (query.kinds.length > 0) {
    where.push(query.kinds.length === 1 ? 'e.kind = ?' : `e.kind IN (${query.kinds.map(() => '?').join(', ')})`);
    values.push(...query.kinds);
  }
  const shape = `${query.tags.length}-${query.actor === null ? 0 : 1}-${query.kinds.length}`;
  return store.sql<(string | number)[], EventRecord>(`history-page-${shape}`, `
    SELECT e.*, NULL AS salt, NULL AS body
    FROM ${first === undefined ? 'events e' : 'event_tags t CROSS JOIN events e ON e.seq = t.seq'}
    WHERE ${where.join(' AND ')}
    ORDER BY ${first === undefined ? 'e.seq' : 't.seq'} DESC LIMIT ?
  `).all(...values, limit);
}

/** The place of the first event at or after a time; beyond the log where there is none. */
export function firstEventAt(store: Store, at: number): number {
  return placeOf(store, (time) => time >= at) ?? Number.MAX_SAFE_INTEGER;
}

/** The place of the last event at or before a time; 0 where there is none. */
function lastAt(store: Store, at: number): number {
  const next = placeOf(store, (time) => time > at);
  return next === null ? Number.MAX_SAFE_INTEGER : next - 1;
}

/** The first place in the log from which on a question about time is answered with yes; halves the log, so that it needs no index. */
function placeOf(store: Store, answers: (at: number) => boolean): number | null {
  const time = store.sql<[number], { at: number }>('history-time', 'SELECT at FROM events WHERE seq = ?');
  const length = store.sql<[], { n: number | null }>('history-length', 'SELECT max(seq) AS n FROM events').get()?.n ?? 0;
  let [low, high] = [1, length + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (answers(time.get(middle)?.at ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low > length ? null : low;
}

/** A fact about this database that the history shows, such as when the chain was last walked. */
export function metaValue(store: Store, name: string): string | null {
  return store.sql<[string], { value: string }>('meta-get', 'SELECT value FROM meta WHERE name = ?').get(name)?.value ?? null;
}

/** Keeps such a fact. */
export function putMeta(store: Store, name: string, value: string): void {
  store.sql<[string, string]>('meta-put', 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value);
}

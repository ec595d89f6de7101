import { fold, searchText, searchTerms } from '../domain/normalise.ts';
import type { Change } from '../domain/fold/rows.ts';
import type { Store } from './store.ts';

/** What of our own work can be searched, beside items. */
export type WorkKind = 'case' | 'guideline' | 'note';

/** Beginnings shorter than this match too much to be worth their time. */
const SHORTEST_BEGINNING = 3;

/** Makes a subject's text findable, in place of what was there. */
export function indexSubject(store: Store, subjectId: number, text: string, fresh: boolean): void {
  const { words, skeleton } = searchText(text);
  if (fresh) store.sql<[number, string, string]>('search-insert', 'INSERT INTO search_items (rowid, words, skeleton) VALUES (?, ?, ?)').run(subjectId, words, skeleton);
  else store.sql<[number, string, string]>('search-replace', 'INSERT OR REPLACE INTO search_items (rowid, words, skeleton) VALUES (?, ?, ?)').run(subjectId, words, skeleton);
}

/** Makes a member findable by name and address, in place of what was there. */
export function indexMember(store: Store, memberId: number, name: string, handle: string, fresh: boolean): void {
  const text = fold(`${name} ${handle}`);
  if (fresh) store.sql<[number, string]>('search-member-insert', 'INSERT INTO search_members (rowid, words) VALUES (?, ?)').run(memberId, text);
  else store.sql<[number, string]>('search-member-replace', 'INSERT OR REPLACE INTO search_members (rowid, words) VALUES (?, ?)').run(memberId, text);
}

/** Makes a case, guideline or note findable, in place of what was there; empty text takes it out. */
function indexWork(store: Store, kind: WorkKind, id: string, text: string): void {
  const rowid = workRow(kind, id);
  store.sql<[number]>('search-work-delete', 'DELETE FROM search_work WHERE rowid = ?').run(rowid);
  if (text === '') return;
  const { words, skeleton } = searchText(text);
  store.sql<[number, string, string, string, string]>('search-work-insert', 'INSERT INTO search_work (rowid, kind, id, words, skeleton) VALUES (?, ?, ?, ?, ?)')
    .run(rowid, kind, id, words, skeleton);
}

/** Keeps the index of our own work in step with what a fold changed. */
export function indexChanges(store: Store, changes: readonly Change[]): void {
  for (const change of changes) {
    if (!('put' in change)) continue;
    if (change.table === 'notes') indexWork(store, 'note', change.put.id, change.put.text ?? '');
    if (change.table === 'cases') indexWork(store, 'case', change.put.id, change.put.title ?? '');
    if (change.table === 'guideline_versions') indexWork(store, 'guideline', change.put.id, `${change.put.number} ${change.put.title}\n${change.put.body}`);
  }
}

/** Items whose text has all the words, newest first. */
export function findItems(store: Store, text: string, limit: number): readonly number[] {
  const match = matchOf(text);
  if (match === null) return [];
  return searched(() => store.sql<[string, number], { id: number }>('search-items', `
    SELECT f.rowid AS id FROM search_items f CROSS JOIN items i ON i.subject = f.rowid
    WHERE search_items MATCH ? ORDER BY f.rowid DESC LIMIT ?
  `).all(match, limit)).map((row) => row.id);
}

/** Cases, guidelines and notes with all the words. */
export function findWork(store: Store, text: string, limit: number): readonly { readonly kind: WorkKind; readonly id: string }[] {
  const match = matchOf(text);
  if (match === null) return [];
  return searched(() => store.sql<[string, number], { kind: WorkKind; id: string }>('search-work', `
    SELECT kind, id FROM search_work WHERE search_work MATCH ? ORDER BY rank LIMIT ?
  `).all(match, limit));
}

/** Members whose name or address has words that begin so, the newest first. */
export function findMemberIds(store: Store, text: string, limit: number): readonly number[] {
  const match = matchOf(text, 1);
  if (match === null) return [];
  return searched(() => store.sql<[string, number], { id: number }>('search-members', `
    SELECT rowid AS id FROM search_members WHERE search_members MATCH ? ORDER BY rowid DESC LIMIT ?
  `).all(match, limit)).map((row) => row.id);
}

/**
 * Runs a search. Letters newer than SQLite's tables split a word into several for it, which an index without positions
 * refuses: such a query finds nothing.
 */
export function searched<Row>(find: () => readonly Row[]): readonly Row[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('fts5: phrase queries are not supported')) return [];
    throw error;
  }
}

/** A query in FTS5's language: every word, plain or disguised, the last one also as a beginning. Null where it has no word. */
export function matchOf(text: string, shortestBeginning = SHORTEST_BEGINNING): string | null {
  const terms = searchTerms(text);
  if (terms.length === 0) return null;
  const unfinished = /\S$/.test(text);
  return terms.map(({ words, readings }, index) => {
    const last = unfinished && index === terms.length - 1;
    const plain = words.length === 0 ? [] : [`(${words.map((word, at) => quoted(word, last && at === words.length - 1, shortestBeginning)).join(' AND ')})`];
    return `(${[...plain, ...readings.map((reading) => quoted(reading, last, shortestBeginning))].join(' OR ')})`;
  }).join(' AND ');
}

function quoted(word: string, unfinished: boolean, shortestBeginning: number): string {
  return `"${word}"${unfinished && word.length >= shortestBeginning ? '*' : ''}`;
}

/** A row number from a name: FNV-1a over 52 bits, so that a row is found without a scan. */
function workRow(kind: WorkKind, id: string): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (const char of `${kind}:${id}`) {
    const code = char.codePointAt(0) ?? 0;
    low = Math.imul(low ^ code, 0x01000193) >>> 0;
    high = Math.imul(high ^ (code + 0x9e37), 0x85ebca6b) >>> 0;
  }
  return (high & 0xfffff) * 0x100000000 + low;
}

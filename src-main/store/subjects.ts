import { subjectKey, parseSubjectKey } from '../domain/key.ts';
import type { SubjectType } from '../contract/words.ts';
import type { Store } from './store.ts';

/** One reported or quoted thing as SQLite keeps it. */
export type SubjectRow = {
  readonly id: number;
  readonly connection: number;
  readonly type: SubjectType;
  readonly remote_id: string;
  readonly author: number | null;
  readonly created_at: number | null;
  readonly edited_at: number | null;
  readonly deleted_at: number | null;
  readonly removed: 0 | 1;
  readonly language: string | null;
  readonly place: string | null;
  readonly media_count: number;
  readonly revision: string | null;
  readonly url: string | null;
  /** JSON object of strings: what the connector wants back. */
  readonly extra: string;
  /** JSON array of connectors' RemoteMedia. */
  readonly media: string;
  readonly text: string;
  /** JSON array of the contract's RichNode; null where the platform sent no HTML. */
  readonly rich: string | null;
  /** JSON object of connectors' Capability by verb, where this one differs from its type. */
  readonly verbs: string | null;
};

/** An account on a platform as SQLite keeps it. */
export type MemberRow = {
  readonly id: number;
  readonly connection: number;
  readonly remote_id: string;
  readonly name: string;
  readonly handle: string;
  readonly joined_at: number | null;
  readonly post_count: number | null;
  /** JSON array of sentences. */
  readonly standing: string;
  readonly url: string | null;
  readonly reports_judged: number;
  readonly reports_upheld: number;
};

type NameRow = { readonly platform: string; readonly instance: string; readonly type: SubjectType; readonly remoteId: string };

export function subjectById(store: Store, id: number): SubjectRow | undefined {
  return store.sql<[number], SubjectRow>('subject-by-id', 'SELECT * FROM subjects WHERE id = ?').get(id);
}

/** By a key of domain/key; removed connections still resolve (unique index subjects(connection, type, remote_id), which a plain JOIN would not take). */
export function subjectByKey(store: Store, key: string): SubjectRow | undefined {
  const name = parseSubjectKey(key);
  if (name === null) return undefined;
  return store.sql<[string, string, string, string], SubjectRow>('subject-by-key', `
    SELECT subjects.* FROM connections CROSS JOIN subjects ON subjects.connection = connections.n
    WHERE connections.platform = ? AND connections.instance = ? AND subjects.type = ? AND subjects.remote_id = ?
    ORDER BY connections.removed, connections.n DESC LIMIT 1
  `).get(name.platform, name.instance, name.type, name.remoteId);
}

/** The stable name of a subject outside this machine; throws for an id that is not in the database. */
export function keyOfSubject(store: Store, id: number): string {
  const row = store.sql<[number], NameRow>('subject-name', `
    SELECT connections.platform, connections.instance, subjects.type, subjects.remote_id AS remoteId
    FROM subjects JOIN connections ON connections.n = subjects.connection WHERE subjects.id = ?
  `).get(id);
  if (row === undefined) throw new Error(`no subject ${id}`);
  return subjectKey(row);
}

export function memberById(store: Store, id: number): MemberRow | undefined {
  return store.sql<[number], MemberRow>('member-by-id', 'SELECT * FROM members WHERE id = ?').get(id);
}

/** By a key of domain/key with type `member`; removed connections still resolve. */
export function memberByKey(store: Store, key: string): MemberRow | undefined {
  const name = parseSubjectKey(key);
  if (name?.type !== 'member') return undefined;
  return store.sql<[string, string, string], MemberRow>('member-by-key', `
    SELECT members.* FROM connections CROSS JOIN members ON members.connection = connections.n
    WHERE connections.platform = ? AND connections.instance = ? AND members.remote_id = ?
    ORDER BY connections.removed, connections.n DESC LIMIT 1
  `).get(name.platform, name.instance, name.remoteId);
}

/** The stable name of a member outside this machine; throws for an id that is not in the database. */
export function keyOfMember(store: Store, id: number): string {
  const row = store.sql<[number], Omit<NameRow, 'type'>>('member-name', `
    SELECT connections.platform, connections.instance, members.remote_id AS remoteId
    FROM members JOIN connections ON connections.n = members.connection WHERE members.id = ?
  `).get(id);
  if (row === undefined) throw new Error(`no member ${id}`);
  return subjectKey({ ...row, type: 'member' });
}

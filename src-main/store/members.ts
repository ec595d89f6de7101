import type { RemoteMember } from '../connectors/connector.ts';
import { indexMember } from './search.ts';
import type { Store } from './store.ts';

/** A member's row and how their own reports ended here so far. */
export type KnownMember = { readonly id: number; readonly judged: number; readonly upheld: number };

type Stored = KnownMember & {
  readonly name: string; readonly handle: string; readonly joined_at: number | null;
  readonly post_count: number | null; readonly standing: string; readonly url: string | null;
};

/** Keeps a member as the platform has them now; what it leaves out this time stays as it was. */
export function keepMember(store: Store, connectionN: number, told: RemoteMember): KnownMember {
  const before = store.sql<[number, string], Stored>('member-before', `
    SELECT id, name, handle, joined_at, post_count, standing, url, reports_judged AS judged, reports_upheld AS upheld
    FROM members WHERE connection = ? AND remote_id = ?
  `).get(connectionN, told.remoteId);
  const member = before === undefined ? told : over(before, told);
  const standing = before !== undefined && isOnlyNamed(told) ? before.standing : jsonOf(told.standing);
  if (before === undefined) {
    const { lastInsertRowid } = store.sql<[number, string, string, string, number | null, number | null, string, string | null]>('member-insert', `
      INSERT INTO members (connection, remote_id, name, handle, joined_at, post_count, standing, url) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    `).run(connectionN, member.remoteId, member.name, member.handle, member.joinedAt, member.postCount, standing, member.url);
    if (member.reports !== undefined) keepReportsThere(store, lastInsertRowid, member.reports);
    indexMember(store, lastInsertRowid, member.name, member.handle, true);
    return { id: lastInsertRowid, judged: 0, upheld: 0 };
  }
  const same = before.name === member.name && before.handle === member.handle && before.joined_at === member.joinedAt
    && before.post_count === member.postCount && before.standing === standing && before.url === member.url;
  if (before.name !== member.name || before.handle !== member.handle) indexMember(store, before.id, member.name, member.handle, false);
  if (!same) {
    store.sql<[string, string, number | null, number | null, string, string | null, number]>('member-update', `
      UPDATE members SET name = ?, handle = ?, joined_at = ?, post_count = ?, standing = ?, url = ? WHERE id = ?
    `).run(member.name, member.handle, member.joinedAt, member.postCount, standing, member.url, before.id);
  }
  if (member.reports !== undefined) keepReportsThere(store, before.id, member.reports);
  return before;
}

/** A member that only stands beside something, without a word about their account: their standing is not told, rather than good. */
function isOnlyNamed({ standing, joinedAt, postCount }: RemoteMember): boolean {
  return standing.length === 0 && joinedAt === null && postCount === null;
}

/** What was told, over what was known: an id in a name's place, or nothing, is no news. */
function over(before: Stored, told: RemoteMember): RemoteMember {
  const isNamed = told.name !== told.remoteId;
  return {
    ...told,
    name: isNamed ? told.name : before.name,
    handle: isNamed || told.handle !== told.remoteId ? told.handle : before.handle,
    joinedAt: told.joinedAt ?? before.joined_at,
    postCount: told.postCount ?? before.post_count,
    url: told.url ?? before.url,
  };
}

function jsonOf(standing: readonly string[]): string {
  return standing.length === 0 ? '[]' : JSON.stringify(standing);
}

/** How a member's reports ended on the platform; kept until it says otherwise. */
function keepReportsThere(store: Store, id: number, { made, upheld }: { readonly made: number; readonly upheld: number }): void {
  store.sql<[number, number, number]>('member-reports-there', 'UPDATE members SET reports_made_there = ?, reports_upheld_there = ? WHERE id = ?').run(made, upheld, id);
}

/** A member that a platform named without describing: found, or kept under their id until it does. */
export function memberNamed(store: Store, connectionN: number, remoteId: string): KnownMember {
  const before = store.sql<[number, string], KnownMember>('member-id', `
    SELECT id, reports_judged AS judged, reports_upheld AS upheld FROM members WHERE connection = ? AND remote_id = ?
  `).get(connectionN, remoteId);
  return before ?? keepMember(store, connectionN, {
    remoteId, name: remoteId, handle: remoteId, joinedAt: null, postCount: null, standing: [], url: null,
  });
}

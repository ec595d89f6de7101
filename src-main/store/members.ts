import type { RemoteMember } from '../connectors/connector.ts';
import type { Store } from './store.ts';

/** Store sees neither connectors' code nor their network: only the shape of what they hand over. */
type Stored = {
  readonly id: number; readonly name: string; readonly handle: string; readonly joined_at: number | null;
  readonly post_count: number | null; readonly standing: string; readonly url: string | null;
};

/** Keeps a member as the platform has them now; returns the row and whether anything was new. */
export function keepMember(store: Store, connectionN: number, member: RemoteMember): { readonly id: number; readonly changed: boolean } {
  const standing = member.standing.length === 0 ? '[]' : JSON.stringify(member.standing);
  const before = store.sql<[number, string], Stored>('member-before', `
    SELECT id, name, handle, joined_at, post_count, standing, url FROM members WHERE connection = ? AND remote_id = ?
  `).get(connectionN, member.remoteId);
  if (before === undefined) {
    const { lastInsertRowid } = store.sql<[number, string, string, string, number | null, number | null, string, string | null]>('member-insert', `
      INSERT INTO members (connection, remote_id, name, handle, joined_at, post_count, standing, url) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    `).run(connectionN, member.remoteId, member.name, member.handle, member.joinedAt, member.postCount, standing, member.url);
    return { id: lastInsertRowid, changed: true };
  }
  const same = before.name === member.name && before.handle === member.handle && before.joined_at === member.joinedAt
    && before.post_count === member.postCount && before.standing === standing && before.url === member.url;
  if (!same) {
    store.sql<[string, string, number | null, number | null, string, string | null, number]>('member-update', `
      UPDATE members SET name = ?, handle = ?, joined_at = ?, post_count = ?, standing = ?, url = ? WHERE id = ?
    `).run(member.name, member.handle, member.joinedAt, member.postCount, standing, member.url, before.id);
  }
  return { id: before.id, changed: !same };
}

/** A member that a platform named without describing: found, or kept under their id until it does. */
export function memberNamed(store: Store, connectionN: number, remoteId: string): number {
  const before = store.sql<[number, string], { id: number }>('member-id', 'SELECT id FROM members WHERE connection = ? AND remote_id = ?').get(connectionN, remoteId);
  return before?.id ?? keepMember(store, connectionN, {
    remoteId, name: remoteId, handle: remoteId, joinedAt: null, postCount: null, standing: [], url: null,
  }).id;
}

import type { Rows } from '../domain/fold/rows.ts';
import type { Store } from './store.ts';

/** Strikes that count now against any of a person's accounts, newest first. */
export function activeStrikes(store: Store, memberKeys: readonly string[], now: number): readonly Rows['strikes'][] {
  return store.sql<[string, number], Rows['strikes']>('strikes-active', `
    SELECT s.* FROM json_each(?) k JOIN strikes s ON s.member_key = k.value WHERE s.expires_at > ? ORDER BY s.at DESC
  `).all(JSON.stringify(memberKeys), now);
}

/** The keys of every account linked to a member as one person, its own first (index member_links_by_person). */
export function keysOfPerson(store: Store, memberKey: string): readonly string[] {
  const others = store.sql<[string, string], { member_key: string }>('person-keys', `
    SELECT o.member_key FROM member_links l JOIN member_links o ON o.person_id = l.person_id
    WHERE l.member_key = ? AND o.member_key <> ? ORDER BY o.member_key
  `).all(memberKey, memberKey);
  return [memberKey, ...others.map((row) => row.member_key)];
}

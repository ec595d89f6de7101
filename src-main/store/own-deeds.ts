import { z } from 'zod';
import type { Resolution } from '../connectors/connector.ts';
import type { Store } from './store.ts';

/** How far a platform's clock may be from ours, and how long it may take to write down what it was asked. */
const NEAR_MS = 5 * 60_000;

const account = z.object({ name: z.string() });

/**
 * Which order of ours made what the platform tells of without naming an order: the one that our own account sent about
 * this subject at about that time. After a restart no connector remembers what it did. Null where it was someone else
 * (index deliveries_by_subject).
 */
export function ownOrderOf(store: Store, connection: number, subject: number, { by, at, orderId }: Resolution): string | null {
  if (orderId !== null || by === null) return orderId;
  const sent = store.sql<[number, number | null], { id: string }>('own-deed', `
    SELECT id FROM deliveries
    WHERE subject = ?1 AND attempts > 0 AND state IN ('pending', 'sent', 'handled-there')
      AND (?2 IS NULL OR sent_at IS NULL OR abs(sent_at - ?2) <= ${NEAR_MS})
    ORDER BY seq DESC LIMIT 1
  `).get(subject, at);
  return sent !== undefined && isOurs(store, connection, by) ? sent.id : null;
}

/** Whether a name is our account's there, however the platform writes it: with or without @ and host. */
function isOurs(store: Store, connection: number, by: string): boolean {
  const row = store.sql<[number], { account: string | null }>('own-account', 'SELECT account FROM sync_state WHERE connection = ?').get(connection);
  const own = row === undefined || row.account === null ? undefined : account.safeParse(JSON.parse(row.account)).data?.name;
  if (own === undefined) return false;
  const [[ourName, ourHost], [name, host]] = [partsOf(own), partsOf(by)];
  return ourName !== '' && ourName === name && (ourHost === '' || host === '' || ourHost === host);
}

function partsOf(address: string): readonly [name: string, host: string] {
  const [name = '', host = ''] = address.trim().replace(/^@/, '').toLowerCase().split(/[@:]/);
  return [name, host];
}

import type { ConnectorIo } from '../connector.ts';

/** Kept with the secrets, though it is none: it must not travel with a connection's settings to other desks. */
const KEPT = 'desk';

/**
 * This desk's own name in the events it makes, drawn once. An administrator may give many desks the same connection and
 * the same account: by this name each knows its own deeds from the others'.
 */
export async function deskName(io: ConnectorIo): Promise<string> {
  const kept = await io.secret(KEPT);
  if (kept !== null && kept !== '') return kept;
  const drawn = Array.from({ length: 16 }, () => Math.floor(io.random() * 16).toString(16)).join('');
  await io.keepSecret(KEPT, drawn);
  return drawn;
}

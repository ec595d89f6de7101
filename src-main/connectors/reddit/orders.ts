import type { ConnectorIo, DeliveryResult, Order } from '../connector.ts';
import type { Ours } from '../http/ours.ts';
import type { Client } from './client.ts';

export type DeliverInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly ours: Ours;
  /** Orders whose message this session sent: Reddit would send one twice. */
  readonly sent: Set<string>;
  /** The account's own name. */
  readonly me: (signal: AbortSignal) => Promise<string>;
};

/** What an order is about. */
export type Target = { readonly name: string; readonly subreddit: string; readonly author: string | null };

export function refuse(why: string): DeliveryResult {
  return { kind: 'refused', why };
}

/** Guideline and reason, for the other moderators. */
export function noteFor({ guideline, reason }: Order): string {
  return [guideline, reason].filter((part) => part !== null && part !== '').join(': ');
}

/** Under a guideline about spam a removal trains Reddit's spam filter, too (POST /api/remove, `spam`). */
export function isSpam({ guideline }: Order): boolean {
  return /\bspam/i.test(guideline ?? '');
}

import { keep } from '../http/newest.ts';
import type { Client } from './client.ts';
import { isLeaving } from './requests.ts';
import type { WireRequest } from './schemas.ts';
import { isSubscribed } from './waiting.ts';

/** Who asked for what, as long as it is open: Mailman forgets a request once it is settled. */
export type Asked = {
  readonly note: (remoteId: string, request: WireRequest) => void;
  readonly get: (remoteId: string) => { readonly email: string; readonly leaving: boolean } | null;
};

const MOST = 5000;

export function makeAsked(): Asked {
  const known = new Map<string, { readonly email: string; readonly leaving: boolean }>();
  return {
    note(remoteId, request) {
      if (request.email) keep(known, remoteId, { email: request.email, leaving: isLeaving(request) }, MOST);
    },
    get: (remoteId) => known.get(remoteId) ?? null,
  };
}

/** What became of a request that is gone: the list's members tell, if not by whom. */
export async function settledWords(client: Client, asked: Asked, remoteId: string, list: string, signal: AbortSignal): Promise<string> {
  const who = asked.get(remoteId);
  if (who === null) return 'left the moderation queue';
  return await isSubscribed(client, list, who.email, signal) === who.leaving ? 'turned down, or expired' : 'accepted';
}

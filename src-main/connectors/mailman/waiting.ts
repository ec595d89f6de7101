import { ConnectorError } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { BEGINNING, entriesOf } from './client.ts';
import type { Client } from './client.ts';
import { glimpseOf } from './held.ts';
import type { Glimpse } from './held.ts';
import { heldPath, requestPath } from './names.ts';
import { isForModerator, requestIn } from './requests.ts';
import { anything, member, page } from './schemas.ts';
import type { WireRequest } from './schemas.ts';

export type HeldPage = { readonly entries: readonly Glimpse[]; readonly total: number };

/** A page of a list's held messages, oldest first; with one that cannot be told apart, none. */
export async function heldPage(client: Client, list: string, count: number, number: number, signal: AbortSignal): Promise<HeldPage> {
  const answer = await client.page(`/lists/${encodeURIComponent(list)}/held`, {}, count, number, 'the held messages', signal);
  const entries = entriesOf(answer, count, number, client.settings.host, 'the held messages').map((entry) => glimpseOf(entry, list) ?? unreadable(client, 'a held message'));
  return { entries, total: answer.total_size };
}

/** The held message in one place of a list, counted from 1, however large it is. */
export async function heldAt(client: Client, list: string, place: number, signal: AbortSignal): Promise<HeldPage> {
  try {
    return await heldPage(client, list, 1, place, signal);
  } catch (error) {
    const answer = page.safeParse(await begun(client, `/lists/${encodeURIComponent(list)}/held`, { count: '1', page: String(place) }, ']}', error, signal)).data;
    const entries = (answer?.entries ?? []).flatMap((entry) => glimpseOf(entry, list) ?? []);
    if (answer === undefined || entries.length === 0) throw error;
    return { entries, total: answer.total_size };
  }
}

/** One held message by its number, whichever has that now; null where none has. */
export async function readHeld(client: Client, list: string, id: string, signal: AbortSignal): Promise<Glimpse | null> {
  const path = heldPath(list, id);
  try {
    return glimpseOf(await client.get(path, {}, anything, 'a held message', signal), list) ?? unreadable(client, 'a held message');
  } catch (error) {
    if (isRefused(error, 404)) return null;
    const entry = glimpseOf(await begun(client, path, {}, '', error, signal), list);
    if (entry === null) throw error;
    return entry;
  }
}

/**
 * A message larger than any answer that is taken, as far as it begins: its number stands before its text, when it was
 * held and by whose address after it (measured, 3.3.8). Throws `error` again where size was not the trouble.
 */
async function begun(client: Client, path: string, query: Readonly<Record<string, string>>, end: string, error: unknown, signal: AbortSignal): Promise<unknown> {
  if (!(error instanceof ConnectorError) || error.kind !== 'unintelligible') throw error;
  const text = await client.beginning(path, query, signal);
  if (text.length < BEGINNING || !/"msg":\s*"/.test(text)) throw error;
  // It ends within the text, maybe within an escape.
  for (let shorter = 0; shorter < 12; shorter += 1) {
    try {
      return JSON.parse(`${text.slice(0, BEGINNING - shorter)}"}${end}`);
    } catch {
      // One letter less.
    }
  }
  throw error;
}

/**
 * A list's membership changes that wait for a moderator. Filters came with 3.3.2 (`token_owner`) and 3.3.3
 * (`request_type`); versions before refuse them (core NEWS, 3.3.2 and 3.3.3, REST) and do not tell who wants to leave.
 */
export async function readRequests(client: Client, list: string, signal: AbortSignal): Promise<readonly WireRequest[]> {
  const path = `/lists/${encodeURIComponent(list)}/requests`;
  const ask = async (query: Readonly<Record<string, string>>): Promise<readonly unknown[] | null> => {
    try {
      return await client.all(path, query, 'the subscription requests', signal);
    } catch (error) {
      if (isRefused(error, 400, 404)) return null;
      throw error;
    }
  };
  const owner = { token_owner: 'moderator' };
  const joining = await ask(owner) ?? await ask({}) ?? [];
  const leaving = await ask({ ...owner, request_type: 'unsubscription' }) ?? [];
  const found = new Map<string, WireRequest>();
  for (const [rows, type] of [[joining, 'subscription'], [leaving, 'unsubscription']] as const) {
    for (const row of rows) {
      const one = requestIn(row) ?? unreadable(client, 'a subscription request');
      if (isForModerator(one) && !found.has(one.token)) found.set(one.token, { ...one, type: one.type ?? type });
    }
  }
  return [...found.values()];
}

/** One membership change by its token; null where it is settled. */
export async function readRequest(client: Client, list: string, token: string, signal: AbortSignal): Promise<WireRequest | null> {
  try {
    const answer = await client.get(requestPath(list, token), {}, anything, 'a subscription request', signal);
    return requestIn(answer) ?? unreadable(client, 'a subscription request');
  } catch (error) {
    if (isRefused(error, 404)) return null;
    throw error;
  }
}

/** Whether an address is subscribed to a list: what became of a request that is settled shows by it. */
export async function isSubscribed(client: Client, list: string, email: string, signal: AbortSignal): Promise<boolean> {
  return await client.glance(`/lists/${encodeURIComponent(list)}/member/${encodeURIComponent(email)}`, {}, member, 'the membership', signal) !== null;
}

function unreadable(client: Client, what: string): never {
  throw new ConnectorError('unintelligible', `${client.settings.host} sent ${what} in a form that Docket does not know. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.`);
}

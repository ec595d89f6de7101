import { ConnectorError } from '../connector.ts';
import type { Entry } from '../http/known.ts';
import type { Client } from './client.ts';
import type { Glimpse } from './held.ts';
import { waitingIn } from './names.ts';
import { heldAt, heldPage } from './waiting.ts';

/** Some held messages, and how many pages are still to be read, from the newest on down. */
export type HeldStep = { readonly entries: readonly Glimpse[]; readonly rest: number };

/** What is known to be held on one list, and the newest of it. `isWhole`: all of it could be read. */
export type KnownHeld = { readonly ids: readonly string[]; readonly newest: string; readonly isWhole: boolean };

const PER_PAGE = 20;
/** While messages come in faster than pages are read, the newest are left to the next pull. */
const MOST_JUMPS = 5;

/**
 * A list's held messages from its last page to its first. Those that leave meanwhile move the others to pages that are
 * read later, never to one that was read: nothing is passed over. `page` is where an earlier sweep stopped, 0 for a new
 * one; a new one first asks for the newest known message alone, which tells whether anything changed at all.
 */
export async function* heldSweep(client: Client, list: string, known: Map<string, Entry>, before: KnownHeld | undefined, page: number, signal: AbortSignal): AsyncGenerator<HeldStep> {
  let [at, down] = [page, 1];
  if (page === 0) {
    const ids = before?.ids ?? [];
    const { entries: [last], total } = await heldAt(client, list, Math.max(1, ids.length), signal);
    const isSame = before?.isWhole === true && last !== undefined && last.look !== '' && last.remoteId === before.newest && known.get(encodeURIComponent(last.remoteId))?.look === last.look;
    if (isSame) {
      // Numbers only grow while the newest is there: with it in its place, none before it left, and none came between.
      for (const id of ids) known.set(id, { ...known.get(id) ?? missing(id), met: true });
      if (total <= ids.length) return;
      down = Math.floor(ids.length / PER_PAGE) + 1;
    }
    at = Math.ceil(total / PER_PAGE);
  }
  for (let jumps = 0; at >= down; at -= 1) {
    const step = await readPage(client, list, at, signal);
    const last = Math.ceil(step.total / PER_PAGE);
    if (page === 0 && last > at && jumps < MOST_JUMPS) {
      // The list is longer than it was said to be: its newer part comes first.
      jumps += 1;
      at = last + 1;
      continue;
    }
    jumps = MOST_JUMPS;
    yield { entries: step.entries, rest: at === down ? 0 : at - 1 };
  }
}

/** What is known to be held, by list. */
export function heldByList(known: ReadonlyMap<string, Entry>): ReadonlyMap<string, KnownHeld> {
  const lists = new Map<string, { ids: string[]; newest: string; most: number; isWhole: boolean }>();
  for (const [id, { type, remoteId, look }] of known) {
    const name = type === 'post' ? waitingIn(remoteId) : null;
    if (name === null) continue;
    const list = lists.get(name.list) ?? { ids: [], newest: '', most: -1, isWhole: true };
    lists.set(name.list, list);
    list.ids.push(id);
    list.isWhole &&= look !== '';
    if (Number(name.id) > list.most) Object.assign(list, { newest: remoteId, most: Number(name.id) });
  }
  return lists;
}

/** Messages may be so large that a page of them is more than is taken at once: then they are asked for singly. */
async function readPage(client: Client, list: string, number: number, signal: AbortSignal): Promise<{ readonly entries: readonly Glimpse[]; readonly total: number }> {
  try {
    return await heldPage(client, list, PER_PAGE, number, signal);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'unintelligible') throw error;
    const entries: Glimpse[] = [];
    let total = 0;
    // From the last to the first, for the same reason.
    for (let one = number * PER_PAGE; one > (number - 1) * PER_PAGE; one -= 1) {
      const single = await heldAt(client, list, one, signal);
      entries.push(...single.entries);
      ({ total } = single);
    }
    return { entries, total };
  }
}

function missing(id: string): never {
  throw new Error(`an entry went away while it was looked at: ${id}`);
}

import { ConnectorError } from '../connector.ts';
import type { Batch } from '../connector.ts';
import { flush } from './round.ts';
import type { Round } from './round.ts';
import { openRows } from './rows.ts';
import type { ReadThing } from './schemas.ts';
import { multiOf } from './settings.ts';
import { pageOf } from './things.ts';

/** A listing ends after about 1,000 entries (https://www.reddit.com/dev/api, listings; r2/r2/lib/db/queries.py, precompute_limit); one this long may have been cut. */
const NEAR_THE_CAP = 900;
/** No listing has more. */
const MOST_NEW_PAGES = 10;

type List = { readonly name: string; readonly unmoderated: boolean };

/** The mod queue has what is reported and what filters hold; the reports are read beside it for what it leaves out. */
function listsOf({ input }: Round): readonly List[] {
  const lists = ['modqueue', 'reports'].map((name) => ({ name, unmoderated: false }));
  return input.client.settings.unmoderated ? [...lists, { name: 'unmoderated', unmoderated: true }] : lists;
}

/** Every list to its end. Where Reddit shows only the newest of one, each subreddit is read, its posts and its comments. */
export async function* sweep(round: Round, signal: AbortSignal): AsyncGenerator<Batch> {
  const { input, position } = round;
  const multi = multiOf(input.client.settings.subreddits);
  let pages = 0;
  for (const list of listsOf(round)) {
    const whole = yield* readList(round, list, `/r/${multi}/about/${list.name}`, undefined, signal);
    pages += whole.pages;
    if (whole.count < NEAR_THE_CAP) continue;
    round.capped = true;
    for (const name of await input.subreddits(signal)) {
      for (const only of ['links', 'comments']) {
        pages += (yield* readList(round, list, `/r/${encodeURIComponent(name)}/about/${list.name}`, only, signal)).pages;
      }
    }
  }
  position.pages = pages;
  yield* flush(round);
}

async function* readList(
  round: Round, list: List, path: string, only: string | undefined, signal: AbortSignal,
): AsyncGenerator<Batch, { readonly count: number; readonly pages: number }> {
  const seen = new Set<string>();
  for (let after: string | undefined, pages = 1; ; pages += 1) {
    const page = await pageOf(round.input.client, path, { only, after, count: after === undefined ? undefined : seen.size }, 'the mod queue', signal).catch((error: unknown) => {
      // The mod queue has it all but for rare exceptions.
      if (list.name !== 'modqueue' && error instanceof ConnectorError && error.kind === 'refused') return { things: [], after: null };
      throw error;
    });
    const before = seen.size;
    for (const read of page.things) {
      seen.add(read.thing.name);
      round.position.absent.delete(read.thing.name);
      takeOpen(round, read, true, list.unmoderated);
    }
    if (round.pending.isFull()) yield* flush(round);
    signal.throwIfAborted();
    // A page without anything new would lead round and round.
    if (page.after === null || seen.size === before) return { count: seen.size, pages };
    ({ after } = page);
  }
}

/** The newest of each list, until a page holds only what is known. */
export async function takeNewest(round: Round, signal: AbortSignal): Promise<void> {
  const { input } = round;
  for (const list of listsOf(round)) {
    const path = `/r/${multiOf(input.client.settings.subreddits)}/about/${list.name}`;
    let after: string | null | undefined;
    for (let page = 1; page <= MOST_NEW_PAGES && after !== null; page += 1) {
      const read = await pageOf(input.client, path, { after }, 'the mod queue', signal);
      const news = read.things.filter((one) => takeOpen(round, one, false, list.unmoderated));
      after = news.length === 0 ? null : read.after;
    }
  }
}

/** Takes an entry up; answers whether it looks otherwise than it did. */
export function takeOpen({ input, position, pending, first }: Round, read: ReadThing, met: boolean, unmoderated = false): boolean {
  const { entries } = position.known;
  const before = entries.get(read.thing.name);
  // The list of what nobody looked at says less about a thing than the others, and comes last.
  if (unmoderated && before?.met === true && met) return false;
  const rows = openRows(read, { site: input.client.settings.site, now: input.io.now(), first, unmoderated });
  const isNews = rows.look === '' || before?.look !== rows.look;
  pending.take(rows, met);
  if (isNews) {
    position.broughtAt = input.io.now();
    position.left.delete(read.thing.name);
  }
  return isNews;
}

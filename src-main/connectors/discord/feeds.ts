import { isForbidden, isMissing } from './client.ts';
import type { Client } from './client.ts';
import { auditLog, messages } from './schemas.ts';
import type { WireEntry, WireMessage, WireUser } from './schemas.ts';
import { compareIds, FIRST, laterOf } from './snowflake.ts';

/** One line of a source, by its id. */
export type Line =
  | { readonly kind: 'message'; readonly id: string; readonly channel: string; readonly message: WireMessage }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: WireEntry; readonly users: ReadonlyMap<string, WireUser> };

/** Both lists give up to 100 at once. */
const PAGE = 100;

type Page = { readonly lines: readonly Line[]; readonly full: boolean };
/** One source, read from its oldest unread line on. */
export type Feed = { readonly peek: () => Promise<Line | null>; readonly shift: () => void };

/** Reads a list from its oldest unread line on. */
function makeFeed(from: string | null, read: (after: string) => Promise<Page>): Feed {
  let after = from ?? FIRST;
  let lines: Line[] = [];
  let ended = false;
  return {
    async peek() {
      while (lines.length === 0 && !ended) {
        const page = await read(after);
        // By the ids themselves: an answer that names one twice, or in another order, must not skip another.
        lines = [...new Map(page.lines.map((line) => [line.id, line])).values()].filter(({ id }) => compareIds(id, after) > 0).toSorted((a, b) => compareIds(a.id, b.id));
        after = lines.reduce((latest, { id }) => laterOf(latest, id), after);
        ended = !page.full || lines.length === 0;
      }
      return lines[0] ?? null;
    },
    shift: () => void lines.shift(),
  };
}

const NOTHING: Page = { lines: [], full: false };

/** A source that the bot may not see has nothing; `verify` says so. */
async function orNothing(read: Promise<Page>): Promise<Page> {
  try {
    return await read;
  } catch (error) {
    if (isForbidden(error) || isMissing(error)) return NOTHING;
    throw error;
  }
}

/** The messages of an alert channel, `after` one (resources/message, "Get Channel Messages": a page is newest first). */
export function alertFeed(client: Client, channel: string, from: string | null, signal: AbortSignal): Feed {
  return makeFeed(from, (after) => orNothing((async () => {
    const page = await client.get(`/channels/${channel}/messages?after=${after}&limit=${PAGE}`, messages, 'the alert channel', signal);
    return { full: page.length >= PAGE, lines: page.map((message): Line => ({ kind: 'message', id: message.id, channel, message })) };
  })()));
}

/** The audit log; with `after` it is oldest first (resources/audit-log, "Get Guild Audit Log"). */
export function auditFeed(client: Client, from: string | null, signal: AbortSignal): Feed {
  return makeFeed(from, (after) => orNothing((async () => {
    const page = await client.get(`/guilds/${client.settings.guild}/audit-logs?after=${after}&limit=${PAGE}`, auditLog, 'the audit log', signal);
    const users = new Map(page.users.map((user) => [user.id, user]));
    return { full: page.audit_log_entries.length >= PAGE, lines: page.audit_log_entries.map((entry): Line => ({ kind: 'entry', id: entry.id, entry, users })) };
  })()));
}

/** The lines of all sources in the order in which they were written. */
export async function* merged(feeds: readonly Feed[]): AsyncGenerator<Line> {
  for (;;) {
    let first: { readonly feed: Feed; readonly line: Line } | null = null;
    for (const feed of feeds) {
      const line = await feed.peek();
      if (line !== null && (first === null || compareIds(line.id, first.line.id) < 0)) first = { feed, line };
    }
    if (first === null) return;
    first.feed.shift();
    yield first.line;
  }
}

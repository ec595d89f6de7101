import { ConnectorError } from '../connector.ts';
import type { Client } from './client.ts';
import type { Dialect } from './dialect.ts';
import type { Report } from './model.ts';
import { compareIds } from './position.ts';
import { akkomaRows, rows } from './schemas.ts';

export type Page = {
  /** Newest first. */
  readonly reports: readonly Report[];
  /** Where the next page begins. */
  readonly next: string;
  readonly total: number | null;
};

/** What part of the list to read: from `at` (null: the newest) down to before `floor`. */
export type Range = { readonly at: string | null; readonly floor: string | null; readonly closed?: boolean; readonly target?: string };

/** The list of reports, page by page, from the newest down: a report that is closed meanwhile moves no other out of sight. */
export async function* pagesOf(client: Client, { list }: Dialect, range: Range, signal: AbortSignal): AsyncGenerator<Page> {
  const which = range.closed === true ? list.closed : list.open;
  const about = range.target === undefined ? {} : { target_account_id: range.target };
  const query = { ...which, ...about, [list.sizeName]: list.size };
  if (list.paging === 'pages') {
    const first = Number(range.at ?? 1) || 1;
    let [seen, before] = [0, ''];
    for (let page = first; ; page += 1) {
      const answer = await client.get(list.path, akkomaRows, 'the list of reports', signal, { ...query, page });
      if (answer.reports.length === 0) return;
      const reports = answer.reports.map(list.read);
      const ids = reports.map(({ id }) => id).join(' ');
      if (ids === before) throw sameAgain();
      [seen, before] = [seen + reports.length, ids];
      yield { reports, next: String(page + 1), total: answer.total };
      if (answer.total !== null && first === 1 && seen >= answer.total) return;
    }
  }
  // max_id with since_id below it: min_id means something else in GoToSocial before 0.18.
  for (let { at } = range; ;) {
    const bounds = { ...(at === null ? {} : { max_id: at }), ...(range.floor === null ? {} : { since_id: range.floor }) };
    const { answer, more } = await client.page(list.path, rows, 'the list of reports', signal, { ...query, ...bounds });
    const reports = answer.map(list.read).toSorted((a, b) => compareIds(b.id, a.id));
    const last = reports.at(-1)?.id;
    if (last === undefined) return;
    if (at !== null && compareIds(last, at) >= 0) throw sameAgain();
    at = last;
    yield { reports, next: last, total: null };
    // A page that is not full and names no next one is the last (docs.joinmastodon.org/api/guidelines#pagination).
    if (!more && reports.length < list.size) return;
  }
}

function sameAgain(): ConnectorError {
  return new ConnectorError('unintelligible', 'The server sends the same page of reports again and again. Docket waits and tries again.');
}

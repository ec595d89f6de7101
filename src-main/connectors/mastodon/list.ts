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
    for (let page = Number(range.at ?? 1) || 1; ; page += 1) {
      const answer = await client.get(list.path, akkomaRows, 'the list of reports', signal, { ...query, page });
      if (answer.reports.length === 0) return;
      yield { reports: answer.reports.map(list.read), next: String(page + 1), total: answer.total };
    }
  }
  // max_id with since_id below it: min_id means something else in GoToSocial before 0.18.
  for (let { at } = range; ;) {
    const bounds = { ...(at === null ? {} : { max_id: at }), ...(range.floor === null ? {} : { since_id: range.floor }) };
    const answer = await client.get(list.path, rows, 'the list of reports', signal, { ...query, ...bounds });
    const reports = answer.map(list.read).toSorted((a, b) => compareIds(b.id, a.id));
    const last = reports.at(-1)?.id;
    if (last === undefined) return;
    if (at !== null && compareIds(last, at) >= 0) {
      throw new ConnectorError('unintelligible', 'The server sends the same page of reports again and again. Docket waits and tries again.');
    }
    at = last;
    yield { reports, next: last, total: null };
  }
}

import { useState } from 'react';
import { useCommands } from '../../commands/handlers.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { useNow } from '../../state/clock.ts';
import { navigate, replaceRoute } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { usePages } from '../../state/use-pages.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { ago } from '../../ui/time-words.ts';
import { EventPane } from './event-pane.tsx';
import { Filters } from './filters.tsx';
import { HistoryTable } from './history-table.tsx';
import { toFilter } from './query.ts';
import { useNames } from './use-names.ts';
import { useHistoryView } from './view-state.ts';
import css from './history-place.module.css';

/** What is known of the chain, in a few words. */
function chainWords(about: { readonly verifiedAt: number | null; readonly whole: boolean | null } | undefined, checking: boolean, now: number): string {
  if (checking) return 'checking the chain';
  if (about === undefined || about.verifiedAt === null) return 'chain not checked yet';
  const past = ago(about.verifiedAt, now);
  return `${about.whole === false ? 'chain broken' : 'chain verified'} ${past === 'now' ? 'just now' : `${past} ago`}`;
}

/** Every event of the log, its filters, and what was seen when it was decided. */
export function HistoryPlace({ id }: { readonly id: string | null }) {
  const { query, selected } = useHistoryView();
  const { names, about, reload } = useNames();
  const [filtering, setFiltering] = useState(false);
  const [checking, setChecking] = useState(false);
  const now = useNow();
  const { rows, failure, loaded, more } = usePages(JSON.stringify(query), ['history', 'decisions'], (after) => client.history.page({ filter: toFilter(query, Date.now()), after }));
  const open = id !== null;
  const current = id ?? selected ?? rows[0]?.id ?? null;
  const row = rows.find((known) => known.id === current);

  function select(next: string): void {
    useHistoryView.setState({ selected: next });
    if (open) replaceRoute('history', next);
  }
  function ask(next: typeof query): void {
    useHistoryView.setState({ query: next, selected: null });
    if (open) replaceRoute('history', null);
  }
  async function verify(): Promise<void> {
    setChecking(true);
    const result = await attempt(client.history.verify());
    setChecking(false);
    reload();
    if (result !== null) toast({ id: 'verify', tone: result.whole ? 'done' : 'failed', text: result.said, ...(result.whole ? {} : { until: null }) });
  }
  async function openItem(): Promise<void> {
    if (current === null) return;
    const detail = await attempt(client.history.get({ id: current }));
    const itemId = detail?.seen.find((seen) => seen.itemId !== null)?.itemId ?? null;
    if (itemId !== null) navigate('queue', String(itemId));
    else if (detail !== null) toast({ id: 'why-not', text: 'This event is not about an item that is still here.' });
  }

  useListMoves(rows.map((known) => known.id), current, select);
  useCommands({
    'history.open': { run: () => { if (current !== null) navigate('history', open ? null : current); }, why: () => (current === null ? 'There is no event here.' : null) },
    'history.item': { run: () => { void openItem(); }, why: () => (row === undefined || !row.kind.startsWith('decision.') ? 'Only decisions lead to an item.' : null) },
    'history.clear': { run: () => ask({}), why: () => (Object.keys(query).length === 0 ? 'No filter is set.' : null) },
    'history.verify': { run: () => { void verify(); }, why: () => (checking ? 'It is being checked.' : null) },
    'find.filter': () => setFiltering(true),
    'app.cancel': open ? () => replaceRoute('history', null) : undefined,
  });

  const filtered = Object.keys(query).length > 0;
  return (
    <div className={css.place} data-open={open || undefined}>
      <div className={css.main}>
        <PlaceHead title="History" said={about === undefined ? undefined : <span className={about.whole === false ? css.broken : undefined}>{about.events.toLocaleString()} events · {chainWords(about, checking, now)}</span>}>
          <Filters query={query} names={names} onQuery={ask} open={filtering} onOpen={setFiltering} />
        </PlaceHead>
        {failure !== null && <div className={css.failure}><ErrorNote failure={failure} /></div>}
        {rows.length > 0 && <HistoryTable rows={rows} selected={current} onSelect={select} onOpen={(next) => navigate('history', next)} more={more} />}
        {rows.length === 0 && loaded && failure === null && (
          <Empty
            title={filtered ? 'Nothing in the log fits' : 'Nothing has happened yet'}
            said={filtered ? 'Take a chip away, or clear them all.' : 'Every decision, note and change of a guideline will be one line here, in a chain that shows when someone tampered with it.'}
            {...(filtered ? { next: [{ keys: 'Shift+X', text: 'clear the filters' }] } : {})}
          />
        )}
      </div>
      {open && <aside className={css.side} aria-label="What was seen"><EventPane id={id} /></aside>}
    </div>
  );
}

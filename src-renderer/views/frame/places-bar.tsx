import { Check, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useKey } from '../../commands/use-keys.ts';
import { navigate } from '../../state/route.ts';
import type { Place } from '../../state/route.ts';
import { useCounts } from '../../state/counts.ts';
import { classes } from '../../ui/classes.ts';
import { Hint } from '../../ui/hint.tsx';
import { placeEntries } from '../places.ts';
import type { PlaceEntry } from '../places.ts';
import { needsPerson } from '../connections/health-words.ts';
import { SavedViews } from './saved-views.tsx';
import { countWords } from '../../ui/count-words.ts';
import css from './places-bar.module.css';

/** The places with their counts, the saved views with their number keys, and this shift. */
export function Places({ current }: { readonly current: Place }) {
  const entries = placeEntries.filter((entry) => entry.place !== 'settings');
  const settings = placeEntries.find((entry) => entry.place === 'settings');
  return (
    <nav className={css.bar} aria-label="Places">
      <ul className={css.list}>{entries.map((entry) => <PlaceLine key={entry.place} entry={entry} current={entry.place === current} />)}</ul>
      <SavedViews />
      <Shift />
      {settings !== undefined && <ul className={classes(css.list, css.last)}><PlaceLine entry={settings} current={current === 'settings'} /></ul>}
    </nav>
  );
}

function PlaceLine({ entry, current }: { readonly entry: PlaceEntry; readonly current: boolean }) {
  const keys = useKey(entry.command);
  const Icon = entry.icon;
  return (
    <li>
      <Hint text={entry.title} keys={keys} side="right">
        <button type="button" className={css.line} aria-current={current ? 'page' : undefined} onClick={() => navigate(entry.place)}>
          <Icon aria-hidden="true" />
          <span className={css.title}>{entry.title}</span>
          <PlaceCount place={entry.place} />
        </button>
      </Hint>
    </li>
  );
}

function PlaceCount({ place }: { readonly place: Place }): ReactNode {
  const open = useCounts((state) => (state.queue?.byState.open ?? 0) + (state.queue?.byState.conflict ?? 0));
  const due = useCounts((state) => state.cases?.due ?? 0);
  const cases = useCounts((state) => state.cases?.open ?? 0);
  const troubled = useCounts((state) => (state.connections ?? []).filter(({ health }) => needsPerson(health.state)).length);
  if (place === 'queue' && open > 0) return <span className={classes(css.count, 'tabular')}>{countWords(open)}</span>;
  if (place === 'cases' && cases > 0) return <span className={classes(css.count, 'tabular')}>{due > 0 ? `${due} due` : countWords(cases)}</span>;
  if (place === 'connections' && troubled > 0) return <span className={classes(css.count, css.trouble, 'tabular')} title="Need attention">{troubled}</span>;
  return null;
}

function Shift() {
  const decided = useCounts((state) => state.queue?.decidedToday ?? 0);
  const snoozed = useCounts((state) => state.queue?.byState.snoozed ?? 0);
  return (
    <section className={css.shift}>
      <h2 className={css.heading}>This shift</h2>
      <dl>
        <div className={css.fact}><dt><Check aria-hidden="true" />Decided</dt><dd className="tabular">{countWords(decided)}</dd></div>
        <div className={css.fact}><dt><Clock aria-hidden="true" />Snoozed</dt><dd className="tabular">{countWords(snoozed)}</dd></div>
      </dl>
    </section>
  );
}

import { useEffect, useId } from 'react';
import type { CaseDetail } from '../../../src-main/contract/work.ts';
import { classes } from '../../ui/classes.ts';
import { Time } from '../../ui/time.tsx';
import { twoSides } from './timeline.ts';
import type { TimelineEntry } from './timeline.ts';
import css from './timeline-view.module.css';

type TimelineViewProps = {
  readonly detail: CaseDetail;
  readonly entries: readonly TimelineEntry[];
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly onOpen: (entry: TimelineEntry) => void;
};

/** What happened between the two sides, in order of time; each side's own on its side, notes in the middle. */
export function TimelineView({ detail, entries, selected, onSelect, onOpen }: TimelineViewProps) {
  const { affected, other } = twoSides(detail.parties);
  const base = useId();
  useEffect(() => { if (selected !== null) document.getElementById(`${base}-${selected}`)?.scrollIntoView({ block: 'nearest' }); }, [base, selected]);
  return (
    <section className={css.card} aria-label="Timeline">
      <header className={css.sides}>
        <h2 dir="auto">{affected?.name ?? ''}</h2>
        <h2 dir="auto">{other?.name ?? ''}</h2>
      </header>
      <ol className={css.list}>
        {entries.map((entry) => (
          <li key={entry.key} id={`${base}-${entry.key}`} className={css.entry} data-side={entry.side} data-selected={entry.key === selected || undefined}>
            <button
              type="button"
              tabIndex={-1}
              className={classes(css.bubble, entry.key === selected && css.selected, entry.gone && css.gone)}
              onMouseDown={() => onSelect(entry.key)}
              onDoubleClick={() => onOpen(entry)}
            >
              <bdi className={css.text}>{entry.text === '' ? 'No text' : entry.text}</bdi>
              {entry.aside !== '' && <span className={css.aside}>{entry.aside}</span>}
            </button>
            <span className={css.at}><Time at={entry.at} as="when" /></span>
          </li>
        ))}
      </ol>
    </section>
  );
}

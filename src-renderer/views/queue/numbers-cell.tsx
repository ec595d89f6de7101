import { memo } from 'react';
import { useRow } from '../../state/rows.ts';
import { useNow } from '../../state/clock.ts';
import { Badge } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { sayWhole } from '../../ui/time.tsx';
import { ago, due } from '../../ui/time-words.ts';
import { countWords } from '../../ui/count-words.ts';
import css from './queue-grid.module.css';

const SOON_MS = 45 * 60_000;

/** How many reports, how old, until when. */
export const NumbersCell = memo(function NumbersCell({ id }: { readonly id: number }) {
  const row = useRow(id);
  const now = useNow();
  if (row === undefined) return null;
  const until = row.state === 'snoozed' ? row.snoozedUntil : row.dueAt;
  return (
    <>
      <p className={css.count}>
        <Badge>{countWords(row.reportCount)}</Badge>
        <time className={classes(css.age, 'tabular')} dateTime={new Date(row.lastReportAt).toISOString()} onMouseEnter={(event) => sayWhole(event, row.lastReportAt)}>{ago(row.lastReportAt, now)}</time>
      </p>
      {until !== null && (row.state === 'open' || row.state === 'conflict' || row.state === 'snoozed') && (
        <p className={classes(css.due, row.state !== 'snoozed' && until - now < SOON_MS && css.soon, 'tabular')}>
          <time dateTime={new Date(until).toISOString()} onMouseEnter={(event) => sayWhole(event, until)}>{row.state === 'snoozed' ? due(until, now).replace('due', 'back') : due(until, now)}</time>
        </p>
      )}
    </>
  );
});

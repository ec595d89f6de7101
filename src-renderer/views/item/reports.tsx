import type { ItemDetail, ReportView } from '../../../src-main/contract/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { togglePart, usePartOpen } from '../../state/item-view.ts';
import { CATEGORY_WORDS } from '../../state/verb-words.ts';
import { Keys } from '../../ui/kbd.tsx';
import { Time } from '../../ui/time.tsx';
import { clampText } from './clamp.ts';
import { recordOf } from './reporter-words.ts';
import css from './reports.module.css';

/** Reports shown before all are asked for. */
const FIRST = 3;
const MOST_COMMENT = 600;

/** Who complained of what, and how reliable each reporter has been. */
export function Reports({ detail }: { readonly detail: ItemDetail }) {
  const { row, reports } = detail;
  const all = usePartOpen(row.id, 'reports');
  const keys = useKey('look.reports');
  const shown = all ? reports : reports.slice(0, FIRST);
  return (
    <section className={css.reports} aria-label="Reports">
      <header className={css.head}>
        <h2>{reports.length === 1 ? '1 report' : `${reports.length} reports`}</h2>
        <span>{reports.length > 1 && <>first <Time at={row.firstReportAt} as="moment" /> · latest </>}<Time at={row.lastReportAt} as="moment" /></span>
      </header>
      <ul>{shown.map((report, slot) => <ReportLine key={`report ${slot}`} report={report} />)}</ul>
      {reports.length > FIRST && (
        <button type="button" className={css.more} onMouseDown={(event) => event.preventDefault()} onClick={() => togglePart(row.id, 'reports')}>
          {all ? 'fewer' : `and ${reports.length - FIRST} more`} {keys !== undefined && <Keys chord={keys} />}
        </button>
      )}
    </section>
  );
}

function ReportLine({ report }: { readonly report: ReportView }) {
  const { right, total, said } = recordOf(report);
  const share = total === 0 ? 0 : right / total;
  return (
    <li className={css.report} data-open={report.open}>
      <span className={css.bar} aria-hidden="true"><span data-new={total === 0} style={{ inlineSize: `${total === 0 ? 22 : Math.max(6, share * 100)}%` }} data-low={total > 2 && share < 0.4} /></span>
      <span className={css.said} dir="auto">
        <bdi className={css.who}>{report.reporter?.name ?? 'Someone'}</bdi>
        {' — '}
        {report.comment === '' ? report.remoteCategory ?? CATEGORY_WORDS[report.category] : <>“{clampText(report.comment, MOST_COMMENT)}”</>}
        {report.comment !== '' && <>{' '}<span className={css.category}>{report.remoteCategory ?? CATEGORY_WORDS[report.category]}</span></>}
      </span>
      <span className={css.reliable}>{report.open ? said : `closed · ${said}`}</span>
    </li>
  );
}

import type { ReportView } from '../../../src-main/contract/queue.ts';

/** What was judged here counts first; what the platform says of a reporter stands beside it. */
export function recordOf({ reporterUpheld, reporterTotal, reporterThere }: Pick<ReportView, 'reporterUpheld' | 'reporterTotal' | 'reporterThere'>): { readonly right: number; readonly total: number; readonly said: string } {
  const there = reporterThere === null || reporterThere.made === 0 ? null : reporterThere;
  const saidThere = there === null ? '' : `${there.upheld} of ${there.made} upheld there`;
  if (reporterTotal === 0) return { right: there?.upheld ?? 0, total: there?.made ?? 0, said: saidThere === '' ? 'first report' : saidThere };
  const here = `right ${reporterUpheld} of ${reporterTotal}`;
  return { right: reporterUpheld, total: reporterTotal, said: saidThere === '' ? here : `${here} · ${saidThere}` };
}

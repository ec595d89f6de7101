import type { HeldReport } from '../http/held-reports.ts';
import { merged, NOTHING } from '../http/rows.ts';
import type { Rows } from '../http/rows.ts';
import { isOpen, KINDS, TYPES } from './model.ts';
import type { Round } from './pull.ts';
import { reportById } from './state.ts';
import { rowsOf } from './subjects.ts';

/** Reports that are asked for in one pull; the rest waits for the next, so that news never waits long. */
const AT_ONCE = 60;
/** Why a report is in no list (server/core/models/abuse/sql/abuse-query-builder.ts). */
export const GONE = 'report deleted, or its reporter muted';
/** Reports in a batch: what is known is not lost to a kill. */
const IN_BATCH = 15;

/** Asks for reports that are no longer in the list of open ones: what became of them, or that they are gone. */
export async function* settle(
  { client, io, memory, waiting }: Round, missing: readonly HeldReport[], signal: AbortSignal,
): AsyncGenerator<{ readonly rows: Rows; readonly left: readonly HeldReport[]; readonly open: readonly HeldReport[] }> {
  for (let from = 0; from < Math.min(missing.length, AT_ONCE); from += IN_BATCH) {
    const rows: Rows[] = [];
    const open: HeldReport[] = [];
    for (const one of missing.slice(from, from + IN_BATCH)) {
      const report = await reportById(client, one.id, signal);
      const orderId = memory.ours.get(one.id) ?? null;
      const kind = KINDS.find((known) => known === one.kind);
      if (report !== null && isOpen(report)) open.push(one);
      else if (report !== null) rows.push(rowsOf(client.server, report, waiting, kind === undefined ? null : { kind, id: one.about }, io.now(), orderId));
      // The list leaves out what muted accounts and servers reported, and deleted reports; it does not tell which.
      else if (kind !== undefined) rows.push({ ...NOTHING, resolutions: [{ subject: { type: TYPES[kind], remoteId: one.about }, by: null, what: GONE, at: null, orderId, closes: true, reportId: one.id }] });
    }
    yield { rows: merged(rows), left: missing.slice(from + IN_BATCH), open };
  }
}

import type { HeldReport } from '../http/held-reports.ts';
import { merged } from '../http/rows.ts';
import type { Rows } from '../http/rows.ts';
import { keyOf, readKey, TYPES } from './model.ts';
import type { PullInput } from './pull.ts';
import { reportsAbout } from './state.ts';
import { rowsOf } from './subjects.ts';

/** Things whose reports are asked for in one pull; the rest waits for the next, so that news never waits long. */
const AT_ONCE = 60;

/** Asks about reports that are no longer in the list of open ones: who closed them and when, or that they are gone. */
export async function* settle(
  input: PullInput, missing: readonly HeldReport[], signal: AbortSignal,
): AsyncGenerator<{ readonly rows: Rows; readonly left: readonly HeldReport[]; readonly open: readonly HeldReport[] }> {
  let left = missing;
  for (let asked = 0; left.length > 0 && asked < AT_ONCE; asked += 1) {
    const [first] = left;
    if (first === undefined) return;
    const together = left.filter(({ kind, about }) => kind === first.kind && about === first.about);
    left = left.filter((one) => !together.includes(one));
    const name = readKey(`${first.kind}/${first.about}`);
    if (name === null) continue;
    const { found, whole } = await reportsAbout(input, name, signal);
    const byId = new Map(found.map((report) => [report.id, report]));
    const rows = together.map(({ id }): Rows | null => {
      const report = byId.get(id);
      if (report?.resolved === false) return null;
      if (report !== undefined) return rowsOf(input.client.server, report, input.io.now(), input.memory.ours.get(report.key) ?? null);
      // Reports go with what they are about when an admin purges it.
      const what = whole ? 'report gone' : 'resolved';
      const subject = { type: TYPES[name.kind], remoteId: `${name.kind}/${name.id}` };
      return { members: [], subjects: [], reports: [], resolutions: [{ subject, by: null, what, at: null, orderId: null, closes: true, reportId: keyOf(name.kind, id) }] };
    });
    yield { rows: merged(rows.flatMap((one) => one ?? [])), left, open: together.filter(({ id }) => byId.get(id)?.resolved === false) };
  }
}

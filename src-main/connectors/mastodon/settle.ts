import { z } from 'zod';
import type { Batch } from '../connector.ts';
import { packRows } from './batches.ts';
import { withCloser } from './closer.ts';
import type { Entries, Named } from './held.ts';
import { remember } from './memory.ts';
import type { PullInput } from './pull.ts';
import { entryIds, namesOf, rowsOf } from './subjects.ts';
import type { Rows } from './subjects.ts';

/** Reports that are asked for in one pull; the rest waits for the next, so that news never waits long. */
const AT_ONCE = 60;
/** Reports in a batch: what is known is not lost to a kill. */
const IN_BATCH = 15;

/** Asks for reports that are no longer in the list of open ones: who closed them and when, or that they are gone. */
export async function* settle(
  input: PullInput, missing: Entries, signal: AbortSignal,
): AsyncGenerator<{ readonly rows: Omit<Batch, 'cursor' | 'total'>; readonly left: Entries; readonly open: Entries }> {
  const all = [...missing];
  for (let from = 0; from < Math.min(all.length, AT_ONCE); from += IN_BATCH) {
    const rows: Rows[] = [];
    const open = new Map<string, readonly Named[]>();
    for (const [id, named] of all.slice(from, from + IN_BATCH)) {
      const found = await settled(input, id, named, signal);
      if (found === 'open') open.set(id, named);
      else rows.push(found);
    }
    const left = new Map(all.slice(from + IN_BATCH));
    const packed = [...packRows(rows)];
    for (const [index, one] of packed.entries()) yield { rows: one.rows, left: index === packed.length - 1 ? left : new Map(all.slice(from)), open };
    if (packed.length === 0) yield { rows: { members: [], subjects: [], reports: [], resolutions: [] }, left, open };
  }
}

async function settled(input: PullInput, id: string, named: readonly Named[], signal: AbortSignal): Promise<Rows | 'open'> {
  const { io, client, place, memory } = input;
  const { dialect } = place;
  const row = await client.find(dialect.report(id), z.unknown(), 'a report', signal);
  if (row !== null) {
    const report = dialect.list.read(row);
    remember(memory, report, namesOf(report, named));
    if (report.handled === null) return 'open';
    return rowsOf(place, await withCloser(client, dialect, report, signal), named, memory.ours.get(id) ?? null, io.now());
  }
  // Reports go with the account that they are about (app/models/account.rb, dependent: :destroy).
  memory.known.delete(id);
  return {
    members: [], subjects: [], reports: [],
    resolutions: entryIds(id, named).map(({ reportId, subject }) => ({ subject, by: null, what: 'report deleted', at: null, orderId: null, closes: true, reportId })),
  };
}

import { z } from 'zod';
import type { Batch } from '../connector.ts';
import { packRows } from './batches.ts';
import { withCloser } from './closer.ts';
import { remember } from './memory.ts';
import type { PullInput } from './pull.ts';
import { namesOf, rowsOf } from './subjects.ts';
import type { Rows } from './subjects.ts';

/** Reports that are asked for in one pull; the rest waits for the next, so that news never waits long. */
const AT_ONCE = 60;
/** Reports in a batch: what is known is not lost to a kill. */
const IN_BATCH = 15;

/** Asks for reports that are no longer in the list of open ones: who closed them and when, or that they are gone. */
export async function* settle(
  input: PullInput, missing: readonly string[], signal: AbortSignal,
): AsyncGenerator<{ readonly rows: Omit<Batch, 'cursor' | 'total'>; readonly left: readonly string[]; readonly open: readonly string[] }> {
  for (let from = 0; from < Math.min(missing.length, AT_ONCE); from += IN_BATCH) {
    const some = missing.slice(from, from + IN_BATCH);
    const rows: Rows[] = [];
    const open: string[] = [];
    for (const id of some) {
      const found = await settled(input, id, signal);
      if (found === 'open') open.push(id);
      else rows.push(found);
    }
    const left = missing.slice(from + IN_BATCH);
    const packed = [...packRows(rows)];
    for (const [index, one] of packed.entries()) yield { rows: one.rows, left: index === packed.length - 1 ? left : missing.slice(from), open };
    if (packed.length === 0) yield { rows: { members: [], subjects: [], reports: [], resolutions: [] }, left, open };
  }
}

async function settled(input: PullInput, id: string, signal: AbortSignal): Promise<Rows | 'open'> {
  const { io, client, place, memory } = input;
  const { dialect } = place;
  const row = await client.find(dialect.report(id), z.unknown(), 'a report', signal);
  if (row !== null) {
    const report = dialect.list.read(row);
    remember(memory, report, namesOf(report));
    if (report.handled === null) return 'open';
    return rowsOf(place, await withCloser(client, dialect, report, signal), memory.ours.get(id) ?? null, io.now());
  }
  // Reports go with the account that they are about (app/models/account.rb, dependent: :destroy).
  const subjects = (memory.known.get(id)?.subjects ?? []).map((name) => ({ type: name.startsWith('post ') ? 'post' as const : 'member' as const, remoteId: name.replace(/^\w+ /, '') }));
  memory.known.delete(id);
  return {
    members: [], subjects: [], reports: [],
    resolutions: subjects.map((subject) => ({ subject, by: null, what: 'report deleted', at: null, orderId: null, closes: true })),
  };
}

import type { Batch } from '../connector.ts';
import type { Community } from './community.ts';
import type { Cursor } from './cursor.ts';
import { gather } from './stream.ts';
import { DONE, pastHandling, plannedHandling } from './world/moderators.ts';
import { reportAt } from './world/reports.ts';
import { subjectAt } from './world/subjects.ts';
import type { Told } from './world/subjects.ts';
import { reportTime } from './world/world.ts';

/** The next batch of what was there at the first pull; moves the cursor on. */
export function historyBatch(community: Community, cursor: Cursor, now: number): Batch {
  const { world } = community;
  const rows = gather(community, now);
  let told: Told | null = null;
  while (cursor.next < world.size && !rows.isFull()) {
    const index = cursor.next;
    const { subject, nth } = world.layout.reported(index);
    if (told === null || told.index !== subject) {
      told = subjectAt(world, subject, reportTime(world, index - nth));
      rows.subject(told);
    }
    const past = pastHandling(world, told);
    const report = reportAt(world, told, { remoteId: `r${index}`, index, nth, at: reportTime(world, index), open: past === null });
    if (report.reporterId !== null) rows.member(report.reporterId, report.createdAt);
    rows.report(report);
    if (nth === 0 && past !== null) {
      rows.resolution({ subject: report.subject, by: past.by, what: DONE[past.verb], at: past.at, orderId: null, closes: true });
    }
    if (nth === 0) remember(cursor, told);
    if (nth === 0 && plannedHandling(world, told) !== null) cursor.planned.push([told.index, told.reportedAt]);
    cursor.next += 1;
  }
  cursor.marks = [...community.journal.all()];
  return rows.batch(cursor);
}

const RECENT = 24;

/** Keeps the latest subjects at hand, for what happens to them later. */
export function remember(cursor: Cursor, told: Told): void {
  cursor.recent.push([told.index, told.reportedAt]);
  if (cursor.recent.length > RECENT) cursor.recent.shift();
}

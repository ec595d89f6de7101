import type { Batch } from '../connector.ts';
import { subjectNow } from './community.ts';
import type { Community } from './community.ts';
import type { Cursor } from './cursor.ts';
import { remember } from './history.ts';
import { silencedUntil } from './journal.ts';
import type { Mark } from './journal.ts';
import { gather } from './stream.ts';
import type { Gathering } from './stream.ts';
import { diceFor, SALT } from './world/dice.ts';
import { plannedHandling } from './world/moderators.ts';
import { reportAt } from './world/reports.ts';
import { subjectAt } from './world/subjects.ts';
import type { Told } from './world/subjects.ts';
import { DAY, MINUTE, trickleGap } from './world/world.ts';

/** However long nobody looked, no more than this much is made up for: a week off is no flood. */
const MADE_UP = 15 * MINUTE;

/** What happened in the community up to `now` since the cursor; null where nothing did. Moves the cursor on. */
export function liveBatch(community: Community, cursor: Cursor, now: number): Batch | null {
  const rows = gather(community, now);
  if (cursor.nextAt < now - MADE_UP) cursor.nextAt = now - MADE_UP;
  while (cursor.nextAt <= now && !rows.isFull()) {
    newReport(community, cursor, rows);
    cursor.nextAt += trickleGap(community.world, cursor.next);
    cursor.next += 1;
  }
  carryOut(community, cursor, now);
  for (const mark of community.journal.after(cursor.told)) {
    if (rows.isFull()) break;
    rows.mark(mark);
    cursor.told = mark.n;
  }
  cursor.marks = [...community.journal.all()];
  return rows.isEmpty() ? null : rows.batch(cursor);
}

function newReport(community: Community, cursor: Cursor, rows: Gathering): void {
  const { world, journal } = community;
  const [index, at] = [cursor.next, cursor.nextAt];
  const { subject, nth } = world.layout.reported(index);
  const known = nth === 0 ? undefined : cursor.recent.find(([seen]) => seen === subject);
  const told = subjectAt(world, subject, known?.[1] ?? at);
  // Whoever may not post does not, and what is gone is not reported.
  if (isGone(community, told) || (known === undefined && told.authorId !== null && silencedUntil(journal, told.authorId, at) !== null)) return;
  if (known === undefined) remember(cursor, told);
  tellReport(community, rows, told, `r${index}`, index, nth, at);
  if (nth === 0 && plannedHandling(world, told) !== null) cursor.planned.push([told.index, told.reportedAt]);

  const dice = diceFor(world.seed, SALT.edit, index);
  const other = cursor.recent[dice.below(cursor.recent.length)];
  if (other === undefined || other[0] === subject || dice.chance(0.75)) return;
  const earlier = subjectAt(world, other[0], other[1]);
  if (isGone(community, earlier) || (earlier.authorId !== null && silencedUntil(journal, earlier.authorId, at) !== null)) return;
  const { type } = earlier.subject;
  if (dice.chance(0.5)) tellReport(community, rows, earlier, `late${index}`, index + 500_000_000, 9, at);
  else if (type === 'post' || type === 'message') addMark(community, earlier, { id: `own${index}`, did: dice.chance(0.3) ? 'delete' : 'edit', by: earlier.authorId, at });
}

function tellReport(community: Community, rows: Gathering, told: Told, remoteId: string, index: number, nth: number, at: number): void {
  const report = reportAt(community.world, told, { remoteId, index, nth, at, open: true });
  rows.subject(told);
  if (report.reporterId !== null) rows.member(report.reporterId, at);
  rows.report(report);
}

function isGone(community: Community, told: Told): boolean {
  const now = subjectNow(community, told);
  return now.deletedAt !== null || (now.removed && !told.subject.removed);
}

/** The team does what it planned, where nobody was first. */
function carryOut(community: Community, cursor: Cursor, now: number): void {
  cursor.planned = cursor.planned.filter(([index, reportedAt]) => keepPlan(community, subjectAt(community.world, index, reportedAt), now));
}

/** Does what the team planned for one subject if its time has come; answers whether it is still planned. */
export function keepPlan(community: Community, told: Told, now: number): boolean {
  const { world, journal } = community;
  const handling = plannedHandling(world, told);
  if (handling === null || journal.aboutSubject(told.subject.type, told.subject.remoteId).some((mark) => mark.did !== 'edit')) return false;
  if (handling.at > now) return true;
  addMark(community, told, { id: `team${told.index}`, did: handling.verb, by: handling.by, at: handling.at });
  return false;
}

function addMark(community: Community, told: Told, mark: Pick<Mark, 'id' | 'did' | 'by' | 'at'>): void {
  const { type, remoteId } = told.subject;
  community.journal.add({
    ...mark, type, remoteId, index: told.index, reportedAt: told.reportedAt, reverses: null, labels: [],
    until: mark.did === 'suspend' ? mark.at + 14 * DAY : null,
    memberId: mark.did === 'suspend' || mark.did === 'warn' ? told.authorId : null,
  });
}

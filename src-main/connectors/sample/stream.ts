import type { Batch, RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import { memberNow, subjectNow } from './community.ts';
import type { Community } from './community.ts';
import { ACCOUNT_NAME } from './account.ts';
import { writeCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type { Mark } from './journal.ts';
import { DONE } from './world/moderators.ts';
import type { Told } from './world/subjects.ts';
import { subjectAt } from './world/subjects.ts';

/** The most rows of each kind in one batch. */
const MOST_ROWS = 200;
/** One more report brings two members, and a few marks may come with it. */
const SPARE_ROWS = 4;

/** Gathers the rows of one batch, each once. */
export type Gathering = {
  readonly subject: (told: Told) => void;
  readonly member: (id: string, seenAt: number) => void;
  readonly report: (report: RemoteReport) => void;
  readonly resolution: (resolution: Resolution) => void;
  /** Rows for a mark: the subject and the member as they are now, and who did it. */
  readonly mark: (mark: Mark) => void;
  readonly isFull: () => boolean;
  readonly isEmpty: () => boolean;
  readonly batch: (cursor: Cursor) => Batch;
};

export function gather(community: Community, now: number): Gathering {
  const members = new Map<string, RemoteMember>();
  const subjects = new Map<string, RemoteSubject>();
  const reports: RemoteReport[] = [];
  const resolutions: Resolution[] = [];

  function member(id: string, seenAt: number): void {
    if (!members.has(id)) members.set(id, memberNow(community, id, seenAt, now));
  }
  function subject(told: Told): void {
    subjects.set(`${told.subject.type}:${told.subject.remoteId}`, subjectNow(community, told));
    if (told.authorId !== null) member(told.authorId, told.reportedAt);
  }

  return {
    subject,
    member,
    report(report) {
      reports.push(report);
    },
    resolution(resolution) {
      resolutions.push(resolution);
    },
    mark(mark) {
      subject(subjectAt(community.world, mark.index, mark.reportedAt));
      if (mark.did === 'edit' || mark.did === 'delete') return;
      resolutions.push({
        subject: { type: mark.type, remoteId: mark.remoteId },
        by: mark.by ?? ACCOUNT_NAME,
        what: mark.reverses === null ? DONE[mark.did] : `took back: ${DONE[mark.did]}`,
        at: mark.at,
        orderId: mark.by === null ? mark.id : null,
        closes: mark.reverses === null && mark.did !== 'label' && mark.did !== 'message',
      });
    },
    isFull: () => Math.max(members.size, subjects.size, reports.length, resolutions.length) > MOST_ROWS - SPARE_ROWS,
    isEmpty: () => subjects.size + reports.length + resolutions.length === 0,
    batch: (cursor) => ({
      members: [...members.values()],
      subjects: [...subjects.values()],
      reports,
      resolutions,
      cursor: writeCursor(cursor),
      total: cursor.next <= cursor.size ? cursor.size : null,
    }),
  };
}

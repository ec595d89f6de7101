import type { ItemState } from '../contract/words.ts';

/** What people decided about the subject, as the log's latest standing decision has it. */
export type Mark = {
  readonly state: 'decided' | 'escalated' | 'snoozed' | 'handled' | null;
  readonly outcome: 'upheld' | 'dismissed' | null;
  readonly markedAt: number | null;
  readonly snoozedUntil: number | null;
};

/** Everything that bears on where an item stands. Times are ms since the epoch, all of them by this machine's clock. */
export type Standing = {
  /** When the latest report came here, or was opened again, that the platform still counts as open; null where there is none. */
  readonly lastOpenReportAt: number | null;
  readonly mark: Mark | null;
  /** When it was seen that someone else had closed it on the platform, after its last report; echoes of our own orders are not counted. */
  readonly closedOutsideAt: number | null;
  /** Whether an order of ours reached the platform, so that its reports may be closed by us. */
  readonly echoed: boolean;
  /** Whether a delivery waits for a person to choose between ours and theirs. */
  readonly conflict: boolean;
};

export type Lifecycle = {
  readonly state: ItemState;
  readonly outcome: 'upheld' | 'dismissed' | null;
  /** A report came after a decision. */
  readonly reopened: boolean;
  readonly snoozedUntil: number | null;
};

/**
 * Where an item stands now. What came last wins: a report after a decision reopens it, someone else's closing after
 * that handles it, and a conflict stands above all until a person chose.
 */
export function lifecycle(standing: Standing, now: number): Lifecycle {
  const { mark, closedOutsideAt, lastOpenReportAt } = standing;
  const marked = mark === null || mark.state === null ? null : mark.state;
  const markedAt = marked === null ? null : mark?.markedAt ?? null;
  const reopened = markedAt !== null && lastOpenReportAt !== null && lastOpenReportAt > markedAt;
  const plain = { outcome: null, reopened, snoozedUntil: null };
  if (standing.conflict) return { ...plain, state: 'conflict' };

  const closedLast = closedOutsideAt !== null && (markedAt === null || closedOutsideAt > markedAt);
  if (mark === null || marked === null || markedAt === null) {
    if (closedLast) return { ...plain, state: 'handled' };
    // Nothing open there and nobody to name: closed there, unless it was by a decision of ours that was undone.
    return { ...plain, state: lastOpenReportAt === null && !standing.echoed ? 'handled' : 'open' };
  }
  const decided = { outcome: mark.outcome, reopened: false, snoozedUntil: null };
  if (reopened) return { ...plain, state: closedLast ? 'handled' : 'open' };
  switch (marked) {
    case 'snoozed':
      if (closedLast) return { ...decided, state: 'handled' };
      return mark.snoozedUntil === null || now >= mark.snoozedUntil
        ? { ...plain, state: 'open' }
        : { ...decided, state: 'snoozed', snoozedUntil: mark.snoozedUntil };
    case 'escalated':
      return { ...decided, state: closedLast ? 'handled' : 'escalated' };
    case 'decided':
    case 'handled':
      // Decided stays decided: a later closing there only agrees.
      return { ...decided, state: marked };
  }
}

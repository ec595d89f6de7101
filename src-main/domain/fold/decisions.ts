import type { LoggedOf } from '../event.ts';
import { canonicalJson } from '../chain.ts';
import { markOf } from './marks.ts';
import type { Read } from './read.ts';
import type { Change, Rows } from './rows.ts';

const DAY_MS = 86_400_000;

/** A decision, or an undone one repeated: its row, its subjects, what they are now, and the strikes it adds. */
export function foldDecision(read: Read, event: LoggedOf<'decision.recorded'> | LoggedOf<'decision.redone'>): readonly Change[] {
  const said = event.public;
  const decision: Rows['decisions'] = {
    id: event.id,
    event: event.seq,
    at: event.at,
    actor: event.actor,
    device: event.device,
    source: event.source,
    actions: canonicalJson(said.actions),
    guideline_id: said.guideline?.id ?? null,
    guideline_version: said.guideline?.version ?? null,
    reason: event.payload?.reason ?? null,
    message: event.payload?.message ?? null,
    undone_by: null,
    undone_seq: null,
    redo_of: event.kind === 'decision.redone' ? event.public.redoOf : null,
    redone_by: null,
  };
  const changes: Change[] = [{ table: 'decisions', put: decision }];
  const struck = new Set<string>();
  for (const item of said.items) {
    const subject: Rows['decision_subjects'] = { decision_id: event.id, subject_key: item.key, author_key: item.author, kept_at: null };
    changes.push({ table: 'decision_subjects', put: subject }, { table: 'item_marks', put: markOf({ decision, subject }) });
    if (item.author !== null) struck.add(item.author);
  }
  if (said.strikeDays !== null) {
    const expires = event.at + said.strikeDays * DAY_MS;
    for (const member of struck) {
      changes.push({
        table: 'strikes',
        put: { decision_id: event.id, member_key: member, guideline_id: decision.guideline_id, at: event.at, expires_at: expires },
      });
    }
  }
  const repeated = decision.redo_of === null ? undefined : read.decision(decision.redo_of);
  if (repeated !== undefined) changes.push({ table: 'decisions', put: { ...repeated, redone_by: event.id } });
  return changes;
}

/** An undo: strikes go, and each subject falls back to the decision that stood before. */
export function foldUndo(read: Read, event: LoggedOf<'decision.undone'>): readonly Change[] {
  const decision = read.decision(event.public.decisionId);
  if (decision === undefined || decision.undone_by !== null) return [];
  const changes: Change[] = [{ table: 'decisions', put: { ...decision, undone_by: event.id, undone_seq: event.seq } }];
  for (const subject of read.subjectsOf(decision.id)) {
    if (subject.author_key !== null) changes.push({ table: 'strikes', drop: [subject.author_key, decision.id] });
    const mark = read.mark(subject.subject_key);
    if (mark?.decision_id !== decision.id) continue;
    const before = read.standing(subject.subject_key, decision.id);
    changes.push(...putMark({ ...(before === undefined ? unmarked(subject.subject_key) : markOf(before)), claimed_by: mark.claimed_by }));
  }
  return changes;
}

/**
 * A conflict with the platform that a person settled; keeping theirs makes the item handled, not decided, and takes the
 * strike back where nothing else that the decision did to this member stands.
 */
export function foldResolve(read: Read, event: LoggedOf<'conflict.resolved'>): readonly Change[] {
  const { decisionId, key, choice } = event.public;
  const decision = read.decision(decisionId);
  const subjects = read.subjectsOf(decisionId);
  const before = subjects.find((row) => row.subject_key === key);
  if (decision === undefined || before === undefined) return [];
  const subject = { ...before, kept_at: choice === 'keep-theirs' ? event.at : null };
  const mark = read.mark(key);
  const stands = subjects.some((row) => row.author_key === before.author_key && (row.subject_key === key ? subject : row).kept_at === null);
  return [
    { table: 'decision_subjects', put: subject },
    ...(before.author_key === null || stands ? [] : [{ table: 'strikes', drop: [before.author_key, decisionId] } as const]),
    ...(mark?.decision_id === decisionId ? putMark({ ...markOf({ decision, subject }), claimed_by: mark.claimed_by }) : []),
  ];
}

/** Someone takes an item in hand, or lets it go. */
export function foldClaim(read: Read, event: LoggedOf<'item.claimed'> | LoggedOf<'item.released'>): readonly Change[] {
  const mark = read.mark(event.public.key) ?? unmarked(event.public.key);
  return putMark({ ...mark, claimed_by: event.kind === 'item.claimed' ? event.actor : null });
}

function unmarked(key: string): Rows['item_marks'] {
  return { subject_key: key, state: null, outcome: null, decision_id: null, marked_at: null, snoozed_until: null, claimed_by: null };
}

/** A mark that says nothing is no row. */
function putMark(mark: Rows['item_marks']): readonly Change[] {
  return mark.state === null && mark.claimed_by === null
    ? [{ table: 'item_marks', drop: [mark.subject_key] }]
    : [{ table: 'item_marks', put: mark }];
}

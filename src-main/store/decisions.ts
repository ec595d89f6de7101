import { z } from 'zod';
import type { Snapshot } from '../contract/work.ts';
import type { ItemState, SubjectType } from '../contract/words.ts';
import { subjectKey } from '../domain/key.ts';
import type { Rows } from '../domain/fold/rows.ts';
import type { Store } from './store.ts';

export type DecisionRow = Rows['decisions'];

/** An item as the person who decides sees it, with what its orders need. */
export type SeenItem = {
  readonly id: number;
  readonly key: string;
  readonly version: number;
  readonly state: ItemState;
  readonly connection: number;
  readonly connectionId: string;
  readonly type: SubjectType;
  readonly removed: boolean;
  readonly deleted: boolean;
  readonly revision: string | null;
  readonly authorKey: string | null;
  /** As SubjectRow has it. */
  readonly verbs: string | null;
  readonly snapshot: Snapshot;
};

type SeenRow = {
  readonly id: number; readonly version: number; readonly state: ItemState; readonly priority: number; readonly strikes: number;
  readonly connection: number; readonly connectionId: string; readonly platform: string; readonly instance: string;
  readonly type: SubjectType; readonly remoteId: string; readonly revision: string | null; readonly removed: number; readonly deletedAt: number | null;
  readonly text: string; readonly mediaCount: number; readonly verbs: string | null;
  readonly authorRemoteId: string | null; readonly authorName: string | null; readonly standing: string | null;
};

const standing = z.array(z.string());

/** Reports kept in a snapshot; a wave of thousands says no more than its latest. */
const MOST_REPORTS = 50;

/** An item with all that a decision keeps of it; undefined where the subject is no item. */
export function seenItem(store: Store, id: number): SeenItem | undefined {
  const row = store.sql<[number], SeenRow>('decide-item', `
    SELECT i.subject AS id, i.version, i.state, i.priority, i.strikes, i.connection, c.id AS connectionId, c.platform, c.instance,
      s.type, s.remote_id AS remoteId, s.revision, s.removed, s.deleted_at AS deletedAt, s.text, s.media_count AS mediaCount, s.verbs,
      m.remote_id AS authorRemoteId, m.name AS authorName, m.standing
    FROM items i JOIN subjects s ON s.id = i.subject JOIN connections c ON c.n = i.connection LEFT JOIN members m ON m.id = s.author
    WHERE i.subject = ?
  `).get(id);
  if (row === undefined) return undefined;
  const { platform, instance } = row;
  const key = subjectKey({ platform, instance, type: row.type, remoteId: row.remoteId });
  return {
    id: row.id,
    key,
    version: row.version,
    state: row.state,
    connection: row.connection,
    connectionId: row.connectionId,
    type: row.type,
    removed: row.removed === 1,
    deleted: row.deletedAt !== null,
    revision: row.revision,
    verbs: row.verbs,
    // A reported member who is nobody's post stands for themselves.
    authorKey: row.authorRemoteId !== null ? subjectKey({ platform, instance, type: 'member', remoteId: row.authorRemoteId }) : row.type === 'member' ? key : null,
    snapshot: {
      text: row.text,
      author: row.authorName,
      reports: seenReports(store, id),
      standing: row.standing === null || row.standing === '[]' ? [] : standing.parse(JSON.parse(row.standing)),
      activeStrikes: row.strikes,
      mediaHashes: row.mediaCount === 0 ? [] : mediaHashes(store, id),
      priority: row.priority,
    },
  };
}

/** Index reports_by_subject. */
function seenReports(store: Store, id: number): Snapshot['reports'] {
  return store.sql<[number, number], Snapshot['reports'][number]>('decide-reports', `
    SELECT r.category, r.comment, m.name AS reporter FROM reports r LEFT JOIN members m ON m.id = r.reporter
    WHERE r.subject = ? ORDER BY r.created_at DESC LIMIT ?
  `).all(id, MOST_REPORTS);
}

function mediaHashes(store: Store, id: number): string[] {
  return store.sql<[number], { hash: string }>('decide-media', `
    SELECT m.hash FROM subjects s JOIN json_each(s.media) j JOIN media m ON m.url = j.value ->> 'url' WHERE s.id = ? AND m.hash IS NOT NULL
  `).all(id).map((row) => row.hash);
}

/** One decision by its id. */
export function decisionById(store: Store, id: string): DecisionRow | undefined {
  return store.sql<[string], DecisionRow>('decision-by-id', 'SELECT * FROM decisions WHERE id = ?').get(id);
}

/** Someone's latest decision that stands (index decisions_by_actor). */
export function latestStanding(store: Store, actor: string): DecisionRow | undefined {
  return store.sql<[string], DecisionRow>('decision-standing', `
    SELECT * FROM decisions WHERE actor = ? AND undone_by IS NULL ORDER BY event DESC LIMIT 1
  `).get(actor);
}

/**
 * The decision that someone undid last and may still repeat: a new decision of theirs ends what could be redone
 * before it (index decisions_undone).
 */
export function latestUndone(store: Store, actor: string): DecisionRow | undefined {
  return store.sql<[string, string], DecisionRow>('decision-undone', `
    SELECT * FROM decisions
    WHERE actor = ? AND undone_by IS NOT NULL AND redone_by IS NULL
      AND undone_seq > coalesce((SELECT event FROM decisions WHERE actor = ? AND redo_of IS NULL ORDER BY event DESC LIMIT 1), 0)
    ORDER BY undone_seq DESC LIMIT 1
  `).get(actor, actor);
}

/** Someone's decisions, newest first, undone ones included (index decisions_by_actor). */
export function decisionsBy(store: Store, actor: string, limit: number): readonly DecisionRow[] {
  return store.sql<[string, number], DecisionRow>('decisions-by', 'SELECT * FROM decisions WHERE actor = ? ORDER BY event DESC LIMIT ?').all(actor, limit);
}

/** Decisions about a subject, newest first (decision_subjects' key begins with it). */
export function decisionsOnSubject(store: Store, key: string): readonly DecisionRow[] {
  return store.sql<[string], DecisionRow>('decisions-on-subject', `
    SELECT d.* FROM decision_subjects s JOIN decisions d ON d.id = s.decision_id WHERE s.subject_key = ? ORDER BY d.event DESC
  `).all(key);
}

/** The keys of what a decision is about (index decision_subjects_by_decision). */
export function subjectsOfDecision(store: Store, id: string): readonly string[] {
  return store.sql<[string], { key: string }>('decision-subjects', 'SELECT subject_key AS key FROM decision_subjects WHERE decision_id = ? ORDER BY subject_key')
    .all(id).map((row) => row.key);
}

export type DecisionAgainst = Pick<DecisionRow, 'id' | 'at' | 'actor' | 'actions' | 'guideline_id' | 'guideline_version' | 'undone_by'> & { readonly strike: 0 | 1 };

/** Decisions about what any of a person's accounts wrote, newest first (index decision_subjects_by_author). */
export function decisionsAgainst(store: Store, memberKeys: readonly string[], limit: number): readonly DecisionAgainst[] {
  return store.sql<[string, number], DecisionAgainst>('decisions-against', `
    SELECT DISTINCT d.id, d.at, d.actor, d.actions, d.guideline_id, d.guideline_version, d.undone_by,
      EXISTS (SELECT 1 FROM strikes x WHERE x.member_key = s.author_key AND x.decision_id = d.id) AS strike
    FROM json_each(?) k JOIN decision_subjects s ON s.author_key = k.value JOIN decisions d ON d.id = s.decision_id
    ORDER BY d.event DESC LIMIT ?
  `).all(JSON.stringify(memberKeys), limit);
}

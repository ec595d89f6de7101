import type { Audience, CaseStage, PartyRole, Source } from '../../contract/words.ts';

/** The rows of the tables that the log alone decides; column names are the database's (store/migrations). */
export type Rows = {
  readonly connections: {
    readonly n: number; readonly id: string; readonly platform: string; readonly title: string; readonly instance: string;
    readonly settings: string; readonly settings_event: number; readonly paused: number; readonly provisioned: number; readonly removed: number;
  };
  readonly decisions: {
    readonly id: string; readonly event: number; readonly at: number; readonly actor: string; readonly device: string; readonly source: Source;
    readonly actions: string; readonly guideline_id: string | null; readonly guideline_version: number | null;
    readonly reason: string | null; readonly message: string | null;
    readonly undone_by: string | null; readonly undone_seq: number | null; readonly redo_of: string | null; readonly redone_by: string | null;
  };
  readonly decision_subjects: {
    readonly decision_id: string; readonly subject_key: string; readonly author_key: string | null; readonly kept_at: number | null;
  };
  readonly item_marks: {
    readonly subject_key: string; readonly state: 'decided' | 'escalated' | 'snoozed' | 'handled' | null;
    readonly outcome: 'upheld' | 'dismissed' | null; readonly decision_id: string | null; readonly marked_at: number | null;
    readonly snoozed_until: number | null; readonly claimed_by: string | null;
  };
  readonly strikes: {
    readonly decision_id: string; readonly member_key: string; readonly guideline_id: string | null; readonly at: number; readonly expires_at: number;
  };
  readonly notes: {
    readonly id: string; readonly about_kind: 'item' | 'member' | 'case'; readonly about_key: string; readonly text: string | null;
    readonly audience: Audience; readonly author: string; readonly written_at: number; readonly revised_at: number | null;
    readonly revision: number; readonly expires_at: number | null;
  };
  readonly note_revisions: {
    readonly note_id: string; readonly revision: number; readonly text: string | null; readonly author: string; readonly at: number; readonly event: number;
  };
  readonly cases: {
    readonly id: string; readonly number: number; readonly title: string | null; readonly title_event: number; readonly stage: CaseStage;
    readonly audience: Audience; readonly opened_at: number; readonly opened_by: string; readonly follow_up_at: number | null; readonly version: number;
  };
  readonly case_parties: {
    readonly case_id: string; readonly id: string; readonly role: PartyRole; readonly member_key: string | null; readonly name: string | null; readonly event: number;
  };
  readonly case_items: {
    readonly case_id: string; readonly subject_key: string; readonly linked_at: number; readonly author_key: string | null;
    readonly kept: string | null; readonly event: number;
  };
  readonly guidelines: { readonly id: string; readonly version: number; readonly retired: number; readonly connection_id: string | null };
  readonly guideline_versions: {
    readonly id: string; readonly version: number; readonly number: string; readonly title: string; readonly body: string;
    readonly categories: string; readonly ladder: string; readonly strike_days: number; readonly published_at: number; readonly published_by: string;
  };
  readonly member_links: { readonly member_key: string; readonly person_id: string };
  readonly event_tags: { readonly tag: string; readonly seq: number };
};
export type Table = keyof Rows;

/** Each table's columns, the first `keys` of which name a row. */
export const TABLES = {
  connections: { keys: 1, columns: ['id', 'n', 'platform', 'title', 'instance', 'settings', 'settings_event', 'paused', 'provisioned', 'removed'] },
  decisions: {
    keys: 1,
    columns: [
      'id', 'event', 'at', 'actor', 'device', 'source', 'actions', 'guideline_id', 'guideline_version', 'reason', 'message',
      'undone_by', 'undone_seq', 'redo_of', 'redone_by',
    ],
  },
  decision_subjects: { keys: 2, columns: ['subject_key', 'decision_id', 'author_key', 'kept_at'] },
  item_marks: { keys: 1, columns: ['subject_key', 'state', 'outcome', 'decision_id', 'marked_at', 'snoozed_until', 'claimed_by'] },
  strikes: { keys: 2, columns: ['member_key', 'decision_id', 'guideline_id', 'at', 'expires_at'] },
  notes: { keys: 1, columns: ['id', 'about_kind', 'about_key', 'text', 'audience', 'author', 'written_at', 'revised_at', 'revision', 'expires_at'] },
  note_revisions: { keys: 2, columns: ['note_id', 'revision', 'text', 'author', 'at', 'event'] },
  cases: { keys: 1, columns: ['id', 'number', 'title', 'title_event', 'stage', 'audience', 'opened_at', 'opened_by', 'follow_up_at', 'version'] },
  case_parties: { keys: 2, columns: ['case_id', 'id', 'role', 'member_key', 'name', 'event'] },
  case_items: { keys: 2, columns: ['case_id', 'subject_key', 'linked_at', 'author_key', 'kept', 'event'] },
  guidelines: { keys: 1, columns: ['id', 'version', 'retired', 'connection_id'] },
  guideline_versions: {
    keys: 2,
    columns: ['id', 'version', 'number', 'title', 'body', 'categories', 'ladder', 'strike_days', 'published_at', 'published_by'],
  },
  member_links: { keys: 1, columns: ['member_key', 'person_id'] },
  event_tags: { keys: 2, columns: ['tag', 'seq'] },
} as const satisfies { readonly [T in Table]: { readonly keys: 1 | 2; readonly columns: readonly (keyof Rows[T] & string)[] } };

/** What an event does to the tables: a whole row put in place of what was there, or a row dropped by its key. */
export type Change = {
  [T in Table]:
    | { readonly table: T; readonly put: Rows[T] }
    | { readonly table: T; readonly drop: readonly (string | number)[] }
}[Table];

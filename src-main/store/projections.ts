import type { LoggedEvent } from '../domain/event.ts';
import type { DecisionOn, Read } from '../domain/fold/read.ts';
import { TABLES } from '../domain/fold/rows.ts';
import type { Change, Rows, Table } from '../domain/fold/rows.ts';
import type { Store } from './store.ts';

type Value = string | number | null;

/** Writes what a fold changed. Statements are made from domain/fold/rows' list of columns, one put and one drop a table. */
export function applyChanges(store: Store, changes: readonly Change[]): void {
  for (const change of changes) {
    if ('put' in change) putRow(store, change.table, change.put);
    else store.sql<(string | number)[]>(`fold-drop-${change.table}`, dropSql(change.table)).run(...change.drop);
  }
}

function putRow(store: Store, table: Table, row: Readonly<Record<string, Value>>): void {
  const values = TABLES[table].columns.map((column) => row[column] ?? null);
  store.sql<Value[]>(`fold-put-${table}`, putSql(table)).run(...values);
}

const PUT = new Map<Table, string>();

function putSql(table: Table): string {
  let text = PUT.get(table);
  if (text === undefined) {
    const { columns, keys } = TABLES[table];
    const rest = columns.slice(keys);
    const update = rest.length === 0 ? 'NOTHING' : `UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`;
    text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (${columns.slice(0, keys).join(', ')}) DO ${update}`;
    PUT.set(table, text);
  }
  return text;
}

function dropSql(table: Table): string {
  const { columns, keys } = TABLES[table];
  return `DELETE FROM ${table} WHERE ${columns.slice(0, keys).map((column) => `${column} = ?`).join(' AND ')}`;
}

/** The projections as a fold sees them. `event` finds an earlier event, which a replay reads from another database. */
export function readProjections(store: Store, event: (id: string) => LoggedEvent | undefined): Read {
  return {
    connection: (id) => store.sql<[string], Rows['connections']>('fold-connection', 'SELECT * FROM connections WHERE id = ?').get(id),
    connectionCount: () => store.sql<[], { n: number }>('fold-connections', 'SELECT count(*) AS n FROM connections').get()?.n ?? 0,
    decision: (id) => store.sql<[string], Rows['decisions']>('fold-decision', 'SELECT * FROM decisions WHERE id = ?').get(id),
    subjectsOf: (decisionId) => store.sql<[string], Rows['decision_subjects']>('fold-subjects', 'SELECT * FROM decision_subjects WHERE decision_id = ?').all(decisionId),
    standing: (subjectKey, except) => standing(store, subjectKey, except),
    mark: (subjectKey) => store.sql<[string], Rows['item_marks']>('fold-mark', 'SELECT * FROM item_marks WHERE subject_key = ?').get(subjectKey),
    note: (id) => store.sql<[string], Rows['notes']>('fold-note', 'SELECT * FROM notes WHERE id = ?').get(id),
    revision: (noteId, revision) => store.sql<[string, number], Rows['note_revisions']>('fold-revision', 'SELECT * FROM note_revisions WHERE note_id = ? AND revision = ?').get(noteId, revision),
    caseRow: (id) => store.sql<[string], Rows['cases']>('fold-case', 'SELECT * FROM cases WHERE id = ?').get(id),
    party: (caseId, id) => store.sql<[string, string], Rows['case_parties']>('fold-party', 'SELECT * FROM case_parties WHERE case_id = ? AND id = ?').get(caseId, id),
    caseItem: (caseId, subjectKey) => store.sql<[string, string], Rows['case_items']>('fold-case-item', 'SELECT * FROM case_items WHERE case_id = ? AND subject_key = ?').get(caseId, subjectKey),
    guideline: (id) => store.sql<[string], Rows['guidelines']>('fold-guideline', 'SELECT * FROM guidelines WHERE id = ?').get(id),
    link: (memberKey) => store.sql<[string], Rows['member_links']>('fold-link', 'SELECT * FROM member_links WHERE member_key = ?').get(memberKey),
    person: (personId) => store.sql<[string], Rows['member_links']>('fold-person', 'SELECT * FROM member_links WHERE person_id = ?').all(personId),
    event,
  };
}

/** By the beginning of decision_subjects' key; a subject has few decisions. */
function standing(store: Store, subjectKey: string, except: string): DecisionOn | undefined {
  const row = store.sql<[string, string], Rows['decisions'] & Rows['decision_subjects']>('fold-standing', `
    SELECT d.*, s.decision_id, s.subject_key, s.author_key, s.kept_at
    FROM decision_subjects s JOIN decisions d ON d.id = s.decision_id
    WHERE s.subject_key = ? AND d.undone_by IS NULL AND d.id <> ?
    ORDER BY d.event DESC LIMIT 1
  `).get(subjectKey, except);
  return row === undefined ? undefined : { decision: row, subject: row };
}

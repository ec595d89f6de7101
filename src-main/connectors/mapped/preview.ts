import type { Mapping, MappedRow, MappingPreview, RowProblem } from '../../contract/mapping.ts';
import { severityOf } from '../../domain/priority.ts';
import { applyMapping } from './apply.ts';
import type { Rows } from './apply.ts';
import { guessMapping } from './guess.ts';
import { pathsOf, textOf, valueAt } from './rows.ts';

/** A row on its way into a preview, or why a line of the file is none. */
export type PreviewRow = { readonly place: string; readonly row: unknown; readonly problem: string | null };

const ROWS_SHOWN = 20;
const PROBLEMS_SHOWN = 20;
const SAMPLES = 3;
const SAMPLE_LETTERS = 120;
/** A column with more values than this is not one of kinds or categories. */
const MOST_VALUES = 40;
const MOST_COLUMNS = 200;
/** Of a text in a preview. */
const TEXT_LETTERS = 1000;

type Counted = { readonly samples: string[]; readonly values: Map<string, number>; many: boolean };

/** What a mapping (null: a guess) makes of rows. */
export function previewOf(rows: readonly PreviewRow[], given: Mapping | null, how: { readonly whole: boolean; readonly receivedAt: number }): MappingPreview {
  const good = rows.filter(({ problem }) => problem === null);
  const columns = columnsOf(good.map(({ row }) => row));
  const mapping = given ?? guessMapping(columns, good.map(({ row }) => row));
  const shown: MappedRow[] = [];
  const problems: RowProblem[] = rows.flatMap(({ place, problem }) => (problem === null ? [] : [{ place, field: null, problem }]));
  const notes: RowProblem[] = [];
  let leftOut = 0;
  for (const { place, row } of good) {
    const applied = applyMapping(mapping, row, how.receivedAt);
    if (applied.kind === 'left-out') leftOut += 1;
    else if (applied.kind === 'problem') problems.push({ place, ...applied.problem });
    else {
      if (shown.length < ROWS_SHOWN) shown.push(shownRow(place, applied.rows));
      const [note] = applied.notes;
      if (note !== undefined) notes.push({ place, ...note });
    }
  }
  return {
    columns, mapping, rows: shown, checked: rows.length, whole: how.whole, leftOut,
    problems: problems.length, firstProblems: problems.slice(0, PROBLEMS_SHOWN), notes: notes.length, firstNotes: notes.slice(0, PROBLEMS_SHOWN),
    said: rows.length === 0 ? 'There are no rows in it.' : null,
  };
}

function columnsOf(rows: readonly unknown[]): MappingPreview['columns'] {
  const found = new Map<string, Counted>();
  for (const row of rows) {
    for (const path of pathsOf(row)) {
      let column = found.get(path);
      if (column === undefined) {
        if (found.size >= MOST_COLUMNS) continue;
        column = { samples: [], values: new Map(), many: false };
        found.set(path, column);
      }
      count(column, textOf(valueAt(row, path)));
    }
  }
  return [...found].map(([from, { samples, values, many }]) => ({
    from, samples, values: many ? [] : [...values].sort(([, a], [, b]) => b - a).map(([value, n]) => ({ value, count: n })),
  }));
}

function count(column: Counted, text: string): void {
  if (text === '') return;
  const short = text.slice(0, SAMPLE_LETTERS).toWellFormed();
  if (column.samples.length < SAMPLES && !column.samples.includes(short)) column.samples.push(short);
  if (column.many) return;
  column.values.set(short, (column.values.get(short) ?? 0) + 1);
  column.many = column.values.size > MOST_VALUES || text.length > SAMPLE_LETTERS;
}

function shownRow(place: string, { members, subject, report, resolution }: Rows): MappedRow {
  const nameOf = (id: string | null): string | null => (id === null ? null : members.find(({ remoteId }) => remoteId === id)?.name ?? id);
  return {
    place, type: subject.type, subjectId: subject.remoteId, text: subject.text.slice(0, TEXT_LETTERS).toWellFormed(), url: subject.url, where: subject.place, language: subject.language,
    media: subject.media.length, postedAt: subject.createdAt, author: nameOf(subject.authorId), reporter: nameOf(report.reporterId), reportId: report.remoteId, category: report.category, severity: severityOf(report.category),
    remoteCategory: report.remoteCategory, comment: report.comment.slice(0, TEXT_LETTERS).toWellFormed(), reportedAt: report.createdAt, open: report.open,
    resolution: resolution === null ? null : resolution.by === null ? resolution.what : `${resolution.what} by ${resolution.by}`,
  };
}

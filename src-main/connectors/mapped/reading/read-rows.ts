import type { FileFormat } from '../../../contract/imports.ts';
import { parseRow, rowsIn } from '../rows.ts';
import { makeCsvReader } from './csv.ts';
import type { CsvRecord } from './csv.ts';
import { makeDecoder } from './encoding.ts';
import { listIn } from './lists.ts';

/** A row of a file as JSON, or a line that is none, with why. */
export type ReadRow = { readonly place: string; readonly body: string; readonly problem: string | null };

/** What a piece of a file brought, and how many of its bytes are read. */
export type ReadPiece = { readonly rows: readonly ReadRow[]; readonly bytes: number };

/** One line of JSON; a longer one is no report. */
const LONGEST_LINE = 2_000_000;
/** A document that has to be read as a whole. */
export const MOST_DOCUMENT_BYTES = 50_000_000;

/** Reads a file's rows as its bytes come; only a JSON document is held as a whole. `list`: where a document has its reports. */
export async function* readRows(chunks: AsyncIterable<Uint8Array>, format: FileFormat, list: string): AsyncGenerator<ReadPiece> {
  const decoder = makeDecoder(format.encoding);
  const lines = format.kind === 'csv' ? csvRows(format.delimiter ?? ',') : format.kind === 'json-lines' ? jsonLines() : document(list);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    yield { rows: lines(decoder.push(chunk, false), false), bytes };
  }
  yield { rows: lines(decoder.push(new Uint8Array(), true), true), bytes };
}

type Lines = (text: string, ended: boolean) => readonly ReadRow[];

function csvRows(delimiter: string): Lines {
  const reader = makeCsvReader(delimiter);
  let header: readonly string[] | null = null;
  const rowOf = (record: CsvRecord): readonly ReadRow[] => {
    const place = `line ${record.line}`;
    if ('broken' in record) return [{ place, body: record.broken, problem: 'A quotation mark is opened here and never closed, so this line cannot be read. The lines after it were. Close it and import the file again: rows that are here already do not count twice.' }];
    if (header === null) {
      // A spreadsheet's first line that only names the delimiter.
      if (record.line === 1 && /^sep=/i.test(record.cells[0] ?? '') && record.cells.length <= 2) return [];
      const isHeader = !record.cells.some(isData);
      header = headerOf(isHeader ? record.cells : []);
      if (isHeader) return [];
    }
    // Spreadsheets end their tables with rows of nothing.
    if (record.cells.every((cell) => cell.trim() === '')) return [];
    const names = header;
    return [{ place, body: JSON.stringify(Object.fromEntries(record.cells.map((cell, index) => [names[index] ?? `column ${index + 1}`, cell.toWellFormed()]))), problem: null }];
  };
  return (text, ended) => reader.push(text, ended).flatMap(rowOf);
}

/** What no column is called: a number, a date, an address. A table may begin without a line of names. */
function isData(cell: string): boolean {
  return /^\s*(?:-?\d[\d.,]*|\d{4}-\d\d-\d\d.*|https?:\/\/\S+)\s*$/i.test(cell);
}

/** Names for columns: an empty one by its place, a second one of the same name with a number. */
function headerOf(cells: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return cells.map((cell, index) => {
    const base = cell.trim() === '' ? `column ${index + 1}` : cell.trim().toWellFormed();
    let name = base;
    for (let again = 2; seen.has(name); again += 1) name = `${base} ${again}`;
    seen.add(name);
    return name;
  });
}

function jsonLines(): Lines {
  let waiting = '';
  let line = 0;
  return (text, ended) => {
    const parts = (waiting + text).split('\n');
    // Of a line that is too long anyway no more is kept than shows that it is.
    waiting = ended ? '' : (parts.pop() ?? '').slice(0, LONGEST_LINE + 1);
    return parts.flatMap((part): readonly ReadRow[] => {
      line += 1;
      const body = part.trim();
      if (body === '') return [];
      return [{ place: `line ${line}`, body: body.slice(0, LONGEST_LINE), problem: problemOf(body) }];
    });
  };
}

function problemOf(body: string): string | null {
  if (body.length > LONGEST_LINE) return 'This line is longer than 2 million characters, so it was left out.';
  try {
    parseRow(body);
    return null;
  } catch {
    return 'This line is not JSON. Every line of a JSON Lines file is one object in braces.';
  }
}

function document(list: string): Lines {
  const parts: string[] = [];
  return (text, ended) => {
    parts.push(text);
    if (!ended) return [];
    const whole = parts.join('');
    if (whole.trim() === '') return [];
    try {
      const parsed = parseRow(whole);
      const rows = rowsIn(parsed, list === '' ? listIn(parsed) : list);
      if (rows === null) return [{ place: 'the whole', body: whole.slice(0, LONGEST_LINE), problem: `There is no list of reports at “${list}” in this document. Change the list’s path in the mapping.` }];
      return rows.map((row, index) => ({ place: `entry ${index + 1}`, body: JSON.stringify(row) ?? 'null', problem: null }));
    } catch {
      return [{ place: 'the whole', body: whole.slice(0, LONGEST_LINE), problem: 'This is not JSON, or it ends early. Save the file again, or use one object a line (JSON Lines).' }];
    }
  };
}

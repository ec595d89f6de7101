import type { FileFormat } from '../../../contract/imports.ts';
import { makeCsvReader } from './csv.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Records that are looked at to find what parts them. */
const LOOKED_AT = 50;

/** Whether a file is CSV, JSON Lines or one JSON document, by its first letters. */
export function kindOf(head: string, name: string): FileFormat['kind'] {
  const text = head.trimStart();
  if (!text.startsWith('{') && !text.startsWith('[')) return 'csv';
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return 'json-lines';
  const [line = ''] = text.split(/\r?\n/, 1);
  return text.startsWith('{') && line.length < head.length && isJson(line) && text.slice(line.length).trim() !== '' ? 'json-lines' : 'json';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The letter that parts the head of a CSV into the most even rows; a spreadsheet may name it in a first line `sep=;`. */
export function delimiterOf(head: string): string {
  const named = /^sep=(.)\r?\n/i.exec(head)?.[1];
  if (named !== undefined) return named;
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const records = makeCsvReader(delimiter).push(head, false).slice(0, LOOKED_AT);
    const widths = (records.length === 0 ? makeCsvReader(delimiter).push(head, true) : records).map((record) => ('cells' in record ? record.cells.length : 0));
    const [width = 0] = widths;
    const even = widths.filter((each) => each === width).length / Math.max(1, widths.length);
    const score = width < 2 ? 0 : even * (1 + Math.log2(width));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

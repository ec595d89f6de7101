/** One record of a CSV: its cells, or the first line of one whose quotes never close. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly broken: string };

/** Longer than any row of reports: by then a quote was opened that nobody closes. */
const LONGEST_RECORD = 10_000_000;

/**
 * Reads CSV (RFC 4180) as it comes, cut anywhere: quoted line breaks and doubled quotes, any line ending, rows of any
 * length. Tolerates quotes within a cell. A quote that never closes, or only where a cell of a later line opens its own,
 * costs its own line alone: reading goes on after it.
 */
export function makeCsvReader(delimiter: string): { readonly push: (text: string, ended: boolean) => readonly CsvRecord[] } {
  let waiting = '';
  let line = 1;
  return {
    push(text, ended) {
      waiting += text;
      const records: CsvRecord[] = [];
      let at = 0;
      while (at < waiting.length) {
        const found = recordAt(waiting, at, delimiter, ended);
        if (found !== null && found !== 'unclosed') {
          if (found.cells.length > 1 || found.cells[0] !== '') records.push({ line, cells: found.cells });
          line += found.lines;
          at = found.next;
        } else if (found === 'unclosed' || ended || waiting.length - at > LONGEST_RECORD) {
          const end = /\r\n?|\n/.exec(waiting.slice(at));
          const broken = end === null ? waiting.slice(at) : waiting.slice(at, at + end.index);
          records.push({ line, broken });
          line += 1;
          at += broken.length + (end?.[0].length ?? 0);
        } else break;
      }
      waiting = waiting.slice(at);
      return records;
    },
  };
}

type Found = { readonly cells: readonly string[]; readonly next: number; readonly lines: number };

/** The record that begins at a place; null where it needs more text to end. */
function recordAt(text: string, from: number, delimiter: string, ended: boolean): Found | 'unclosed' | null {
  const cells: string[] = [];
  let lines = 1;
  for (let at = from; ;) {
    let cell = '';
    if (text[at] === '"') {
      const quoted = quotedAt(text, at, ended);
      if (quoted === null) return null;
      cell = quoted.cell;
      const breaks = cell.match(/\r\n?|\n/g)?.length ?? 0;
      if (breaks > 0 && isOpening(text, quoted.next - 1, delimiter)) return 'unclosed';
      lines += breaks;
      at = quoted.next;
    }
    let end = at;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
    if (end === text.length && !ended) return null;
    cells.push(cell + text.slice(at, end));
    if (text[end] === delimiter) {
      at = end + 1;
      continue;
    }
    // The second half of a line ending may still be on its way.
    if (text[end] === '\r' && end + 1 === text.length && !ended) return null;
    return { cells, lines, next: end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1) };
  }
}

/** Whether a quote stands as one that opens a cell does: at its beginning, with something after it that ends none. */
function isOpening(text: string, quote: number, delimiter: string): boolean {
  const ends = (letter: string | undefined): boolean => letter === delimiter || letter === '\n' || letter === '\r';
  return ends(text[quote - 1]) && text[quote + 1] !== undefined && !ends(text[quote + 1]);
}

/** A quoted cell and where it ends; what follows its closing quote up to the delimiter belongs to it too. */
function quotedAt(text: string, from: number, ended: boolean): { readonly cell: string; readonly next: number } | null {
  let cell = '';
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote === -1 || (quote + 1 === text.length && !ended)) return null;
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, next: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}

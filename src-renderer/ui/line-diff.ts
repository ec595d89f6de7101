/** One line of a comparison: in both texts, only in the older, or only in the newer. */
export type DiffLine = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string };

/** Past this many cells the table is not built, and the texts are shown one after the other. */
const TABLE_LIMIT = 4_000_000;

/** Lengths of the longest common subsequence of every pair of tails, row by row. */
function commonLengths(older: readonly string[], newer: readonly string[]): Uint16Array {
  const width = newer.length + 1;
  const lengths = new Uint16Array((older.length + 1) * width);
  for (let i = older.length - 1; i >= 0; i -= 1) {
    for (let j = newer.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = older[i] === newer[j]
        ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}

/** Compares two texts line by line by their longest common subsequence; removed lines stand before added ones. */
export function lineDiff(older: string, newer: string): readonly DiffLine[] {
  const a = older === '' ? [] : older.split('\n');
  const b = newer === '' ? [] : newer.split('\n');
  if ((a.length + 1) * (b.length + 1) > TABLE_LIMIT) {
    return [...a.map((text): DiffLine => ({ kind: 'gone', text })), ...b.map((text): DiffLine => ({ kind: 'new', text }))];
  }
  const lengths = commonLengths(a, b);
  const width = b.length + 1;
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) {
      lines.push({ kind: 'gone', text: left });
      i += 1;
    } else if (right !== undefined) {
      lines.push({ kind: 'new', text: right });
      j += 1;
    }
  }
  return lines;
}

/** How many lines came and went: "+3 −1"; empty when the texts are the same. */
export function diffSize(lines: readonly DiffLine[]): string {
  const added = lines.filter(({ kind }) => kind === 'new').length;
  const gone = lines.filter(({ kind }) => kind === 'gone').length;
  return [added > 0 ? `+${added}` : '', gone > 0 ? `−${gone}` : ''].filter((part) => part !== '').join(' ');
}

/** A run of lines that stayed, too long to read again. */
export type Fold = { readonly kind: 'fold'; readonly count: number };

/** Lines kept in sight on either side of a change. */
const AROUND = 2;
/** A fold has to be worth its own line. */
const WORTH = 3;

/** The comparison with long runs of unchanged lines folded away. */
export function folded(lines: readonly DiffLine[]): readonly (DiffLine | Fold)[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same'));
  const shown: (DiffLine | Fold)[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at;
    while (end < lines.length && near[end] === false) end += 1;
    if (end - at >= WORTH) shown.push({ kind: 'fold', count: end - at });
    else shown.push(...lines.slice(at, Math.max(end, at + 1)));
    at = Math.max(end, at + 1);
  }
  return shown;
}

export type Piece = { readonly text: string; readonly marked: boolean };

function escape(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Cuts text at the words to mark, whatever their case; long texts are marked at their beginning only. */
export function markWords(text: string, words: readonly string[], most = 20_000): readonly Piece[] {
  const wanted = words.filter((word) => word.trim() !== '').toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, marked: false }];
  const head = text.slice(0, most);
  const pieces = head.split(new RegExp(`(${wanted.map(escape).join('|')})`, 'giu'))
    .map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
  return text.length > most ? [...pieces, { text: text.slice(most), marked: false }] : pieces;
}

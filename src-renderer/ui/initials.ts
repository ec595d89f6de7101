const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstGrapheme(text: string): string {
  for (const { segment } of segments.segment(text)) return segment;
  return '';
}

const known = new Map<string, string>();
const MOST_KNOWN = 5000;

/** As {@link initialsOf}, remembered: the same people come up again and again. */
export function initials(name: string): string {
  const found = known.get(name) ?? initialsOf(name);
  if (known.size < MOST_KNOWN) known.set(name, found);
  return found;
}

/** One or two letters for a name: first and last word, or first letter and first digit of a handle (`kestrel_9` → K9). */
function initialsOf(name: string): string {
  // Direction controls and other invisible characters would turn the letters round.
  const words = name.replaceAll(/[\p{Cf}\p{Cc}]/gu, '').replace(/^@/, '').split(/[\s._\-·/]+/u).filter((word) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(word));
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return '?';
  const letters = words.length === 1 ? firstGrapheme(first) : firstGrapheme(first) + firstGrapheme(last);
  return letters.toLocaleUpperCase();
}

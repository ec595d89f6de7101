/** Without letters and digits that are misread: I, L, O, U, 0, 1. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id short enough to read out, such as `K7F3-9QXD`, under which the log holds an error's stack. */
export function traceId(random: () => number): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

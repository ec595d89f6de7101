const plain = new Intl.NumberFormat();

/** A count as people write it: 1,204. Every call of toLocaleString makes a formatter anew, which a key would feel. */
export function countWords(count: number): string {
  return plain.format(count);
}

const CHUNK = 8000;

/** Where to cut near `at` without splitting a word or a character, looking back a little. */
function cutBefore(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  const line = text.lastIndexOf('\n', at);
  const best = Math.max(space, line);
  if (best > at - 200 && best > 0) return best + 1;
  // A surrogate pair stays whole.
  const code = text.charCodeAt(at - 1);
  return code >= 0xd8_00 && code <= 0xdb_ff ? at - 1 : at;
}

/** The beginning of a long text, cut between words. */
export function clampText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, cutBefore(text, most)).trimEnd()}…`;
}

/** A very long text in pieces, so that the browser lays out only what is in sight. */
export function chunksOf(text: string): readonly string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = start + CHUNK >= text.length ? text.length : cutBefore(text, start + CHUNK);
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}

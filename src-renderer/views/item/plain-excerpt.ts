/** The first paragraph of a Markdown text without headings and marks. */
export function plainExcerpt(markdown: string, most: number): string {
  const [first = ''] = markdown.replaceAll(/^\s{0,3}#{1,6}\s.*$/gm, '').trim().split(/\n\s*\n/);
  const plain = first
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^\s{0,3}(?:>|[-*+]|\d+\.)\s+/gm, '')
    .replaceAll(/[*_`~]{1,3}/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return plain.length <= most ? plain : `${plain.slice(0, most).trimEnd()}…`;
}

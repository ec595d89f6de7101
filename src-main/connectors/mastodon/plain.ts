import type { RichNode } from '../../contract/content.ts';
import { richText } from '../../domain/rich-text.ts';

/** Elements that begin and end a line. */
const BLOCKS: ReadonlySet<RichNode['t']> = new Set<RichNode['t']>(['p', 'pre', 'quote', 'ul', 'ol', 'li', 'h']);

/** The words of a post's HTML, a paragraph a line; what is no HTML comes as it is. */
export function plainText(html: string): string {
  return html === '' ? '' : wordsOf(richText(html)).replaceAll(/\n{3,}/g, '\n\n').trim();
}

function wordsOf(nodes: readonly RichNode[]): string {
  return nodes.map((node) => {
    if (node.t === 'text') return node.v;
    if (node.t === 'br') return '\n';
    const words = wordsOf(node.c);
    return BLOCKS.has(node.t) ? `\n${words}\n` : words;
  }).join('');
}

/** Plain text as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

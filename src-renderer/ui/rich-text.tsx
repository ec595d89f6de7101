import { createElement } from 'react';
import type { ReactNode } from 'react';
import type { RichNode } from '../../src-main/contract/content.ts';
import { OutsideLink } from './outside-link.tsx';
import { markWords } from './mark-words.ts';
import css from './rich-text.module.css';

const ELEMENTS = {
  p: 'p', em: 'em', strong: 'strong', del: 'del', code: 'code', pre: 'pre', quote: 'blockquote', ul: 'ul', ol: 'ol', li: 'li', h: 'h4',
} as const;

/** Deeper nesting than anyone writes by hand is drawn flat. */
const DEEPEST = 24;

const NO_MARKS: readonly string[] = [];

/** Platform text after the allow-list, drawn as known elements. `marks`: words to mark, lower case. */
export function RichText({ nodes, marks = NO_MARKS }: { readonly nodes: readonly RichNode[]; readonly marks?: readonly string[] }) {
  return <div className={css.rich} dir="auto">{nodes.map((node, index) => draw(node, index, marks, 0))}</div>;
}

function draw(node: RichNode, key: number, marks: readonly string[], depth: number): ReactNode {
  if (node.t === 'text') return <MarkedText key={key} text={node.v} marks={marks} />;
  if (node.t === 'br') return <br key={key} />;
  const inside = node.c.map((child, index) => draw(child, index, marks, depth + 1));
  if (node.t === 'link') return <OutsideLink key={key} href={node.href}>{inside}</OutsideLink>;
  return depth > DEEPEST ? inside : createElement(ELEMENTS[node.t], { key, dir: 'auto' }, inside);
}

/** Text as text, with the words that matched marked. */
export function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly string[] }) {
  if (marks.length === 0) return text;
  return markWords(text, marks).map((piece, index) => (piece.marked ? <mark key={`${index}m`} className={css.mark}>{piece.text}</mark> : piece.text));
}

import { Parser } from 'htmlparser2';
import type { RichNode } from '../contract/content.ts';
import { harmlessBidi } from './bidi.ts';

/** Deeper nesting is flattened into its parent. */
const MOST_DEPTH = 24;
/** What the desk is asked to draw at most; the plain text beside it stays whole. */
const MOST_NODES = 5_000;
const MOST_TEXT = 200_000;
const MOST_HREF = 2_000;
/** Nobody nests this deep; the rest of such input is not read. */
const MOST_OPEN = 500;
const PIECE = 8_192;

type Tag = Exclude<RichNode['t'], 'text' | 'br' | 'link'>;

/** The allow-list: anything else gives way to its content. */
const TAGS: Readonly<Record<string, Tag>> = {
  p: 'p', div: 'p', section: 'p', article: 'p', em: 'em', i: 'em', cite: 'em', strong: 'strong', b: 'strong',
  del: 'del', s: 'del', strike: 'del', code: 'code', kbd: 'code', samp: 'code', tt: 'code', pre: 'pre', blockquote: 'quote',
  ul: 'ul', ol: 'ol', li: 'li', h1: 'h', h2: 'h', h3: 'h', h4: 'h', h5: 'h', h6: 'h',
};

/** These go with everything in them. */
const DROPPED: ReadonlySet<string> = new Set([
  'script', 'style', 'template', 'iframe', 'object', 'embed', 'applet', 'noscript', 'noembed', 'noframes', 'head', 'title', 'svg', 'math',
  'form', 'select', 'button', 'textarea', 'video', 'audio', 'canvas', 'xmp', 'plaintext',
]);

type Open = { readonly name: string; readonly into: RichNode[] };

/**
 * Platform HTML through the allow-list. Attributes are dropped but a link's target, which is kept only where it is an
 * absolute http, https or mailto address; nothing in the result can run or load anything. An image becomes its
 * description. Takes 1 MB and more: what is beyond the limits is left out.
 */
export function richText(html: string): readonly RichNode[] {
  const root: RichNode[] = [];
  const open: Open[] = [];
  let into = root;
  let nodes = 0;
  let characters = 0;
  let dropping = 0;
  let elements = 0;

  function add(node: RichNode): boolean {
    if (nodes >= MOST_NODES) return false;
    nodes += 1;
    into.push(node);
    return true;
  }

  function addText(raw: string): void {
    if (dropping > 0 || raw === '' || characters >= MOST_TEXT) return;
    const v = harmlessBidi(raw.slice(0, MOST_TEXT - characters));
    characters += v.length;
    const last = into.at(-1);
    if (last?.t === 'text') into[into.length - 1] = { t: 'text', v: last.v + v };
    else add({ t: 'text', v });
  }

  function enter(name: string, make: (c: RichNode[]) => RichNode): void {
    const c: RichNode[] = [];
    const nested = open.length < MOST_DEPTH && add(make(c));
    open.push({ name, into });
    if (nested) into = c;
  }

  const parser = new Parser({
    onopentag(name, attributes) {
      elements += 1;
      if (DROPPED.has(name)) dropping += 1;
      if (dropping > 0) return;
      if (name === 'br') add({ t: 'br' });
      else if (name === 'img') addText(attributes['alt'] ?? '');
      else if (name === 'a') {
        const href = safeHref(attributes['href']);
        if (href !== null) enter(name, (c) => ({ t: 'link', href, c }));
      } else {
        const tag = Object.hasOwn(TAGS, name) ? TAGS[name] : undefined;
        if (tag !== undefined) enter(name, (c) => ({ t: tag, c }));
      }
    },
    ontext: addText,
    onclosetag(name) {
      elements -= 1;
      if (DROPPED.has(name)) {
        dropping -= 1;
        return;
      }
      if (dropping > 0) return;
      const at = open.findLastIndex((element) => element.name === name);
      const element = open[at];
      if (element === undefined) return;
      into = element.into;
      open.length = at;
    },
  }, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false });

  // Piece by piece, so that input made to be slow (a hundred thousand open tags) ends early.
  const enough = (): boolean => elements >= MOST_OPEN || nodes >= MOST_NODES || characters >= MOST_TEXT;
  for (let at = 0; at < html.length && !enough(); at += PIECE) parser.write(html.slice(at, at + PIECE));
  parser.end();
  return root;
}

/** The target of a link, absolute and of a kind that opens outside; null otherwise. Control characters are refused, not cleaned. */
export function safeHref(href: string | undefined): string | null {
  if (href === undefined || href.length > MOST_HREF || hasControls(href)) return null;
  let url: URL;
  try {
    url = new URL(href.trim());
  } catch {
    return null;
  }
  return url.protocol === 'http:' || url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : null;
}

function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return harmlessBidi(text) !== text;
}

import ReactMarkdown from 'react-markdown';
import type { Components } from 'react-markdown';
import { askLink, opensOutside } from '../state/links.ts';
import css from './markdown.module.css';

/** A link shows where it leads and opens outside, on confirmation; what cannot open is text. */
function Link({ href, children }: { readonly href?: string | undefined; readonly children?: React.ReactNode }) {
  if (href === undefined || !opensOutside(href)) return <span>{children}</span>;
  return <button type="button" className={css.link} title={href} onClick={() => askLink(href)}>{children}</button>;
}

/** Pictures in a text are never fetched: their description stands for them. */
const COMPONENTS: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ alt }) => <span className={css.picture}>[picture{alt === undefined || alt === '' ? '' : `: ${alt}`}]</span>,
};

/** Markdown as elements. HTML inside it stays text, and nothing in it is loaded. */
export function Markdown({ text, small = false }: { readonly text: string; readonly small?: boolean }) {
  return <div className={small ? css.small : css.prose} dir="auto"><ReactMarkdown components={COMPONENTS}>{text}</ReactMarkdown></div>;
}

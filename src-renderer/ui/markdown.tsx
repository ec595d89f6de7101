import ReactMarkdown from 'react-markdown';
import type { Components } from 'react-markdown';
import { OutsideLink } from './outside-link.tsx';
import css from './markdown.module.css';

/** Links open outside, on confirmation. Pictures are never fetched: their description stands for them. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (href === undefined ? <span>{children}</span> : <OutsideLink href={href}>{children}</OutsideLink>),
  img: ({ alt }) => <span className={css.picture}>[picture{alt === undefined || alt === '' ? '' : `: ${alt}`}]</span>,
};

/** Markdown as elements. HTML inside it stays text, and nothing in it is loaded. */
export function Markdown({ text, small = false }: { readonly text: string; readonly small?: boolean }) {
  return <div className={small ? css.small : css.prose} dir="auto"><ReactMarkdown components={COMPONENTS}>{text}</ReactMarkdown></div>;
}

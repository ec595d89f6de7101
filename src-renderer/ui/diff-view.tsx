import { classes } from './classes.ts';
import type { DiffLine } from './line-diff.ts';
import css from './diff-view.module.css';

const SIGNS = { same: ' ', gone: '−', new: '+' } as const;
const SAID = { same: '', gone: 'gone: ', new: 'new: ' } as const;

/** Two versions of a text, line by line: what went, what came, what stayed. Told by sign as well as by colour. */
export function DiffView({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <ol className={css.diff}>
      {lines.map((line, index) => (
        <li key={`${index}${line.text}`} className={classes(css.line, css[line.kind])}>
          <span className={css.sign} aria-hidden="true">{SIGNS[line.kind]}</span>
          <span dir="auto"><span className="quiet">{SAID[line.kind]}</span>{line.text === '' ? ' ' : line.text}</span>
        </li>
      ))}
    </ol>
  );
}

import { classes } from './classes.ts';
import { folded } from './line-diff.ts';
import type { DiffLine } from './line-diff.ts';
import css from './diff-view.module.css';

const SIGNS = { same: ' ', gone: '−', new: '+' } as const;
const SAID = { same: '', gone: 'gone: ', new: 'new: ' } as const;

/** Two versions of a text, line by line: what went, what came, and what stayed around it. Told by sign as well as by colour. */
export function DiffView({ lines }: { readonly lines: readonly DiffLine[] }) {
  // Where nothing changed there is nothing to fold around.
  const shown = lines.every(({ kind }) => kind === 'same') ? lines : folded(lines);
  return (
    <ol className={css.diff}>
      {shown.map((line, index) => (line.kind === 'fold'
        ? <li key={`fold${index}`} className={css.fold}>{line.count} lines the same</li>
        : (
            <li key={`${index}${line.text}`} className={classes(css.line, css[line.kind])}>
              <span className={css.sign} aria-hidden="true">{SIGNS[line.kind]}</span>
              <span dir="auto"><span className="quiet">{SAID[line.kind]}</span>{line.text === '' ? ' ' : line.text}</span>
            </li>
          )))}
    </ol>
  );
}

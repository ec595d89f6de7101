import { classes } from './classes.ts';
import css from './progress.module.css';

/** How far something is, from 0 to 1. `thin`: a hairline at the end of a row. */
export function Progress({ label, value, thin = false }: { readonly label: string; readonly value: number; readonly thin?: boolean }) {
  return <progress aria-label={label} value={value} max={1} className={classes(css.progress, thin && css.thin)} />;
}

import { classes } from './classes.ts';
import css from './severity-mark.module.css';

const STEPS = ['low', 'moderate', 'high', 'severe'] as const;

/** A small square: fuller and warmer the more severe; the word is there for who cannot see it. */
export function SeverityMark({ severity, label }: { readonly severity: number; readonly label: string }) {
  const step = STEPS[Math.max(0, Math.min(3, severity))] ?? 'low';
  return <span className={classes(css.mark, css[step])} role="img" aria-label={`Severity: ${label}`} title={label} />;
}

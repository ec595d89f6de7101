import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './badge.module.css';

export type Tone = 'plain' | 'accent' | 'bad' | 'warn' | 'good';

/** A count in a pill. */
export function Badge({ children, tone = 'plain' }: { readonly children: ReactNode; readonly tone?: Tone }) {
  return <span className={classes(css.badge, css[tone], 'tabular')}>{children}</span>;
}

/** A short fact in a hairline box: a category, a language, "2 strikes". */
export function Chip({ children, tone = 'plain', title }: { readonly children: ReactNode; readonly tone?: Tone; readonly title?: string }) {
  return <span className={classes(css.chip, css[tone])} title={title} dir="auto">{children}</span>;
}

/** The dot beside a connection's name; its hue is the connection's own. */
export function HueDot({ hue }: { readonly hue: number }) {
  return <span className={css.dot} style={{ background: `oklch(66% 0.16 ${hue})` }} aria-hidden="true" />;
}

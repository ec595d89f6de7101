import type { ReactNode } from 'react';
import { Keys } from './kbd.tsx';
import css from './section.module.css';

type SectionProps = {
  readonly title: ReactNode;
  /** The key that leads here. */
  readonly keys?: string | undefined;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** A block of a side column: small heading, its key at the end of the line. */
export function Section({ title, keys, aside, children }: SectionProps) {
  return (
    <section className={css.section}>
      <header className={css.head}>
        <h3>{title}</h3>
        {aside}
        {keys !== undefined && <Keys chord={keys} />}
      </header>
      {children}
    </section>
  );
}

/** The line at the top of a place: its name, what it holds, and what can be done to it. */
export function PlaceHead({ title, said, children }: { readonly title: string; readonly said?: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className={css.place}>
      <h1>{title}</h1>
      {said !== undefined && <span className={css.said}>{said}</span>}
      {children !== undefined && <div className={css.tools}>{children}</div>}
    </header>
  );
}

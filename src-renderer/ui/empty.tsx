import type { ReactNode } from 'react';
import { Keys } from './kbd.tsx';
import css from './empty.module.css';

type EmptyProps = {
  readonly title: string;
  readonly said?: ReactNode;
  /** The keys that lead on from here. */
  readonly next?: readonly { readonly keys: string; readonly text: string }[];
  readonly children?: ReactNode;
};

const NO_KEYS: NonNullable<EmptyProps['next']> = [];

/** What stands where a list would: says why it is empty and teaches the next key. */
export function Empty({ title, said, next = NO_KEYS, children }: EmptyProps) {
  return (
    <div className={css.empty}>
      <p className={css.title}>{title}</p>
      {said !== undefined && <p className={css.said}>{said}</p>}
      {next.length > 0 && (
        <ul className={css.next}>
          {next.map(({ keys, text }) => <li key={keys}><Keys chord={keys} /> <span>{text}</span></li>)}
        </ul>
      )}
      {children}
    </div>
  );
}

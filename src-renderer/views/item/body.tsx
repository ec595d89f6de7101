import { useState } from 'react';
import type { SubjectView } from '../../../src-main/contract/content.ts';
import { classes } from '../../ui/classes.ts';
import { MarkedText, RichText } from '../../ui/rich-text.tsx';
import { chunksOf, clampText } from './clamp.ts';
import css from './post.module.css';

/** Longer texts are cut there until someone asks for the rest. */
const MOST_SHOWN = 3000;

type BodyProps = { readonly subject: Pick<SubjectView, 'key' | 'text' | 'rich'>; readonly marks: readonly string[]; readonly size: 'plain' | 'large' };

/** Someone's words as words: never markup, direction of their own, long ones cut until asked for. */
export function Body({ subject, marks, size }: BodyProps) {
  const [allOf, setAllOf] = useState<string | null>(null);
  const { text } = subject;
  const long = text.length > MOST_SHOWN;
  if (!long && subject.rich !== null) return <div className={classes(css.body, css[size])}><RichText nodes={subject.rich} marks={marks} /></div>;
  const whole = allOf === subject.key;
  return (
    <div className={classes(css.body, css[size])}>
      {long && whole
        ? chunksOf(text).map((chunk, index) => <div key={`${subject.key}${index}`} className={css.chunk} dir="auto">{chunk}</div>)
        : <p className={css.text} dir="auto"><MarkedText text={long ? clampText(text, MOST_SHOWN) : text} marks={marks} /></p>}
      {long && (
        <button type="button" className={css.all} onClick={() => setAllOf(whole ? null : subject.key)}>
          {whole ? 'Show less' : `Show all ${text.length.toLocaleString()} characters`}
        </button>
      )}
    </div>
  );
}

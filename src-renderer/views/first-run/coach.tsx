import { Check, X } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { CommandId } from '../../../src-main/contract/commands.ts';
import { useKey } from '../../commands/use-keys.ts';
import { classes } from '../../ui/classes.ts';
import { Keys } from '../../ui/kbd.tsx';
import { closeCoach, useCoach, useLessons } from './coach-state.ts';
import type { Lesson } from './coach-state.ts';
import { useNameHint } from './name-hint.ts';
import css from './coach.module.css';

function Key({ id }: { readonly id: CommandId }) {
  const keys = useKey(id);
  return keys === undefined ? null : <Keys chord={keys} />;
}

function Line({ lesson, children }: { readonly lesson: Lesson; readonly children: ReactNode }) {
  const done = useCoach((state) => state.learnt.includes(lesson));
  return (
    <li className={classes(css.line, done && css.done)}>
      <span className={css.tick}>{done && <Check aria-label="done" />}</span>
      <span>{children}</span>
    </li>
  );
}

function Lines() {
  const all = useCoach((state) => state.learnt.length === 3);
  useLessons();
  useEffect(() => {
    if (!all) return undefined;
    const timer = setTimeout(closeCoach, 4000);
    return () => clearTimeout(timer);
  }, [all]);
  return (
    <aside className={css.coach} aria-label="First steps">
      <ul>
        <Line lesson="move"><Key id="move.next" /> <Key id="move.previous" /> next and previous</Line>
        <Line lesson="decide"><Key id="decide.dismiss" /> dismisses, <Key id="decide.remove" /> removes, then a number and <Key id="decide.commit" /></Line>
        <Line lesson="undo"><Key id="back.undo" /> takes it back, as often as you like</Line>
      </ul>
      <button type="button" className={css.close} aria-label="Close the first steps" onClick={closeCoach}><X aria-hidden="true" /></button>
    </aside>
  );
}

/** Three lines for a newcomer, under the list; they tick themselves off and go for good. */
export function Coach() {
  useNameHint();
  const closed = useCoach((state) => state.closed);
  return closed ? null : <Lines />;
}

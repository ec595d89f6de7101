import { CircleQuestionMark } from 'lucide-react';
import type { ItemDetail } from '../../../src-main/contract/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { togglePart, usePartOpen } from '../../state/item-view.ts';
import { Keys } from '../../ui/kbd.tsx';
import css from './why.module.css';

/** Why the item stands where it stands: the strongest grounds in a line, all of them with their points on the key. */
export function Why({ detail }: { readonly detail: ItemDetail }) {
  const { row, why } = detail;
  const open = usePartOpen(row.id, 'why');
  const keys = useKey('look.why');
  return (
    <button type="button" className={css.why} aria-expanded={open} onMouseDown={(event) => event.preventDefault()} onClick={() => togglePart(row.id, 'why')}>
      <CircleQuestionMark aria-hidden="true" />
      <span className={css.text}>
        {/* A conflict stands above all numbers. */}
        <strong>{row.state === 'conflict' ? 'Conflict' : `Priority ${row.priority}`}</strong>
        {open ? (
          <span className={css.factors}>
            {why.map((factor) => (
              <span key={factor.text} className={css.factor}>
                <span className="tabular">{factor.points > 0 ? `+${factor.points}` : factor.points === 0 ? '·' : `−${-factor.points}`}</span>
                <span>{factor.text}</span>
              </span>
            ))}
          </span>
        ) : why.map((factor) => <span key={factor.text}> · {factor.text}</span>)}
      </span>
      {keys !== undefined && <Keys chord={keys} />}
    </button>
  );
}

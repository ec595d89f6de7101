import { ArrowUp } from 'lucide-react';
import { useKey } from '../../commands/use-keys.ts';
import { reloadQueue, useQueue } from '../../state/queue.ts';
import { Keys } from '../../ui/kbd.tsx';
import { countWords } from '../../ui/count-words.ts';
import css from './incoming-bar.module.css';

/** The count stops there; nobody needs to know more before looking. */
const MOST_COUNTED = 1000;

/** "12 new items": they wait until they are asked for, so that nothing moves under the hand. */
export function IncomingBar() {
  const incoming = useQueue((state) => state.incoming);
  const keys = useKey('move.incoming');
  if (incoming === 0) return null;
  const count = incoming >= MOST_COUNTED ? '1,000+' : countWords(incoming);
  return (
    <button type="button" className={css.bar} onMouseDown={(event) => event.preventDefault()} onClick={() => { void reloadQueue(); }}>
      <ArrowUp aria-hidden="true" />
      <span>{count} new {incoming === 1 ? 'item' : 'items'}</span>
      {keys !== undefined && <Keys chord={keys} />}
    </button>
  );
}

import { useDeciding } from '../../state/deciding.ts';
import { DecidingBar } from './deciding-bar.tsx';
import { IdleBar } from './idle-bar.tsx';
import { useDecidingCommands } from './deciding-commands.ts';
import css from './deciding.module.css';

/** The bar under the queue: the verbs, then in the same place the reasons, durations and words of the one chosen. */
export function VerbBar() {
  const draft = useDeciding((state) => state.draft);
  useDecidingCommands(draft !== null);
  // The verbs stay in the document while the bar asks: putting them back would cost time at the key that commits.
  return (
    <>
      <div className={css.idle} hidden={draft !== null && !draft.adding}><IdleBar alone={draft === null} /></div>
      {draft !== null && <DecidingBar draft={draft} />}
    </>
  );
}

import { useDeciding } from '../../state/deciding.ts';
import { DecidingBar } from './deciding-bar.tsx';
import { IdleBar } from './idle-bar.tsx';
import { useDecidingCommands } from './deciding-commands.ts';

/** The bar under the queue: the verbs, then in the same place the reasons, durations and words of the one chosen. */
export function VerbBar() {
  const draft = useDeciding((state) => state.draft);
  useDecidingCommands(draft !== null);
  return draft === null ? <IdleBar /> : <DecidingBar draft={draft} />;
}

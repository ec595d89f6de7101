import { client } from '../../host/client.ts';
import { useCounts } from '../../state/counts.ts';
import { useLive } from '../../state/use-live.ts';
import type { QueryNames } from './query.ts';

type About = Awaited<ReturnType<typeof client.history.about>>;

/** How long the log is, who is in it, and the names behind the ids of filters. */
export function useNames(): { readonly names: QueryNames; readonly about: About | undefined; readonly reload: () => void } {
  const { data: about, reload } = useLive('history-about', ['history'], () => client.history.about());
  const { data: guidelines } = useLive('history-guidelines', ['guidelines'], () => client.guidelines.list({ retired: true }));
  // Removed ones too: the log names them for good.
  const connections = useCounts((state) => state.sources);
  return { names: { actors: about?.actors ?? [], guidelines: guidelines ?? [], connections }, about, reload };
}

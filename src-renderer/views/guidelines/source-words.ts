import { useCounts } from '../../state/counts.ts';

/** Names where a guideline comes from: null for our own, else the connection that publishes it. */
export function useSourceTitle(): (connectionId: string | null) => string | null {
  const sources = useCounts((state) => state.sources);
  return (connectionId) => (connectionId === null ? null : sources.find(({ id }) => id === connectionId)?.title ?? 'a former connection');
}

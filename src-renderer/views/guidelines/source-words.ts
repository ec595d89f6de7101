import { useCounts } from '../../state/counts.ts';

/** Names where a guideline comes from: null for our own, else the connection that publishes it. */
export function useSourceTitle(): (connectionId: string | null) => string | null {
  const connections = useCounts((state) => state.connections);
  return (connectionId) => (connectionId === null ? null : connections?.find(({ id }) => id === connectionId)?.title ?? 'a former connection');
}

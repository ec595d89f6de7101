import { useCommands } from './handlers.ts';

/**
 * Next, previous, first and last over a list whose selection is an id. With nothing selected, next takes the
 * first and previous the last; at the ends the selection stays.
 */
export function useListMoves(ids: readonly string[], selected: string | null, select: (id: string) => void): void {
  const at = selected === null ? -1 : ids.indexOf(selected);
  function go(index: number): void {
    const id = ids[Math.min(Math.max(index, 0), ids.length - 1)];
    if (id !== undefined) select(id);
  }
  const any = ids.length > 0;
  useCommands({
    'move.next': any ? () => go(at + 1) : undefined,
    'move.previous': any ? () => go(at < 0 ? ids.length - 1 : at - 1) : undefined,
    'move.first': any ? () => go(0) : undefined,
    'move.last': any ? () => go(ids.length - 1) : undefined,
  });
}

import type { QueueCounts } from '../../../src-main/contract/queue.ts';
import type { ConnectionSource } from '../../../src-main/contract/setup.ts';
import { useCounts } from '../../state/counts.ts';
import { sourceName } from '../../state/source-words.ts';

export type SourceChoice = { readonly source: ConnectionSource; readonly name: string; readonly open: number };

/** What the queue can be narrowed to: every connection, and a removed one for as long as something of it is open or it is chosen. */
export function sourceChoices(sources: readonly ConnectionSource[], open: QueueCounts['byConnection'], chosen: readonly string[]): readonly SourceChoice[] {
  return sources
    .map((source) => ({ source, name: sourceName(source), open: open[source.id] ?? 0 }))
    .filter(({ source, open: count }) => !source.removed || count > 0 || chosen.includes(source.id));
}

const NONE: QueueCounts['byConnection'] = {};

/** The choices as they are now. */
export function useSourceChoices(chosen: readonly string[]): readonly SourceChoice[] {
  const sources = useCounts((state) => state.sources);
  const open = useCounts((state) => state.queue?.byConnection) ?? NONE;
  return sourceChoices(sources, open, chosen);
}

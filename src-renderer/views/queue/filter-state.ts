import { create } from 'zustand';
import type { QueueFilter } from '../../../src-main/contract/queue.ts';

/** Whether the filter's boxes are on screen, and whether they were just asked for: then the text box takes the focus, once. */
export const useFilterBar = create<{ readonly open: boolean; readonly asked: boolean }>(() => ({ open: false, asked: false }));

/** Whether a person narrowed the list beyond its saved view. */
export function isFiltered(filter: QueueFilter): boolean {
  return filter.text !== undefined || filter.connectionId !== undefined || filter.category !== undefined || filter.language !== undefined;
}

/** The filter with one field changed; an empty value takes the field away. */
export function withField<Field extends 'text' | 'connectionId' | 'category' | 'language'>(filter: QueueFilter, field: Field, value: QueueFilter[Field] | ''): QueueFilter {
  const { [field]: _, ...rest } = filter;
  // The rest still has every required field; only an optional one was taken.
  const left: QueueFilter = rest as QueueFilter;
  return value === '' || value === undefined ? left : { ...left, [field]: value };
}

/** The connections that the list is narrowed to; none where it shows every one. */
export function chosenSources({ connectionId }: Pick<QueueFilter, 'connectionId'>): readonly string[] {
  return connectionId === undefined ? [] : typeof connectionId === 'string' ? [connectionId] : connectionId;
}

/** The filter that shows these connections; none shows every one. */
export function withSources(filter: QueueFilter, ids: readonly string[]): QueueFilter {
  const [only, ...others] = ids;
  return withField(filter, 'connectionId', only === undefined ? '' : others.length === 0 ? only : [...ids]);
}

/** The saved view's part of a filter: state and severity. */
export function unfiltered(filter: QueueFilter): QueueFilter {
  return { state: filter.state, ...(filter.minSeverity === undefined ? {} : { minSeverity: filter.minSeverity }) };
}

import { create } from 'zustand';
import { navigate } from '../../state/route.ts';
import type { HistoryQuery } from './query.ts';

type HistoryView = { readonly query: HistoryQuery; readonly selected: string | null };

/** What the history shows, kept while one is elsewhere. */
export const useHistoryView = create<HistoryView>(() => ({ query: {}, selected: null }));

/** Shows the history narrowed to a question, such as one member's. */
export function showHistory(query: HistoryQuery): void {
  useHistoryView.setState({ query, selected: null });
  navigate('history');
}

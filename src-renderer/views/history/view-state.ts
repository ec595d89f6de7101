import { create } from 'zustand';
import type { HistoryQuery } from './query.ts';

type HistoryView = { readonly query: HistoryQuery; readonly selected: string | null };

/** What the history shows, kept while one is elsewhere. */
export const useHistoryView = create<HistoryView>(() => ({ query: {}, selected: null }));

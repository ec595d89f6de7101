import { tableFeatures } from '@tanstack/react-table';

/** The grid holds ids only; each cell reads its row by id, so that a change draws one cell and not the list. */
export type GridRow = { readonly id: number };

/** Order and filter are the backend's, so the table needs none of its own. */
export const gridFeatures = tableFeatures({});
export type GridFeatures = typeof gridFeatures;

import type { Category } from '../../../src-main/contract/words.ts';

const SEVERE = 3;
const HARD_TO_READ: ReadonlySet<Category> = new Set(['violence', 'self-harm', 'sexual', 'minors', 'hate']);

/** Whether the text waits behind "hold Space to look": severe, and of a kind that stays with a reader. */
export function isVeiled(row: { readonly severity: number; readonly category: Category }): boolean {
  return row.severity >= SEVERE && HARD_TO_READ.has(row.category);
}

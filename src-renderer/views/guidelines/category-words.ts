import type { Category } from '../../../src-main/contract/words.ts';

/** A category of complaint, in words. */
export function categoryWords(category: Category): string {
  return category.replaceAll('-', ' ');
}

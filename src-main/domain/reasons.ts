import type { GuidelineView } from '../contract/work.ts';
import type { Category } from '../contract/words.ts';

/** The numbered reasons: nine keys. */
const MOST_REASONS = 9;

/**
 * The guidelines offered as reasons for an item, best first: those made for its category, ours before what its
 * connection publishes; then the rest of what the connection publishes, which seldom names categories; then the rest of
 * ours. What another connection publishes does not apply to it.
 */
export function reasonsFor<Reason extends Pick<GuidelineView, 'categories' | 'connectionId'>>(
  guidelines: readonly Reason[], { category, connectionId }: { readonly category: Category; readonly connectionId: string },
): readonly Reason[] {
  const ours = guidelines.filter((guideline) => guideline.connectionId === null);
  const theirs = guidelines.filter((guideline) => guideline.connectionId === connectionId);
  const fits = (guideline: Reason): boolean => guideline.categories.includes(category);
  const others = (guideline: Reason): boolean => !fits(guideline);
  return [...ours.filter(fits), ...theirs.filter(fits), ...theirs.filter(others), ...ours.filter(others)].slice(0, MOST_REASONS);
}

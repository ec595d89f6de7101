import type { Category } from '../../contract/words.ts';
import type { Report } from './model.ts';

/** Categories of a report (docs.joinmastodon.org/entities/Report#category). */
const CATEGORIES: Readonly<Record<string, Category>> = { spam: 'spam', legal: 'illegal', violation: 'other', other: 'other' };

/** Docket's category; what is not known is `other`, with the server's own word beside it. */
export function categoryOf({ category }: Report): Category {
  return Object.hasOwn(CATEGORIES, category) ? CATEGORIES[category] ?? 'other' : 'other';
}

/** The rules that were named, or else the server's word for the category. */
export function remoteCategoryOf({ category, rules }: Report): string | null {
  if (rules.length > 0) return rules.join('; ');
  return category === '' ? null : category;
}

/** Who can see a post, where that is not everybody: shown as its place. */
const PLACES: Readonly<Record<string, string>> = {
  private: 'To followers', direct: 'To those it mentions', unlisted: 'Quiet public', local: 'On this server only', mutuals_only: 'To mutual followers',
};

/** A visibility in words; unknown ones as they come. */
export function placeOf(visibility: string): string | null {
  if (visibility === '' || visibility === 'public') return null;
  return Object.hasOwn(PLACES, visibility) ? PLACES[visibility] ?? null : visibility;
}

/** What closing a report meant, as far as it can be seen. */
export function whatOf({ handled, target }: Report): string {
  const limits = target?.limits ?? [];
  const now = limits.length === 0 ? '' : `, account ${limits.join(' and ')}`;
  const said = handled?.said ?? '';
  return `resolved${now}${said === '' ? '' : `: ${said}`}`;
}

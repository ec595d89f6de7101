import type { Category } from '../../contract/words.ts';

/** Flag types (app/models/post_action_type.rb, db/fixtures/003_flags.rb) and what plugins add, by their name key. */
const CATEGORIES: Readonly<Record<string, Category>> = {
  spam: 'spam', off_topic: 'off-topic', inappropriate: 'harassment', illegal: 'illegal', needs_approval: 'held',
  notify_user: 'other', notify_moderators: 'other', akismet_spam_post: 'spam', suspect_user: 'spam',
};

/** Docket's category for a type of score; what is not known stays `other`, with its own title beside it. */
export function categoryOf(type: string | null | undefined): Category {
  return CATEGORIES[type ?? ''] ?? 'other';
}

/** The numbers that the types have in every forum, for answers that do not bring the types (app/models/post_action_type.rb). */
const NUMBERS: Readonly<Record<string, string>> = { 3: 'off_topic', 4: 'inappropriate', 6: 'notify_user', 7: 'notify_moderators', 8: 'spam', 9: 'needs_approval', 10: 'illegal' };

export function typeOfNumber(id: string | null | undefined): string | null {
  return NUMBERS[id ?? ''] ?? null;
}

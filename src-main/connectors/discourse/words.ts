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

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ', hellip: '…' };

/** The words of a piece of HTML, for places that show plain text only. */
export function plainText(html: string | null | undefined): string {
  return (html ?? '')
    .replaceAll(/<(?:br|\/p|\/li|\/div|\/h[1-6]|\/blockquote)[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,8});/gi, (whole, entity: string) => {
      if (!entity.startsWith('#')) return ENTITIES[entity.toLowerCase()] ?? whole;
      const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
    })
    .replaceAll(/[ \t]+\n/g, '\n').replaceAll(/\n{3,}/g, '\n\n').trim();
}

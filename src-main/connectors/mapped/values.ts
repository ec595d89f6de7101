import type { Mapping } from '../../contract/mapping.ts';
import { CATEGORIES } from '../../contract/words.ts';
import type { Category, SubjectType } from '../../contract/words.ts';
import { textOf } from './rows.ts';

/** Words of a state that say it was dealt with: Mastodon's action_taken, Discourse's review states, help desks' ticket states. */
export const CLOSED_WORDS: readonly string[] = [
  'closed', 'resolved', 'done', 'handled', 'dismissed', 'rejected', 'approved', 'ignored', 'deleted', 'removed', 'actioned', 'solved', 'completed', 'complete', 'archived', 'true', 'yes', '1',
];

/** Also the prefixes of Reddit's fullnames (t1 a comment, t2 an account, t3 a link, t4 a message, t5 a subreddit). */
const TYPE_WORDS: Readonly<Record<SubjectType, readonly string[]>> = {
  post: ['post', 'status', 'comment', 'topic', 'thread', 'note', 'reply', 'article', 'submission', 'video', 'queued_post', 'reviewableflaggedpost', 'reviewablequeuedpost', 't1', 't3'],
  message: ['message', 'direct message', 'dm', 'pm', 'private_message', 'chat', 'chat_message', 'reviewablechatmessage', 't4'],
  member: ['member', 'user', 'account', 'profile', 'person', 'reviewableuser', 't2'],
  community: ['community', 'group', 'forum', 'server', 'guild', 'channel', 'room', 'subreddit', 't5'],
};

/** Usual words for our categories; a guess offers them, a person decides. */
const CATEGORY_WORDS: Readonly<Partial<Record<Category, readonly string[]>>> = {
  spam: ['advertising', 'ad', 'scam', 'phishing', 'bot', 'unsolicited', 'notify_moderators_spam'],
  harassment: ['abuse', 'abusive', 'bullying', 'insult', 'personal attack', 'harassing', 'threatening', 'trolling', 'rude', 'toxic', 'uncivil'],
  hate: ['hate speech', 'hateful', 'racism', 'discrimination', 'slur', 'homophobia', 'transphobia'],
  violence: ['threat', 'threats', 'violent', 'gore', 'terrorism'],
  'self-harm': ['suicide', 'self harm', 'selfharm'],
  sexual: ['nsfw', 'porn', 'pornography', 'nudity', 'sexual content', 'adult'],
  minors: ['csam', 'csae', 'child safety', 'child abuse', 'minor'],
  privacy: ['doxxing', 'doxing', 'personal information', 'private information'],
  impersonation: ['impersonating', 'fake account', 'identity'],
  misinformation: ['false information', 'fake news', 'misleading', 'disinformation'],
  'off-topic': ['off topic', 'offtopic', 'wrong place'],
  'ban-evasion': ['ban evasion', 'alt account', 'sockpuppet', 'evasion'],
  illegal: ['legal', 'copyright', 'dmca', 'illegal content'],
  held: ['queued', 'pending approval', 'held for review'],
  appeal: ['appeals', 'unban request'],
};

function plain(word: string): string {
  return word.trim().toLowerCase().replaceAll(/[\s_-]+/g, ' ');
}

/** Whether a word is among some, whatever its case. */
export function wordIn(words: readonly string[], word: string): boolean {
  return words.some((one) => plain(one) === plain(word));
}

/** The kind that a word stands for, as the mapping says or as is usual; null where neither knows it. */
export function typeFor(word: string, { types }: Pick<Mapping, 'types'>): SubjectType | null {
  const mapped = Object.entries(types).find(([from]) => plain(from) === plain(word));
  if (mapped !== undefined) return mapped[1];
  for (const type of ['post', 'message', 'member', 'community'] as const) if (wordIn(TYPE_WORDS[type], word)) return type;
  return null;
}

/** The category that a value stands for: as the mapping says, or its own word where it is one of ours. Of several the first that is known. */
export function categoryFor(value: unknown, { categories }: Pick<Mapping, 'categories'>): Category {
  const whole = textOf(value);
  for (const word of [whole, ...(Array.isArray(value) ? value.map(textOf) : whole.split(/[,;|]/))]) {
    if (word.trim() === '') continue;
    const mapped = Object.entries(categories).find(([from]) => plain(from) === plain(word))?.[1] ?? CATEGORIES.find((one) => plain(one) === plain(word));
    if (mapped !== undefined) return mapped;
  }
  return 'other';
}

/** What a word usually means, for a guess; null where that is not known, or is its own word already. */
export function usualCategory(word: string): Category | null {
  for (const category of CATEGORIES) if (wordIn(CATEGORY_WORDS[category] ?? [], word)) return category;
  return null;
}

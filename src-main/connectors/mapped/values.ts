import type { Mapping } from '../../contract/mapping.ts';
import { CATEGORIES, SUBJECT_TYPES } from '../../contract/words.ts';
import type { Category, SubjectType } from '../../contract/words.ts';
import { textOf } from './rows.ts';

/** Words of a state that say it was dealt with: Mastodon's action_taken, Discourse's review states, help desks' ticket states. */
const CLOSED_WORDS: readonly string[] = [
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

/** Each word with what it stands for. */
function byWord<Meaning extends string>(words: Readonly<Partial<Record<Meaning, readonly string[]>>>, meanings: readonly Meaning[]): ReadonlyMap<string, Meaning> {
  return new Map(meanings.flatMap((meaning) => [meaning, ...words[meaning] ?? []].map((word) => [plain(word), meaning] as const)));
}

const TYPES = byWord(TYPE_WORDS, SUBJECT_TYPES);
const OWN_CATEGORIES = byWord({}, CATEGORIES);
const USUAL_CATEGORIES = byWord(CATEGORY_WORDS, CATEGORIES);
const CLOSED: ReadonlySet<string> = new Set(CLOSED_WORDS.map(plain));

/** Whether a state says that it was dealt with: by the mapping's words, or else the usual ones. */
export function isClosed(state: string, { closed }: Pick<Mapping, 'closed'>): boolean {
  return closed.length === 0 ? CLOSED.has(plain(state)) : closed.some((word) => plain(word) === plain(state));
}

/** The kind that a word stands for, as the mapping says or as is usual; null where neither knows it. */
export function typeFor(word: string, { types }: Pick<Mapping, 'types'>): SubjectType | null {
  return mappedFor(word, types) ?? TYPES.get(plain(word)) ?? null;
}

/** What a mapping's own words stand for, by their plain forms; read once a mapping. */
const read = new WeakMap<object, ReadonlyMap<string, unknown>>();

function mappedFor<Meaning>(word: string, meanings: Readonly<Record<string, Meaning>>): Meaning | undefined {
  let known = read.get(meanings) as ReadonlyMap<string, Meaning> | undefined;
  if (known === undefined) {
    known = new Map(Object.entries(meanings).map(([from, meaning]) => [plain(from), meaning]));
    read.set(meanings, known);
  }
  return known.get(plain(word));
}

/** The category that a value stands for: as the mapping says, or its own word where it is one of ours. Of several the first that is known. */
export function categoryFor(value: unknown, { categories }: Pick<Mapping, 'categories'>): Category {
  const whole = textOf(value);
  for (const word of [whole, ...(Array.isArray(value) ? value.map(textOf) : whole.split(/[,;|]/))]) {
    if (word.trim() === '') continue;
    const mapped = mappedFor(word, categories) ?? OWN_CATEGORIES.get(plain(word));
    if (mapped !== undefined) return mapped;
  }
  return 'other';
}

/** The usual words with what they mean, for where nobody said what they mean. */
export const USUAL_MEANINGS: Readonly<Record<string, Category>> = Object.fromEntries(USUAL_CATEGORIES);

/** What a word usually means, for a guess; null where that is not known, or is its own word already. */
export function usualCategory(word: string): Category | null {
  return OWN_CATEGORIES.has(plain(word)) ? null : USUAL_CATEGORIES.get(plain(word)) ?? null;
}

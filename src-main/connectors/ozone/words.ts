import type { Category } from '../../contract/words.ts';

/** Reason types by their name after '#': com.atproto.moderation.defs and tools.ozone.report.defs. */
const CATEGORIES: Readonly<Record<string, Category>> = {
  reasonSpam: 'spam', reasonMisleadingSpam: 'spam', reasonMisleadingBot: 'spam', reasonMisleadingScam: 'spam',
  reasonViolation: 'illegal', reasonRuleProhibitedSales: 'illegal', reasonRuleSiteSecurity: 'illegal',
  reasonMisleading: 'misinformation', reasonMisleadingElections: 'misinformation', reasonMisleadingOther: 'misinformation',
  reasonMisleadingImpersonation: 'impersonation',
  reasonRude: 'harassment', reasonHarassmentTroll: 'harassment', reasonHarassmentTargeted: 'harassment', reasonHarassmentOther: 'harassment',
  reasonHarassmentHateSpeech: 'hate', reasonHarassmentDoxxing: 'privacy', reasonChildSafetyPrivacy: 'minors',
  reasonRuleBanEvasion: 'ban-evasion', reasonAppeal: 'appeal', reasonOther: 'other', reasonRuleOther: 'other',
};

/** Families of newer reason types, by how their name begins. */
const FAMILIES: readonly (readonly [string, Category])[] = [
  ['reasonChildSafety', 'minors'], ['reasonSelfHarm', 'self-harm'], ['reasonSexual', 'sexual'],
  ['reasonHarassment', 'harassment'], ['reasonMisleading', 'misinformation'], ['reasonViolence', 'violence'],
];

/** Docket's category for a reason type; `other` where it is not known. */
export function categoryOf(reasonType: string | undefined): Category {
  const name = reasonType?.replace(/^.*#/, '') ?? '';
  return CATEGORIES[name] ?? FAMILIES.find(([start]) => name.startsWith(start))?.[1] ?? 'other';
}

/** A token of a lexicon in words: `tools.ozone.report.defs#reasonMisleadingScam` is "misleading scam". */
export function wordsOf(token: string): string {
  return token.replace(/^.*#/, '').replace(/^(?:reason|modEvent|review)(?=[A-Z])/, '')
    .replace(/Event$/, '').replace(/Activity$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** What a record is, where it is not a post: shown as its place. */
export function collectionWords(collection: string): string | null {
  switch (collection) {
    case 'app.bsky.feed.post': return null;
    case 'app.bsky.actor.profile': return 'Profile';
    case 'app.bsky.graph.list': return 'List';
    case 'app.bsky.feed.generator': return 'Feed';
    case 'app.bsky.graph.starterpack': return 'Starter pack';
    case 'app.bsky.labeler.service': return 'Labeler';
    default: return collection;
  }
}

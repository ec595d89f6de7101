import type { SubjectType } from '../../contract/words.ts';
import type { RemoteMedia } from '../connector.ts';

/** What can be reported. Ids of reports and of things collide between kinds, so that every key names its kind. */
export const KINDS = ['post', 'comment', 'private_message', 'community'] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds as Docket's types of subjects. */
export const TYPES: Readonly<Record<Kind | 'unknown', SubjectType>> = { post: 'post', comment: 'post', private_message: 'message', community: 'community', unknown: 'post' };

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly handle: string;
  readonly url: string | null;
  readonly joinedAt: number | null;
  readonly posts: number | null;
  readonly standing: readonly string[];
};

/** Something that is or can be reported. */
export type Thing = {
  /** `post/55`; of a kind that Docket does not know, the instance's own word for it. */
  readonly key: string;
  readonly kind: Kind | 'unknown';
  readonly id: string;
  readonly author: Person | null;
  readonly community: { readonly id: string; readonly name: string } | null;
  /** The post that a comment stands under. */
  readonly postId: string | null;
  /** A comment's place in its thread, `0.12.40`. */
  readonly path: string;
  readonly text: string;
  /** What it said when it was reported, where that is told. */
  readonly reported: string | null;
  readonly createdAt: number | null;
  readonly editedAt: number | null;
  readonly deleted: boolean;
  readonly removed: boolean;
  readonly locked: boolean;
  /** Of its author: from the instance, until when (null for good), and from its community. */
  readonly banned: boolean;
  readonly bannedUntil: number | null;
  readonly bannedHere: boolean;
  /** Null where it is for good or, in 0.19, not told. */
  readonly bannedHereUntil: number | null;
  readonly media: readonly RemoteMedia[];
};

export type Report = {
  /** `post/3`: unique on the instance, and the same in both versions of the API. */
  readonly key: string;
  readonly kind: Kind | 'unknown';
  readonly id: string;
  readonly thing: Thing;
  readonly reason: string;
  /** Whether its reporter says that it breaks the instance's rules; null in 0.19, which does not ask. */
  readonly breaksInstanceRules: boolean | null;
  readonly resolved: boolean;
  readonly resolver: Person | null;
  readonly conclusion: string;
  readonly publishedAt: number | null;
  /** When it was last resolved or opened again. */
  readonly updatedAt: number | null;
  readonly reporter: Person | null;
};

/** `post/3`, as a remote id. */
export function keyOf(kind: string, id: string): string {
  return `${kind}/${id}`;
}

/** A kind and id from a remote id; null for what this connector never wrote. */
export function readKey(key: string): { readonly kind: Kind; readonly id: string } | null {
  const [kind, id] = key.split('/');
  const known = KINDS.find((one) => one === kind);
  return known === undefined || id === undefined ? null : { kind: known, id };
}

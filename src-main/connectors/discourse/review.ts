import { plainText } from '../http/html.ts';
import { reviewable } from './schemas.ts';
import { typeOfNumber } from './words.ts';
import type { SideLoads, WireReviewable, WireScore, WireUser } from './schemas.ts';

/** One reviewable with what the answer said beside it. */
export type Review = {
  readonly reviewable: WireReviewable;
  readonly scores: readonly WireScore[];
  /** Score ids of which the answer brought no row. */
  readonly unread: readonly string[];
  readonly users: ReadonlyMap<string, WireUser>;
  readonly topicTitle: string | null;
  /** What this item offers now to this account, in its order (Reviewable#actions_for). */
  readonly offered: readonly Offered[];
  /** Who has taken its topic on; null where nobody has. */
  readonly claimedBy: string | null;
  readonly said: (score: WireScore) => string;
  readonly typeOf: (score: WireScore) => { readonly type: string | null; readonly title: string | null };
};

/** `id` is what perform wants. */
export type Offered = { readonly id: string; readonly clientAction: string | null };

type Joined = {
  readonly sides: SideLoads;
  readonly users: ReadonlyMap<string, WireUser>;
  readonly scores: ReadonlyMap<string, WireScore>;
};

/** Joins a page: reviewables without even an id are counted, since they may be reports. */
export function joinPage(page: SideLoads & { readonly reviewables: readonly unknown[] }): { readonly reviews: readonly Review[]; readonly unreadable: number } {
  const joined = indexOf(page);
  const read = page.reviewables.map((row) => reviewable.safeParse(row));
  return {
    reviews: read.flatMap((one) => (one.success ? [join(one.data, joined)] : [])),
    unreadable: read.filter(({ success }) => !success).length,
  };
}

/** Joins the answer about one reviewable. */
export function joinOne(answer: SideLoads & { readonly reviewable: WireReviewable }): Review {
  return join(answer.reviewable, indexOf(answer));
}

function indexOf(sides: SideLoads): Joined {
  return { sides, users: new Map(sides.users.map((user) => [user.id, user])), scores: new Map(sides.reviewable_scores.map((score) => [score.id, score])) };
}

function join(one: WireReviewable, { sides, users, scores }: Joined): Review {
  const ids = one.reviewable_score_ids ?? [];
  const types = new Map(sides.score_types.map((type) => [type.id, type]));
  return {
    reviewable: one,
    scores: ids.flatMap((id) => scores.get(id) ?? []),
    unread: ids.filter((id) => !scores.has(id)),
    users,
    topicTitle: sides.topics.find(({ id }) => id === one.topic_id)?.title ?? null,
    offered: offeredIn(one, sides),
    claimedBy: sides.claimed_bies.find(({ id }) => id === one.claimed_by_id)?.user_id ?? one.claimed_by_id ?? null,
    said(score) {
      const posts = sides.reviewable_conversations.find(({ id }) => id === score.reviewable_conversation_id)?.conversation_post_ids ?? [];
      const excerpts = posts.map((id) => sides.conversation_posts.find((post) => post.id === id)?.excerpt ?? '');
      return [...excerpts, score.reason ?? ''].map(plainText).filter((part) => part !== '').join('\n\n');
    },
    typeOf(score) {
      const type = score.score_type ?? types.get(score.score_type_id ?? '');
      const key = type?.type ?? typeOfNumber(score.score_type_id);
      return { type: key, title: type?.title ?? key?.replaceAll('_', ' ') ?? null };
    },
  };
}

function offeredIn(one: WireReviewable, sides: SideLoads): readonly Offered[] {
  const bundles = one.bundled_action_ids === undefined
    ? []
    : one.bundled_action_ids.flatMap((id) => sides.bundled_actions.filter((bundle) => bundle.id === id));
  // Page-wide bundles such as "disagree" are shared between items; what belongs to one carries its number.
  const ids = [...new Set(bundles.flatMap(({ action_ids: actions }) => actions))];
  return ids.map((id) => {
    const action = sides.actions.find((each) => each.id === id);
    return { id: action?.server_action ?? id.replace(new RegExp(`^${one.id}-`), ''), clientAction: action?.client_action ?? null };
  });
}

/** The person behind a review's latest closing. */
export function lastReviewOf({ scores, users }: Review): { readonly by: string | null; readonly byId: string | null; readonly at: number | null } {
  const reviewed = scores.filter(({ reviewed_at: at }) => at !== null && at !== undefined).toSorted((a, b) => (b.reviewed_at ?? 0) - (a.reviewed_at ?? 0));
  const byId = reviewed[0]?.reviewed_by_id ?? null;
  return { by: byId === null ? null : nameOf(users.get(byId)), byId, at: reviewed[0]?.reviewed_at ?? null };
}

export function nameOf(user: WireUser | undefined): string | null {
  return user === undefined ? null : `@${user.username}`;
}

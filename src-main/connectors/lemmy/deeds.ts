import type { Order } from '../connector.ts';
import type { Call } from '../http/call.ts';
import type { DeliverInput } from './deliver.ts';
import type { Logged, Sent } from './dialect.ts';
import type { Thing } from './model.ts';

/** What an order comes to on Lemmy. */
export type Deed =
  | {
    readonly by: 'call';
    readonly call: Call;
    readonly undo: Call | null;
    readonly said: string;
    /** Whether it stands there already. */
    readonly isSo: (thing: Thing, signal: AbortSignal) => Promise<boolean>;
    /** Whether there is anything of it to take back, where that is less than all that was wished for. */
    readonly stands?: (thing: Thing, signal: AbortSignal) => Promise<boolean>;
    /** Where the log tells who did it last; null where that does not matter. */
    readonly logged: Logged | null;
    /** Whether the instance closes the reports with it. */
    readonly closes: boolean;
    /** Why the instance would refuse it, and its taking back, as the thing is now. */
    readonly barred?: string | undefined;
  }
  | { readonly by: 'nothing'; readonly why: string };

/** A ban may end a little off the wished-for time and still be the same. */
const SAME_END_MS = 10 * 60_000;
/** The same words about the same thing, or to the same member, within a day were sent before their answer was lost. */
const SAME_WORDS_MS = 24 * 60 * 60_000;
/** Longest reason that Lemmy keeps. */
const REASON = 1000;

/** The guideline and the reason: Lemmy shows both in its public moderation log. */
export function reasonOf({ guideline, reason }: Order): string {
  return [guideline === null ? '' : `Rule ${guideline}`, reason].filter((part) => part.trim() !== '').join(': ').slice(0, REASON) || 'Moderator\'s decision';
}

function nothing(why: string): Deed {
  return { by: 'nothing', why };
}

/** The order as calls; nothing where this kind of thing, this version or this account cannot. */
export function deedOf(input: DeliverInput, order: Order, thing: Thing | null): Deed {
  const { dialect, client, access } = input;
  const { calls } = dialect;
  if (thing === null || thing.kind === 'unknown') return nothing('It is gone from the instance, so nothing can be done to it. Dismiss the item.');
  const { kind, id } = thing;
  const reason = reasonOf(order);
  // Moderators of a community are told the names in its log alone (crates/api/api/src/lib.rs, hide_modlog_names).
  const here = thing.community === null ? {} : { community_id: thing.community.id };
  const expires = order.durationMs === null ? null : Math.floor((client.itsNow() + order.durationMs) / 1000);
  /** Whether a ban that ends then, or never, is at least as long as the wished-for one. */
  const endsThen = (until: number | null): boolean => until === null || (expires !== null && until >= expires * 1000 - SAME_END_MS);
  const said = (sent: readonly Sent[], words: string): boolean => sent.some((one) => one.words === words && Math.abs((one.at ?? 0) - client.itsNow()) < SAME_WORDS_MS);
  switch (order.verb) {
    case 'remove': case 'restore': {
      if (kind === 'private_message') return nothing('Lemmy has no way to remove a private message.');
      const change = (removed: boolean): Call => ({ method: 'POST', path: `/${kind}/remove`, json: { [`${kind}_id`]: Number(id), removed, reason } });
      const removes = order.verb === 'remove';
      return { by: 'call', call: change(removes), undo: change(!removes), said: removes ? 'removed' : 'restored', isSo: async ({ removed }) => removed === removes, closes: true, logged: { deed: `remove-${kind}`, only: { [`${kind}_id`]: id, ...here } },
        // Its words would come to stand in the log (0.19: crates/api_crud/src/comment/remove.rs; 1.0: crates/api/api_crud/src/comment/remove.rs).
        barred: kind === 'comment' && thing.deleted ? 'Its author deleted the comment, and Lemmy neither removes nor restores such a one. Dismiss the item.' : undefined };
    }
    case 'lock': {
      if (kind !== 'post' && kind !== 'comment') return nothing('Only posts and comments can be locked.');
      const alone = kind === 'comment' ? calls.lockComment : null;
      const postId = kind === 'post' ? id : thing.postId;
      if (alone === null && postId === null) return nothing('The comment\'s post is not known, so it cannot be locked.');
      const change = (locked: boolean): Call => alone?.(id, locked, reason) ?? { method: 'POST', path: '/post/lock', json: { post_id: Number(postId), locked, reason } };
      const logged: Logged = alone === null ? { deed: 'lock-post', only: { post_id: postId ?? id, ...here } } : { deed: 'lock-comment', only: { comment_id: id, ...here } };
      return { by: 'call', call: change(true), undo: change(false), said: kind === 'comment' && alone === null ? 'thread locked' : 'locked', isSo: async ({ locked }) => locked, closes: false, logged,
        barred: alone === null && thing.kind === 'post' && thing.removed && !dialect.reachesRemoved ? 'The post is removed, and Lemmy 1.0 locks and unlocks only posts that are not. Restore it first.' : undefined };
    }
    case 'mute': {
      if (thing.author === null || thing.community === null) return nothing('Nobody can be banned from a community here: a private message has none, and a community no author.');
      const { author, community } = thing;
      return {
        by: 'call', call: calls.banHere(community.id, author.id, true, reason, expires), undo: calls.banHere(community.id, author.id, false, reason, null),
        said: `banned from ${community.name}`, isSo: async ({ bannedHere, bannedHereUntil }) => bannedHere && endsThen(bannedHereUntil), closes: false,
        stands: async ({ bannedHere }) => bannedHere, logged: { deed: 'ban-here', only: { other_person_id: author.id, ...here } },
      };
    }
    case 'suspend': {
      if (!access.admin) return nothing('Only an admin of the instance can ban from all of it. Muting bans from the community.');
      if (thing.author === null) return nothing('A community has no author to ban.');
      const { author } = thing;
      const logged: Logged = { deed: 'ban', only: { other_person_id: author.id } };
      const banOf = async ({ banned, bannedUntil }: Thing, signal: AbortSignal): Promise<{ readonly until: number | null } | null> => {
        if (!banned || !dialect.countsOthersBans) return banned ? { until: bannedUntil } : null;
        const last = await dialect.latest(client, logged, signal);
        return last === null || last.undone || (last.until !== null && last.until <= client.itsNow()) ? null : last;
      };
      return {
        by: 'call', call: calls.ban(author.id, true, reason, expires), undo: calls.ban(author.id, false, reason, null), said: 'banned from the instance', closes: false,
        isSo: async (about, signal) => {
          const ban = await banOf(about, signal);
          return ban !== null && endsThen(ban.until);
        },
        stands: async (about, signal) => await banOf(about, signal) !== null, logged,
      };
    }
    case 'warn': {
      const { warn } = calls;
      const { warnings } = dialect;
      if (warn === null || warnings === null) return nothing('Lemmy 0.19 has no warnings; 1.0 has.');
      if (kind !== 'post' && kind !== 'comment') return nothing('Lemmy warns about posts and comments only.');
      const words = (order.message ?? '').trim() === '' ? reason : `${reason}\n\n${order.message ?? ''}`.slice(0, REASON);
      return {
        by: 'call', call: warn(kind, id, words), undo: null, said: 'warned', closes: false, logged: null,
        isSo: async (about, signal) => said(await warnings(client, about, input.me.id, signal), words),
        // crates/api/api/src/post/warning.rs and comment/warning.rs: what is removed is not found, or refused.
        barred: thing.removed || (kind === 'comment' && thing.deleted) ? `The ${kind} is gone from its community, and Lemmy warns only about what is still there. Write a message instead.` : undefined,
      };
    }
    case 'message': {
      const words = (order.message ?? '').trim();
      if (words === '') return nothing('Write the message first.');
      if (thing.author === null) return nothing('A community has no author to write to. Write to its moderators on the instance.');
      const { author } = thing;
      return {
        by: 'call', call: { method: 'POST', path: '/private_message', json: { content: words, recipient_id: Number(author.id) } }, undo: null, said: `message to ${author.handle}`, closes: false, logged: null,
        isSo: async (_thing, signal) => said(await dialect.messages(client, author.id, input.me.id, signal), words),
      };
    }
    case 'dismiss': case 'label': case 'escalate': case 'snooze': return nothing('Lemmy has nothing like it.');
  }
}

import { assertNever } from '../../contract/words.ts';
import type { SubjectType, Verb } from '../../contract/words.ts';
import { APPROVED, DELETED, IGNORED, REJECTED } from './kinds.ts';
import type { Kind } from './kinds.ts';
import type { Offered } from './review.ts';

/** What is done beside the review, before it: Discourse's own penalty actions only mark the report as agreed with. */
export type Deed = 'silence' | 'suspend' | 'warning' | 'message' | 'close-topic' | 'note';

/** An order in Discourse's terms. */
export type Plan = {
  readonly deed: Deed | null;
  /** Action ids that say it, the best first; the item offers some of them, by its state, the account's rights and the release. */
  readonly actions: readonly string[];
  /** Ids of actions that plugins add and that say the same; null where nothing may be taken for it. */
  readonly like: RegExp | null;
  /** The statuses after one of them: where an item has one already, it was reviewed as the order wishes. */
  readonly wished: readonly number[];
};

/** Words for "the report was right, the content stays": app/models/reviewable_flagged_post.rb, plugins/chat, reviewable_post.rb. */
const AGREE: readonly string[] = ['agree_and_keep', 'agree_and_keep_hidden', 'agree_and_keep_message', 'agree_and_keep_deleted', 'keep_post', 'no_action_post', 'agree'];
const HELD: ReadonlySet<Kind> = new Set(['queued-post', 'post', 'user']);

/** How plugins name what they add (discourse-akismet: `not_spam`, `confirm_spam`; discourse-ai: `approve`, `reject`). Accounts and whole threads are never guessed at. */
const LIKE = {
  leave: /^(?!.*(?:delete|remove|hid|suspend|silence|block|user))(?:not_|dis|ignore|approve|allow|accept|keep|no_action)/,
  uphold: /^(?!.*(?:delete|remove|hid|user|ignore))(?:agree|confirm|reject|acknowledge)/,
  remove: /^(?!.*(?:user|replies|restore|block))(?:.*(?:delete|remove|hide)|confirm|reject|discard)/,
  restore: /^(?!.*user)(?:.*(?:restore|unhide|recover)|not_)/,
} as const;

/** What Discourse is asked for a verb; a sentence where it has no word for it. */
export function planOf(verb: Verb, kind: Kind, type: SubjectType): Plan | string {
  const held = HELD.has(kind);
  const upheld = { actions: held ? ['reject_post', 'reject_and_keep_deleted', 'reject_and_delete', 'reject'] : AGREE, wished: held ? [REJECTED] : [APPROVED], like: LIKE.uphold };
  switch (verb) {
    case 'dismiss': return {
      deed: null,
      actions: held
        ? ['approve_post', 'approve_post_closed', 'approve', 'approve_and_unhide', 'approve_user', 'keep_post']
        : ['disagree', 'disagree_and_restore', 'not_spam', 'ignore_and_do_nothing', 'ignore', 'approve', 'keep_post'],
      wished: held ? [APPROVED] : [REJECTED, IGNORED],
      like: LIKE.leave,
    };
    case 'remove': return {
      deed: null,
      actions: type === 'member'
        ? ['delete_user', 'reject_user_delete', 'delete_user_block', 'delete_and_block_user']
        : ['delete_and_agree', 'agree_and_delete', 'agree_and_keep_deleted', 'reject_and_delete', 'reject_and_keep_deleted', 'delete_post', 'reject_post', 'discard_post', 'agree_and_hide', 'agree_and_keep_hidden', 'hide_post'],
      wished: held ? [REJECTED, DELETED] : [APPROVED],
      like: type === 'member' ? null : LIKE.remove,
    };
    case 'restore': return {
      deed: null,
      actions: ['disagree_and_restore', 'approve_and_restore', 'approve_and_unhide', 'restore_post', 'unhide_post', 'agree_and_restore', 'approve_post'],
      wished: [APPROVED, REJECTED],
      like: LIKE.restore,
    };
    case 'mute': return { ...upheld, deed: 'silence', actions: ['agree_and_silence', 'reject_and_silence', 'silence_user', ...upheld.actions] };
    case 'suspend': return { ...upheld, deed: 'suspend', actions: ['agree_and_suspend', 'reject_and_suspend', 'suspend_user', ...upheld.actions] };
    case 'warn': return { ...upheld, deed: 'warning' };
    case 'lock': return { ...upheld, deed: 'close-topic' };
    // A word to the member judges neither the post nor who reported it.
    case 'message': return held ? { deed: 'message', actions: [], wished: [], like: null } : { deed: 'message', actions: ['ignore_and_do_nothing', 'ignore', 'agree_and_keep_hidden', ...AGREE], wished: [IGNORED, APPROVED], like: LIKE.leave };
    case 'label': return 'Discourse has no labels for posts or members; a topic\'s tags say what it is about.';
    // There is no second queue: colleagues find the reason at the item, which stays open.
    case 'escalate': return { deed: 'note', actions: [], wished: [], like: null };
    case 'snooze': return 'Snoozing stays on this machine.';
    default: return assertNever(verb, 'a verb without a plan');
  }
}

/** The first of the plan's actions that this item offers now, else what it has for the same penalty, else what is named alike. */
export function offeredFor({ actions, deed, like }: Plan, offered: readonly Offered[]): string | null {
  const penalty = deed === 'silence' || deed === 'suspend' ? offered.find(({ clientAction }) => clientAction === deed)?.id : undefined;
  return penalty ?? actions.find((id) => offered.some((one) => one.id === id)) ?? offered.find(({ id }) => like?.test(id) === true)?.id ?? null;
}

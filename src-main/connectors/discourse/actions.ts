import { assertNever } from '../../contract/words.ts';
import type { Verb } from '../../contract/words.ts';
import type { Kind } from './kinds.ts';
import type { Offered } from './review.ts';

/** What is done beside the review, before it: Discourse's own penalty actions only mark the report as agreed with. */
export type Deed = 'silence' | 'suspend' | 'warning' | 'message' | 'close-topic';

/** An order in Discourse's terms. */
export type Plan = {
  readonly deed: Deed | null;
  /** Action ids that say it, the best first; the item offers some of them, by its state, the account's rights and the release. */
  readonly actions: readonly string[];
  /** The statuses after one of them: where an item has one already, it was reviewed as the order wishes. */
  readonly wished: readonly number[];
};

const APPROVED = 1;
const REJECTED = 2;
const IGNORED = 3;
const DELETED = 4;

/** Words for "the report was right, the content stays": app/models/reviewable_flagged_post.rb, plugins/chat, reviewable_post.rb. */
const AGREE: readonly string[] = ['agree_and_keep', 'agree_and_keep_hidden', 'agree_and_keep_message', 'agree_and_keep_deleted', 'keep_post', 'no_action_post', 'agree'];
const HELD: ReadonlySet<Kind> = new Set(['queued-post', 'post', 'user']);

/** What Discourse is asked for a verb; a sentence where it has no word for it. */
export function planOf(verb: Verb, kind: Kind): Plan | string {
  const held = HELD.has(kind);
  const upheld = { actions: held ? ['reject_post', 'reject_and_keep_deleted', 'reject_and_delete', 'reject'] : AGREE, wished: held ? [REJECTED] : [APPROVED] };
  switch (verb) {
    case 'dismiss': return {
      deed: null,
      actions: held
        ? ['approve_post', 'approve_post_closed', 'approve', 'approve_and_unhide', 'approve_user', 'keep_post']
        : ['disagree', 'disagree_and_restore', 'ignore_and_do_nothing', 'ignore', 'approve', 'keep_post'],
      wished: held ? [APPROVED] : [REJECTED, IGNORED],
    };
    case 'remove': return {
      deed: null,
      actions: kind === 'user'
        ? ['delete_user', 'reject_user_delete']
        : ['delete_and_agree', 'agree_and_delete', 'agree_and_keep_deleted', 'reject_and_delete', 'reject_and_keep_deleted', 'delete_post', 'reject_post', 'discard_post', 'agree_and_hide', 'agree_and_keep_hidden', 'hide_post'],
      wished: held ? [REJECTED, DELETED] : [APPROVED],
    };
    case 'restore': return {
      deed: null,
      actions: ['disagree_and_restore', 'approve_and_restore', 'approve_and_unhide', 'restore_post', 'unhide_post', 'agree_and_restore', 'approve_post'],
      wished: [APPROVED, REJECTED],
    };
    case 'mute': return { ...upheld, deed: 'silence', actions: ['agree_and_silence', 'reject_and_silence', 'silence_user', ...upheld.actions] };
    case 'suspend': return { ...upheld, deed: 'suspend', actions: ['agree_and_suspend', 'reject_and_suspend', 'suspend_user', ...upheld.actions] };
    case 'warn': return { ...upheld, deed: 'warning' };
    case 'lock': return { ...upheld, deed: 'close-topic' };
    // A word to the member judges neither the post nor who reported it.
    case 'message': return held ? { deed: 'message', actions: [], wished: [] } : { deed: 'message', actions: ['ignore_and_do_nothing', 'ignore', 'agree_and_keep_hidden', ...AGREE], wished: [IGNORED, APPROVED] };
    case 'label': return 'Discourse has no labels for posts or members; a topic\'s tags say what it is about.';
    case 'escalate': return 'Discourse has no second queue: escalating stays in Docket.';
    case 'snooze': return 'Snoozing stays on this machine.';
    default: return assertNever(verb, 'a verb without a plan');
  }
}

/** The first of the plan's actions that this item offers now. */
export function offeredFor(plan: Plan, offered: readonly Offered[]): string | null {
  return plan.actions.find((id) => offered.some((one) => one.id === id)) ?? null;
}

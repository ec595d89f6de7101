import type { Order } from '../connector.ts';

/** What may be decided about what waits: core docs, "Post Moderation" and "Subscription moderation", disposing of. */
export type Disposal = 'accept' | 'reject' | 'discard' | 'defer';

/** An order in Mailman's terms. */
export type Plan =
  | { readonly kind: 'dispose'; readonly action: Disposal }
  | { readonly kind: 'ban' }
  | { readonly kind: 'moderate' };

/** What Mailman is asked for a verb; a sentence where it has no word for it. */
export function planOf({ verb, message, subject }: Order): Plan | string {
  const isMessage = subject.extra['held'] !== undefined;
  switch (verb) {
    case 'dismiss': return { kind: 'dispose', action: 'accept' };
    case 'restore': return isMessage ? { kind: 'dispose', action: 'accept' } : 'There is nothing to restore: a request is accepted with Dismiss.';
    case 'remove': return { kind: 'dispose', action: (message ?? '').trim() === '' ? 'discard' : 'reject' };
    case 'escalate': return { kind: 'dispose', action: 'defer' };
    case 'suspend': return { kind: 'ban' };
    case 'mute': return isMessage ? { kind: 'moderate' } : 'A request to join or leave is about membership. What someone writes is moderated with their held messages.';
    default: return 'In Mailman, what waits can be accepted (Dismiss), rejected with a message or discarded (Remove) or deferred (Escalate), and its sender muted or banned (Suspend).';
  }
}

/** In Mailman's words, as they stand in the item's history. */
export const DONE: Readonly<Record<Disposal, string>> = { accept: 'accepted', reject: 'rejected with a message', discard: 'discarded', defer: 'deferred: it stays in the queue' };

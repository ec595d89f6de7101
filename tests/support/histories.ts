import * as fc from 'fast-check';
import { eventBody } from '../../src-main/domain/event.ts';
import type { EventBody } from '../../src-main/domain/event.ts';

/** Few names, so that events meet: the same item decided, undone, linked and erased in every order. */
const posts = ['p1', 'p2', 'p3'].map((id) => `forum:forum.example:post:${id}`);
const members = ['kestrel', 'rosa', 'brine'].map((id) => `forum:forum.example:member:${id}`);
const ids = (prefix: string, count: number): fc.Arbitrary<string> => fc.nat({ max: count - 1 }).map((at) => `${prefix}${at}`);

const post = fc.constantFrom(...posts);
const member = fc.constantFrom(...members);
const text = fc.constantFrom('', 'A word', 'Ünïcødé 漢字 \u202e', '{"json":true}');
const decisionId = ids('decision-', 6);
const caseId = ids('case-', 2);
const connectionId = ids('connection-', 2);
const snapshot = fc.record({
  text, author: fc.option(text), reports: fc.array(fc.record({ category: fc.constant('spam'), comment: text, reporter: fc.option(text) }), { maxLength: 2 }),
  standing: fc.array(text, { maxLength: 1 }), activeStrikes: fc.nat(5), mediaHashes: fc.constant<string[]>([]), priority: fc.integer({ min: -100, max: 1000 }),
});
const actions = fc.uniqueArray(fc.record({
  verb: fc.constantFrom('remove' as const, 'dismiss' as const, 'warn' as const, 'escalate' as const, 'snooze' as const, 'message' as const),
  durationMs: fc.option(fc.constantFrom(3_600_000, 86_400_000), { nil: undefined }),
}), { minLength: 1, maxLength: 3, selector: (action) => action.verb });
const decision = fc.record({
  actions,
  guideline: fc.option(fc.record({ id: ids('guideline-', 2), version: fc.integer({ min: 1, max: 3 }) })),
  strikeDays: fc.option(fc.constantFrom(30, 90)),
  items: fc.uniqueArray(fc.record({ key: post, author: fc.option(member), connectionId }), { minLength: 1, maxLength: 3, selector: (item) => item.key }),
});
const seen = fc.record({ reason: text, message: fc.option(text), seen: fc.array(fc.record({ key: post, snapshot }), { maxLength: 1 }) });
const note = fc.record({
  noteId: ids('note-', 3), revision: fc.integer({ min: 1, max: 3 }),
  about: fc.oneof(fc.record({ kind: fc.constant('item' as const), key: post }), fc.record({ kind: fc.constant('member' as const), key: member }), fc.record({ kind: fc.constant('case' as const), key: caseId })),
  audience: fc.constantFrom('team' as const, 'me' as const), expiresAt: fc.option(fc.nat()),
});

const event = <Public, Payload>(kind: EventBody['kind'], visible: fc.Arbitrary<Public>, payload: fc.Arbitrary<Payload>): fc.Arbitrary<EventBody> => fc
  .record({ kind: fc.constant(kind), public: visible, payload })
  .map((body) => eventBody.parse(body));
const none = fc.constant(null);

/** Any event that Docket could write; decisions are named by {@link anyHistory}. */
const anyBody: fc.Arbitrary<EventBody> = fc.oneof(
  { weight: 4, arbitrary: event('decision.recorded', decision, seen) },
  event('decision.redone', fc.tuple(decision, decisionId).map(([said, redoOf]) => ({ ...said, redoOf })), seen),
  { weight: 3, arbitrary: event('decision.undone', fc.record({ decisionId }), none) },
  event('conflict.resolved', fc.record({ decisionId, deliveryId: ids('delivery-', 3), key: post, connectionId, choice: fc.constantFrom('keep-theirs', 'send-mine') }), none),
  event('item.claimed', fc.record({ key: post, connectionId }), none),
  event('item.released', fc.record({ key: post, connectionId }), none),
  event('note.written', note, fc.record({ text })),
  event('note.revised', note, fc.record({ text })),
  event('case.opened', fc.record({ caseId, number: fc.integer({ min: 1, max: 9 }) }), fc.record({ title: text })),
  event('case.changed', fc.record({ caseId, titled: fc.constant(true), stage: fc.constantFrom('hearing', 'closed'), followUpAt: fc.option(fc.nat()) }), fc.record({ title: text })),
  event('case.changed', fc.record({ caseId, titled: fc.constant(false), audience: fc.constantFrom('leads', 'me') }), none),
  event('case.party-added', fc.record({ caseId, partyId: ids('party-', 2), role: fc.constantFrom('affected', 'witness'), member: fc.option(member) }), fc.record({ name: text })),
  event('case.party-removed', fc.record({ caseId, partyId: ids('party-', 2) }), none),
  event('case.item-linked', fc.record({ caseId, key: post, author: fc.option(member) }), fc.record({ kept: text })),
  event('case.item-unlinked', fc.record({ caseId, key: post }), none),
  event('guideline.published', fc.record({
    guidelineId: ids('guideline-', 2), version: fc.integer({ min: 1, max: 3 }), number: fc.constant('1'), title: text, body: text,
    categories: fc.constant(['spam']), ladder: fc.constant([{ strikes: 0, verb: 'warn' }]), strikeDays: fc.constantFrom(30, 90), connectionId: fc.option(connectionId),
  }), none),
  event('guideline.retired', fc.record({ guidelineId: ids('guideline-', 2), retired: fc.boolean() }), none),
  event('member.linked', fc.record({ a: member, b: member, personId: ids('person-', 3) }), none),
  event('member.unlinked', fc.record({ member }), none),
  event('connection.added', fc.record({ connectionId, platform: fc.constant('forum'), instance: fc.constantFrom('forum.example', 'other.example'), title: text, provisioned: fc.boolean() }), fc.record({ settings: fc.constant({ handle: 'mod' }) })),
  event('connection.changed', fc.record({ connectionId, configured: fc.constant(true), paused: fc.boolean() }), fc.record({ settings: fc.constant({ handle: 'other' }) })),
  event('connection.removed', fc.record({ connectionId }), none),
  event('file.imported', fc.record({ connectionId, importId: fc.uuid(), bytes: fc.nat() }), fc.record({ file: text })),
  event('setting.changed', fc.record({ names: fc.constant(['theme']) }), fc.record({ values: fc.constant({ theme: 'dark' }) })),
);

/** A step of a history: an event, or the erasure of an earlier one (counted from the start, wrapping round). */
export type Step = { readonly body: EventBody; readonly waitMs: number } | { readonly erase: number };

/** What people might do at a desk, in any order, with some of it erased later. */
export const anyHistory: fc.Arbitrary<readonly Step[]> = fc.array(fc.oneof(
  { weight: 9, arbitrary: fc.record({ body: anyBody, waitMs: fc.integer({ min: -5000, max: 5000 }) }) },
  { weight: 1, arbitrary: fc.record({ erase: fc.nat() }) },
), { minLength: 1, maxLength: 40 });

/** The event's id at its place in the history: decisions get the few names that undos and redos use. */
export function idFor(body: EventBody, used: ReadonlySet<string>, at: number): string {
  const free = body.kind === 'decision.recorded' || body.kind === 'decision.redone'
    ? Array.from({ length: 6 }, (_, n) => `decision-${n}`).find((name) => !used.has(name))
    : undefined;
  return free ?? `event-${at}`;
}

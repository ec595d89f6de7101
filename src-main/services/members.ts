import type { MemberRecord } from '../contract/queue.ts';
import type { Source } from '../contract/words.ts';
import { harmlessBidi } from '../domain/bidi.ts';
import { Failure } from '../domain/failure.ts';
import { nextStep } from '../domain/ladder.ts';
import { currentGuidelines } from '../store/guidelines.ts';
import { countNotesAbout } from '../store/notes.ts';
import { refreshItems } from '../store/items.ts';
import { membersBeginning, openItemsOf, recentSubjectsOf, waitingItemsOf } from '../store/people.ts';
import type { FoundMember } from '../store/people.ts';
import { activeStrikes, keysOfPerson } from '../store/strikes.ts';
import { keyOfMember, memberById, memberByKey } from '../store/subjects.ts';
import type { MemberRow } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { recordEntries, standingOf } from './member-entries.ts';
import { recordEvent } from './record.ts';
import { memberRef, subjectViews } from './subject-view.ts';

const MOST_RECENT = 10;

/** A member with all that was done about them, on this account and those linked with it. Throws NOT_FOUND. */
export function memberRecord(ctx: Context, input: { readonly id: number }): MemberRecord {
  return ctx.store.read(() => readRecord(ctx, input.id));
}

function readRecord(ctx: Context, id: number): MemberRecord {
  const { store } = ctx;
  const now = ctx.now();
  const member = existing(ctx, id);
  const key = keyOfMember(store, member.id);
  const keys = keysOfPerson(store, key);
  const linked = keys.slice(1).flatMap((other) => memberByKey(store, other) ?? []);
  const accounts = [member, ...linked];
  const strikes = activeStrikes(store, keys, now);
  const sum = (count: (id: number) => number): number => accounts.reduce((total, account) => total + count(account.id), 0);
  return {
    member: { id: member.id, name: harmlessBidi(member.name), handle: harmlessBidi(member.handle) },
    key,
    joinedAt: member.joined_at,
    postCount: member.post_count,
    standing: [...standingOf(member)],
    activeStrikes: strikes.length,
    recommended: currentGuidelines(store, false).flatMap((guideline) => {
      const under = strikes.filter((strike) => strike.guideline_id === guideline.id).length;
      const step = nextStep(guideline.ladder, under);
      return step === null ? [] : [{ guidelineId: guideline.id, strikes: under, verb: step.verb, durationMs: step.durationMs ?? null }];
    }),
    linked: linked.flatMap((account) => memberRef(store, account.id) ?? []),
    notes: keys.reduce((total, one) => total + countNotesAbout(store, 'member', one, ctx.settings().actor, now), 0),
    entries: recordEntries(ctx, keys, accounts.map((account) => account.id)),
    recent: subjectViews(ctx, recentSubjectsOf(store, member.id, MOST_RECENT)),
    openItems: sum((id) => openItemsOf(store, id)),
  };
}

/** Marks two accounts as one person's, with everyone already linked to either. Throws NOT_FOUND, INVALID_INPUT. */
export function linkMembers(ctx: Context, input: { readonly id: string; readonly a: number; readonly b: number; readonly source: Source }): MemberRecord {
  const { store } = ctx;
  if (input.a === input.b) throw new Failure('INVALID_INPUT', 'That is the same account. Choose another one to link it with.');
  const [a, b] = [keyOfMember(store, existing(ctx, input.a).id), keyOfMember(store, existing(ctx, input.b).id)];
  store.write(() => {
    if (keysOfPerson(store, a).includes(b)) return;
    recordEvent(ctx, { id: input.id, kind: 'member.linked', source: input.source, subjects: [a, b], public: { a, b, personId: input.id }, payload: null });
    followStrikes(ctx, keysOfPerson(store, a));
  });
  return memberRecord(ctx, { id: input.a });
}

/** Lets an account stand for itself again. */
export function unlinkMember(ctx: Context, input: { readonly id: string; readonly member: number; readonly source: Source }): MemberRecord {
  const { store } = ctx;
  const key = keyOfMember(store, existing(ctx, input.member).id);
  store.write(() => {
    const before = keysOfPerson(store, key);
    if (before.length === 1) return;
    recordEvent(ctx, { id: input.id, kind: 'member.unlinked', source: input.source, subjects: [key], public: { member: key }, payload: null });
    followStrikes(ctx, before);
  });
  return memberRecord(ctx, { id: input.member });
}

/** Members whose name or address has words that begin with the text's. */
export function findMembers(ctx: Context, input: { readonly text: string; readonly limit: number }): (FoundMember & { openItems: number })[] {
  const { store } = ctx;
  return store.read(() => membersBeginning(store, input.text.trim(), input.limit)
    .map((member) => Object.assign(member, { openItems: openItemsOf(store, member.id) })));
}

function existing(ctx: Context, id: number): MemberRow {
  const member = memberById(ctx.store, id);
  if (member === undefined) throw new Failure('NOT_FOUND', 'That member is not here any more.');
  return member;
}

/** Strikes of one account count for the others, so what waits of theirs is worked out again. */
function followStrikes(ctx: Context, keys: readonly string[]): void {
  const ids = keys.flatMap((key) => memberByKey(ctx.store, key) ?? []).flatMap((member) => waitingItemsOf(ctx.store, member.id));
  ctx.changed(['queue', 'history'], refreshItems(ctx.store, ids, ctx.now()));
}

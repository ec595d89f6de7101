import { z } from 'zod';
import type { MemberRecord } from '../contract/queue.ts';
import { harmlessBidi } from '../domain/bidi.ts';
import { parseActions } from '../domain/fold/marks.ts';
import { capitalised, sayActions, sayGuideline } from '../domain/say.ts';
import { decisionsAgainst } from '../store/decisions.ts';
import type { DecisionAgainst } from '../store/decisions.ts';
import { guidelineVersion } from '../store/guidelines.ts';
import { outsideAgainst } from '../store/people.ts';
import type { MemberRow } from '../store/subjects.ts';
import type { Context } from './context.ts';

const MOST_ENTRIES = 50;
const sentences = z.array(z.string());

/** A member's standing on the platform, in its own words. */
export function standingOf(member: MemberRow): readonly string[] {
  return member.standing === '[]' ? [] : sentences.parse(JSON.parse(member.standing));
}

/** What was done about a person's posts, here and on the platform by others, newest first. */
export function recordEntries(ctx: Context, memberKeys: readonly string[], memberIds: readonly number[]): MemberRecord['entries'] {
  const ours = decisionsAgainst(ctx.store, memberKeys, MOST_ENTRIES).map((row) => ({
    at: row.at, text: decisionText(ctx, row), by: row.actor, eventId: row.id, strike: row.strike === 1,
  }));
  const theirs = memberIds.flatMap((id) => outsideAgainst(ctx.store, id, MOST_ENTRIES)).map((row) => ({
    at: row.at, text: capitalised(row.what), by: row.by, eventId: null, strike: false,
  }));
  return [...ours, ...theirs].sort((a, b) => b.at - a.at).slice(0, MOST_ENTRIES);
}

/** The same deed, known here as a decision or a resolution and told by the platform again: its clock and ours differ by this much. */
const SAME_DEED_MS = 60_000;

/** A record with what the platform itself remembers of the member, where Docket does not know it already. */
export function withPlatformRecord(
  record: MemberRecord, remembered: readonly { readonly at: number; readonly text: string; readonly by: string | null }[],
): MemberRecord {
  const unknown = remembered.filter(({ at }) => !record.entries.some((entry) => Math.abs(entry.at - at) <= SAME_DEED_MS));
  const entries = [
    ...record.entries,
    ...unknown.map(({ at, text, by }) => ({ at, text: harmlessBidi(capitalised(text)), by: by === null ? null : harmlessBidi(by), eventId: null, strike: false })),
  ];
  return { ...record, entries: entries.sort((a, b) => b.at - a.at).slice(0, MOST_ENTRIES) };
}

function decisionText(ctx: Context, row: DecisionAgainst): string {
  const version = row.guideline_id === null || row.guideline_version === null ? undefined : guidelineVersion(ctx.store, row.guideline_id, row.guideline_version);
  return [
    capitalised(sayActions(parseActions(row.actions))),
    ...(version === undefined ? [] : [sayGuideline(version)]),
    ...(row.undone_by === null ? [] : ['undone']),
  ].join(' · ');
}

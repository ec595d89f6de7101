import { isDeepStrictEqual } from 'node:util';
import type { GuidelineDraft, GuidelineView } from '../contract/work.ts';
import type { Source } from '../contract/words.ts';
import { Failure } from '../domain/failure.ts';
import { indexGuideline, searchGuidelines } from '../domain/guideline-search.ts';
import type { IndexedGuideline } from '../domain/guideline-search.ts';
import { STARTER_GUIDELINES } from '../domain/starter/index.ts';
import { currentGuidelines, guidelineById, guidelineVersions, hasGuidelines } from '../store/guidelines.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record.ts';

/** Signs what came with the app. */
const PRODUCT = 'Docket';

/** Guidelines in their latest versions, in the order of their numbers; with `retired`, retired ones too. */
export function listGuidelines(ctx: Context, input: { readonly retired: boolean }): GuidelineView[] {
  return [...currentGuidelines(ctx.store, input.retired)];
}

/** Every version of a guideline, newest first. Throws NOT_FOUND. */
export function listVersions(ctx: Context, input: { readonly id: string }): GuidelineView[] {
  const versions = guidelineVersions(ctx.store, input.id);
  if (versions.length === 0) throw new Failure('NOT_FOUND', 'That guideline is not here.');
  return [...versions];
}

/**
 * Publishes a new guideline (basis 0) or a new version. Publishing what stands already writes nothing. Throws STALE
 * with the guideline as it is where someone published since `basis`.
 */
export function publishGuideline(ctx: Context, input: GuidelineDraft & { readonly source: Source }): GuidelineView {
  const { source, id, basis, ...text } = input;
  const ladder = checkLadder(text.ladder);
  const published = ctx.store.write(() => {
    const before = guidelineById(ctx.store, id);
    if (before !== undefined && before.version <= basis + 1 && !before.retired && isSame(before, { ...text, ladder })) return before;
    if ((before?.version ?? 0) !== basis) {
      if (before === undefined) throw new Failure('NOT_FOUND', 'That guideline is not here. Publish it as a new one.');
      throw new Failure('STALE', 'Someone published a version meanwhile. Compare it with yours, then publish again.', { current: before });
    }
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'guideline.published', source, subjects: [], payload: null,
      public: { guidelineId: id, version: basis + 1, ...text, ladder, connectionId: before?.connectionId ?? null },
    });
    ctx.changed(['guidelines', 'history']);
    return mustHave(ctx, id);
  });
  return published;
}

/** Retires a guideline, so that it is no longer offered, or brings it back. Decisions under it keep naming it. */
export function retireGuideline(ctx: Context, input: { readonly id: string; readonly retired: boolean; readonly source: Source }): GuidelineView {
  return ctx.store.write(() => {
    const before = guidelineById(ctx.store, input.id);
    if (before === undefined) throw new Failure('NOT_FOUND', 'That guideline is not here.');
    if (before.retired === input.retired) return before;
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'guideline.retired', source: input.source, subjects: [], payload: null,
      public: { guidelineId: input.id, retired: input.retired },
    });
    ctx.changed(['guidelines', 'history']);
    return mustHave(ctx, input.id);
  });
}

/** Looks guidelines up as the person types; an empty text gives them all. */
export function findGuidelines(ctx: Context, input: { readonly text: string; readonly limit: number }): { guideline: GuidelineView; excerpt: string }[] {
  return [...searchGuidelines(currentGuidelines(ctx.store, false).map(indexed), input.text, input.limit)];
}

/** Publishes the starter set where no guideline was ever published. */
export function seedGuidelines(ctx: Context): void {
  ctx.store.write(() => {
    if (hasGuidelines(ctx.store)) return;
    for (const { id, ...text } of STARTER_GUIDELINES) {
      recordEvent(ctx, {
        id, kind: 'guideline.published', source: 'system', actor: PRODUCT, subjects: [], payload: null,
        public: { guidelineId: id, version: 1, ...text, connectionId: null },
      });
    }
  });
}

/** What the latest search prepared; a version's text never changes, and a retired one falls out at the next publish. */
const prepared = new Map<string, IndexedGuideline>();

function indexed(guideline: GuidelineView): IndexedGuideline {
  const known = prepared.get(guideline.id);
  if (known !== undefined && isDeepStrictEqual(known.guideline, guideline)) return known;
  const entry = indexGuideline(guideline);
  prepared.set(guideline.id, entry);
  return entry;
}

/** A ladder reads upwards, one step a count of strikes. */
function checkLadder(ladder: GuidelineDraft['ladder']): GuidelineDraft['ladder'] {
  const sorted = ladder.toSorted((a, b) => a.strikes - b.strikes);
  if (new Set(sorted.map((step) => step.strikes)).size !== sorted.length) {
    throw new Failure('INVALID_INPUT', 'Two steps of the ladder begin at the same number of strikes. Give each its own.', {
      fields: [{ path: 'ladder', problem: 'two steps at the same number of strikes' }],
    });
  }
  return sorted;
}

type Text = Omit<GuidelineDraft, 'id' | 'basis'>;

function isSame(before: GuidelineView, text: Text): boolean {
  const { number, title, body, categories, strikeDays } = before;
  const ladder = before.ladder.map(({ strikes, verb, durationMs }) => ({ strikes, verb, durationMs }));
  return isDeepStrictEqual(
    { number, title, body, categories, ladder, strikeDays },
    { ...text, ladder: text.ladder.map(({ strikes, verb, durationMs }) => ({ strikes, verb, durationMs })) },
  );
}

function mustHave(ctx: Context, id: string): GuidelineView {
  const after = guidelineById(ctx.store, id);
  if (after === undefined) throw new Error('a guideline was published and is not there');
  return after;
}

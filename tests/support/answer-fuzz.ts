import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Session } from '../../src-main/connectors/connector.ts';
import { pullerOf } from './connector-desk.ts';
import { JUNK, makeSpoiler, onlyConnectorErrors, somewhere } from './spoilt-answers.ts';

/** Runs `work` while answers are wrong in one place; nothing but ConnectorError may be thrown. */
type Spoilt = (work: () => Promise<unknown>) => Promise<void>;

/** Real answers with something else in one place of them. */
export type AnswerFuzz = {
  /** For the session's io. */
  readonly fetch: typeof globalThis.fetch;
  /** Runs a property many times, each with another place and other junk in the answers whose address fits; `which` is any number. */
  readonly check: (path: RegExp, numRuns: number, property: (spoilt: Spoilt, which: number) => Promise<void>) => Promise<void>;
  /** A pull with wrong answers, and one with right ones from its cursor on, bring all these reports. */
  readonly losesNothing: (path: RegExp, numRuns: number, open: () => Session, filed: () => readonly string[]) => Promise<void>;
};

/** `more` is junk besides the usual: that of the platform, or what would be a right value in another place. */
export function makeAnswerFuzz(fetch: typeof globalThis.fetch = globalThis.fetch, more: readonly unknown[] = ['something_new', 77]): AnswerFuzz {
  const spoiler = makeSpoiler(fetch);

  const check: AnswerFuzz['check'] = async (path, numRuns, property) => {
    const before = spoiler.count();
    await fc.assert(fc.asyncProperty(somewhere, fc.constantFrom(...JUNK, ...more), fc.nat(), async (place, junk, which) => {
      await property(async (work) => {
        spoiler.spoil(path, place, junk);
        await onlyConnectorErrors(work);
        spoiler.heal();
      }, which);
    }), { numRuns });
    expect(spoiler.count(), `no answer came from ${path.source}`).toBeGreaterThan(before);
  };
  return {
    fetch: spoiler.fetch,
    check,
    losesNothing: (path, numRuns, open, filed) => check(path, numRuns, async (spoilt) => {
      const session = open();
      const got = new Set<string>();
      const pull = pullerOf(session, ({ reports }) => {
        for (const { remoteId } of reports) got.add(remoteId);
      });
      await spoilt(pull);
      await pull();
      await session.close();
      expect(filed().filter((id) => !got.has(id))).toEqual([]);
    }),
  };
}

/** One of a list by any number. */
export function oneOf<Value>(values: readonly Value[], which: number): Value {
  const value = values[which % values.length];
  if (value === undefined) throw new Error('there is none');
  return value;
}

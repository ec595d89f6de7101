import * as fc from 'fast-check';
import { expect } from 'vitest';
import { ConnectorError } from '../../src-main/connectors/connector.ts';
import type { Session } from '../../src-main/connectors/connector.ts';
import { signal } from './connector-desk.ts';
import { spoiltAt } from './spoil.ts';

/** Nothing of it is right anywhere. */
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new', 77];
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Real answers with something else in one place of them. */
export type AnswerFuzz = {
  /** For the session's io. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Runs a property many times, each with another place and other junk. Within `spoilt` the answers whose address fits are
   * wrong in that place, and nothing but ConnectorError may be thrown; `which` is any number.
   */
  readonly check: (path: RegExp, numRuns: number, property: (spoilt: (work: () => Promise<unknown>) => Promise<void>, which: number) => Promise<void>) => Promise<void>;
  /** A pull with wrong answers, and one with right ones from its cursor on, bring all these reports. */
  readonly losesNothing: (path: RegExp, numRuns: number, open: () => Session, filed: () => readonly string[]) => Promise<void>;
};

export function makeAnswerFuzz(fetch: typeof globalThis.fetch = globalThis.fetch): AnswerFuzz {
  let plan: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;

  const check: AnswerFuzz['check'] = async (path, numRuns, property) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
      await property(async (work) => {
        plan = { path, how: (answer) => spoiltAt(answer, place, junk) };
        await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
        plan = null;
      }, which);
    }), { numRuns });
  };
  return {
    async fetch(input, init) {
      const response = await fetch(input, init);
      const { path, how } = plan ?? {};
      if (path === undefined || how === undefined || !response.ok || response.status === 204 || !path.test(String(input))) return response;
      const text = await response.text();
      return new Response(JSON.stringify(how(text === '' ? {} : JSON.parse(text))) ?? '', { status: response.status, headers: { 'content-type': 'application/json' } });
    },
    check,
    losesNothing: (path, numRuns, open, filed) => check(path, numRuns, async (spoilt) => {
      const session = open();
      const got = new Set<string>();
      let cursor: string | null = null;
      const pull = async (): Promise<void> => {
        for await (const batch of session.pull(cursor, signal)) {
          ({ cursor } = batch);
          for (const { remoteId } of batch.reports) got.add(remoteId);
        }
      };
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

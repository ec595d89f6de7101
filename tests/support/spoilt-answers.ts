import * as fc from 'fast-check';
import { expect } from 'vitest';
import { ConnectorError } from '../../src-main/connectors/connector.ts';
import { spoiltAt } from './spoil.ts';

/** Nothing of it is right anywhere, and nothing of it is a right value of another meaning. */
export const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined];

/** One place of an answer, whatever its size. */
export const somewhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

export async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
}

/** A fetch some of whose answers have something wrong in them. */
export type Spoiler = {
  readonly fetch: typeof globalThis.fetch;
  /** From now on, answers from addresses that match have `junk` at `place`; of `answer` in their stead where it is given. */
  readonly spoil: (path: RegExp, place: number, junk: unknown, answer?: unknown) => void;
  readonly heal: () => void;
  /** How many answers were spoilt so far. */
  readonly count: () => number;
};

export function makeSpoiler(fetch: typeof globalThis.fetch = globalThis.fetch): Spoiler {
  let plan: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;
  let count = 0;
  return {
    async fetch(input, init) {
      const response = await fetch(input, init);
      // An answer with status 204 has no content that could be wrong.
      if (plan === null || response.status === 204 || !plan.path.test(String(input))) return response;
      const { how } = plan;
      count += 1;
      const text = await response.text();
      return new Response(JSON.stringify(how(text === '' ? {} : JSON.parse(text))) ?? '', { status: response.status, headers: response.headers });
    },
    spoil(path, place, junk, instead) {
      plan = { path, how: (answer) => spoiltAt(instead ?? answer, place, junk) };
    },
    heal() {
      plan = null;
    },
    count: () => count,
  };
}

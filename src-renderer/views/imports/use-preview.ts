import { useEffect, useRef, useState } from 'react';
import type { Mapping, MappingPreview } from '../../../src-main/contract/mapping.ts';
import { failureOf } from '../../host/failure.ts';
import type { DeskFailure } from '../../host/failure.ts';

/** Changes rest this long before a preview is asked for. */
const CALM_MS = 200;

export type Preview<Answer extends MappingPreview> = {
  /** What the mapping came to when it was last asked; stays while the next answer is on its way. */
  readonly answer: Answer | null;
  readonly failure: DeskFailure | null;
  /** Whether what is shown is not of the present mapping yet. */
  readonly late: boolean;
};

/**
 * Shows what a mapping makes of the first rows, a little after each change; answers that come late are dropped.
 * `source` names what it is tried on; null asks for nothing. A null mapping asks for a guess, which `onGuess` hears.
 */
export function usePreview<Answer extends MappingPreview>(
  source: string | null, mapping: Mapping | null, ask: (mapping: Mapping | null) => Promise<Answer>, onGuess: (guess: Mapping) => void,
): Preview<Answer> {
  const [state, setState] = useState<{ readonly of: string; readonly answer: Answer | null; readonly failure: DeskFailure | null }>({ of: '', answer: null, failure: null });
  const latest = useRef({ ask, onGuess });
  const run = useRef(0);
  useEffect(() => { latest.current = { ask, onGuess }; });
  const wanted = source === null ? null : `${source} ${JSON.stringify(mapping)}`;
  const answered = useRef('');

  useEffect(() => {
    const mine = ++run.current;
    if (source === null || wanted === null || answered.current === wanted) return undefined;
    const timer = setTimeout(() => {
      void (async () => {
        try {
          const answer = await latest.current.ask(mapping);
          if (mine !== run.current) return;
          // The guess becomes the mapping; what it comes to is known already.
          const of = mapping === null ? `${source} ${JSON.stringify(answer.mapping)}` : wanted;
          answered.current = of;
          setState({ of, answer, failure: null });
          if (mapping === null) latest.current.onGuess(answer.mapping);
        } catch (error) {
          if (mine === run.current) setState((before) => ({ ...before, of: wanted, failure: failureOf(error) }));
        }
      })();
    }, answered.current === '' ? 0 : CALM_MS);
    return () => clearTimeout(timer);
  }, [source, wanted, mapping]);

  return { answer: state.answer, failure: state.failure, late: wanted !== null && state.of !== wanted };
}

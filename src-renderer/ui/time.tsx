import type { MouseEvent } from 'react';
import { useNow } from '../state/clock.ts';
import { ago, due, fullTime, moment, when } from './time-words.ts';

type TimeProps = {
  readonly at: number;
  /** `ago`: 4m. `when`: 10:19 or 12 Nov. `moment`: 10:19 or 12 Nov, 10:19. `seconds`: 10:19:07. `due`: due 26m. The tooltip has the whole date. */
  readonly as?: 'ago' | 'when' | 'moment' | 'seconds' | 'due';
};

/** The tooltip is written when it is asked for: many moments are on screen, few are pointed at. */
export function sayWhole(event: MouseEvent<HTMLElement>, at: number): void {
  event.currentTarget.title = fullTime(at);
}

/** A moment in words that age by themselves, once every half minute. */
export function Time({ at, as = 'ago' }: TimeProps) {
  const now = useNow();
  const words = as === 'ago' ? ago(at, now) : as === 'due' ? due(at, now) : as === 'moment' ? moment(at, now) : when(at, now, as === 'seconds');
  return <time className="tabular" dateTime={new Date(at).toISOString()} onMouseEnter={(event) => sayWhole(event, at)}>{words}</time>;
}

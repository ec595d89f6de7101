import { failureOf } from '../host/failure.ts';

let last: Promise<unknown> = Promise.resolve();

/** Sends changes one after another, in the order of the keys, whatever the network does. */
export function inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
  const mine = last.catch(() => undefined).then(() => work());
  last = mine;
  return mine;
}

/** A little longer each time, at most 5 s; after some minutes it is no passing loss. */
const MOST_TRIES = 60;
const STEP_MS = 250;
const MOST_PAUSE_MS = 5000;

/** Repeats a change whose answer was lost with the connection; its id makes that harmless. */
export async function untilAnswered<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (failureOf(error).code !== 'OFFLINE' || tries === MOST_TRIES) throw error;
      await new Promise((wake) => {
        setTimeout(wake, Math.min(tries * STEP_MS, MOST_PAUSE_MS));
      });
    }
  }
}

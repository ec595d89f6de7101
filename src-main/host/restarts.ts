/** Crashes within this time count together. */
const WINDOW_MS = 60_000;
const MOST_CRASHES = 3;

/** Says after each crash of the backend whether starting it again makes sense: a fourth within a minute does not. */
export function makeRestarts(now: () => number): () => boolean {
  let crashes: readonly number[] = [];
  return () => {
    crashes = [...crashes.filter((at) => now() - at < WINDOW_MS), now()];
    return crashes.length <= MOST_CRASHES;
  };
}

/**
 * Work that callers at the same time share: one of them who gives up takes nothing from the others, and the work itself
 * is given up when nobody waits for it any more.
 */
export function shared<Value>(work: (signal: AbortSignal) => Promise<Value>): (signal: AbortSignal) => Promise<Value> {
  type Run = { readonly done: Promise<Value>; readonly end: AbortController; waiting: number };
  let current: Run | null = null;

  function begin(): Run {
    const end = new AbortController();
    const run: Run = { end, waiting: 0, done: work(end.signal).finally(() => { if (current === run) current = null; }) };
    // Who gave up does not hear how it ended.
    run.done.catch(() => undefined);
    return run;
  }

  return async (signal) => {
    signal.throwIfAborted();
    current ??= begin();
    const run = current;
    run.waiting += 1;
    const { promise: gaveUp, reject } = Promise.withResolvers<never>();
    const giveUp = (): void => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([run.done, gaveUp]);
    } finally {
      signal.removeEventListener('abort', giveUp);
      run.waiting -= 1;
      if (run.waiting === 0) {
        run.end.abort(new Error('nobody waits for it any more'));
        if (current === run) current = null;
      }
    }
  };
}

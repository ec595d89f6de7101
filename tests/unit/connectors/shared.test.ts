import { describe, expect, test } from 'vitest';
import { remembered } from '../../../src-main/connectors/http/remembered.ts';
import { shared } from '../../../src-main/connectors/http/shared.ts';

/** Work that ends when the test says so. */
function work() {
  const runs: { readonly signal: AbortSignal; readonly end: PromiseWithResolvers<string> }[] = [];
  const ask = (signal: AbortSignal): Promise<string> => {
    const end = Promise.withResolvers<string>();
    signal.addEventListener('abort', () => end.reject(signal.reason), { once: true });
    runs.push({ signal, end });
    return end.promise;
  };
  return { runs, ask };
}
const never = new AbortController().signal;

describe('shared work', () => {
  test('is done once for all who ask while it goes on, and again afterwards', async () => {
    const { runs, ask } = work();
    const together = shared(ask);
    const both = [together(never), together(never)];
    runs[0]?.end.resolve('one');
    expect([await Promise.all(both), runs.length]).toEqual([['one', 'one'], 1]);
    const third = together(never);
    runs[1]?.end.resolve('two');
    expect(await third).toBe('two');
  });

  test('goes on for the others when the one who began it gives up', async () => {
    const { runs, ask } = work();
    const together = shared(ask);
    const stop = new AbortController();
    const first = together(stop.signal);
    const second = together(never);
    stop.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    expect(runs[0]?.signal.aborted).toBe(false);
    runs[0]?.end.resolve('one');
    expect(await second).toBe('one');
  });

  test('is given up when nobody waits any more, and begun anew by the next', async () => {
    const { runs, ask } = work();
    const together = shared(ask);
    const stop = new AbortController();
    const first = together(stop.signal);
    stop.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    expect(runs[0]?.signal.aborted).toBe(true);
    const second = together(never);
    runs[1]?.end.resolve('two');
    expect(await second).toBe('two');
    await expect(together(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(runs).toHaveLength(2);
  });
});

test('what was asked for before it was forgotten is not remembered, and a failure never is', async () => {
  const { runs, ask } = work();
  const kept = remembered(ask);
  const old = kept.get(never);
  kept.forget();
  const failing = kept.get(never);
  runs[0]?.end.resolve('old');
  expect(await old).toBe('old');
  runs[1]?.end.reject(new Error('no'));
  await expect(failing).rejects.toThrow('no');
  const fresh = kept.get(never);
  runs[2]?.end.resolve('new');
  expect([await fresh, await kept.get(never), runs.length]).toEqual(['new', 'new', 3]);
});

import { expect, test } from 'vitest';
import { makeListener } from '../../../src-main/connectors/http/listener.ts';

const turns = () => new Promise((resolve) => { setImmediate(resolve); });

test('one report wakes sync at once, a hundred in a row wake it once more, some seconds later', async () => {
  let now = 0;
  let wakes = 0;
  const stream = Promise.withResolvers<() => void>();
  const waited: number[] = [];
  const pauses: (() => void)[] = [];
  const listener = makeListener({ now: () => now, log: () => undefined, wake: () => void (wakes += 1) }, 'ended', async (signal, { found, news }) => {
    found();
    stream.resolve(news);
    await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
  }, (ms) => new Promise((resolve) => {
    waited.push(ms);
    pauses.push(resolve);
  }));
  listener.start();
  const news = await stream.promise;
  news();
  expect(wakes).toBe(1);
  now = 1000;
  for (let times = 0; times < 100; times += 1) news();
  expect([wakes, waited]).toEqual([1, [4000]]);
  now = 5000;
  pauses.shift()?.();
  await turns();
  expect(wakes).toBe(2);
  now = 20_000;
  news();
  expect([wakes, waited.length]).toEqual([3, 1]);
  listener.stop();
});

test('once stopped, it is not begun again by a pull that comes late to its end', async () => {
  let listened = 0;
  let now = 0;
  const listener = makeListener({ now: () => now, log: () => undefined, wake: () => undefined }, 'ended', async () => void (listened += 1));
  listener.start();
  await turns();
  listener.stop();
  now = 24 * 3_600_000;
  listener.start();
  expect(listened).toBe(1);
});

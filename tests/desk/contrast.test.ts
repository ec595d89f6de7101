import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDeskHost } from '../support/desk-host.ts';
import type { DeskHost, DeskWindow } from '../support/desk-host.ts';

let host: DeskHost;
let desk: DeskWindow;

beforeAll(async () => {
  host = await startDeskHost(40);
  desk = await host.open();
});
afterAll(async () => { await host.stop(); });

const TEXT = ['--ink', '--ink-2', '--ink-3', '--accent-ink', '--warn', '--bad', '--good'];
const MARKS = ['--severe', '--high', '--moderate', '--low', '--accent', '--edge-strong'];
const UNDER_TEXT = ['--ground', '--sheet', '--raised', '--hover', '--selected', '--float', '--accent-soft'];
const UNDER_MARKS = ['--ground', '--sheet', '--selected'];
const PAIRS = [['--mark-ink', '--mark'], ['--on-accent', '--accent'], ['--ink', '--warn-soft'], ['--ink', '--bad-soft']] as const;

type Wanted = { readonly front: string; readonly back: string; readonly least: number };

const wanted: readonly Wanted[] = [
  ...TEXT.flatMap((front) => UNDER_TEXT.map((back) => ({ front, back, least: 4.5 }))),
  ...MARKS.flatMap((front) => UNDER_MARKS.map((back) => ({ front, back, least: 3 }))),
  ...PAIRS.map(([front, back]) => ({ front, back, least: 4.5 })),
];

test.each(['light', 'dark'] as const)('text has 4.5:1 and marks have 3:1 on every surface they stand on: %s', async (colorScheme) => {
  await desk.page.emulateMedia({ colorScheme });
  const faint = await desk.page.evaluate((pairs) => {
    const probe = document.body.appendChild(document.createElement('i'));
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    // Relative luminance and contrast as WCAG 2.2 defines them.
    function luminance(token: string): number {
      probe.style.color = `var(${token})`;
      if (canvas === null) return 0;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => (value / 255 <= 0.040_45 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }
    const found = pairs.flatMap(({ front, back, least }) => {
      const [dark = 0, light = 0] = [luminance(front), luminance(back)].toSorted((a, b) => a - b);
      const ratio = (light + 0.05) / (dark + 0.05);
      return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : [];
    });
    probe.remove();
    return found;
  }, wanted);
  expect(faint).toEqual([]);
});

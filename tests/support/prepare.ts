/** Run by `npm test` before the tests: a browser and a fresh build may take longer than a test may. */
import { ensureBuilt } from '../../src-main/host/launch/build.ts';
import { ensureChromium } from './chromium.ts';
import { ROOT } from './serve.ts';

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  await ensureBuilt(ROOT, say);
  say(`Browser tests use ${ensureChromium()}.`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

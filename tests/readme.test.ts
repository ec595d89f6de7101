import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keyMapMarkdown } from './support/key-map.ts';

const file = path.resolve(import.meta.dirname, '../README.md');
const between = /(<!-- key map: drawn from the command table by `npm run readme` -->\n)([\s\S]*?)(<!-- end of key map -->)/;

test('the README\'s key map is the command table\'s', () => {
  const text = readFileSync(file, 'utf8');
  if (process.env['DOCKET_WRITE_README'] === '1') writeFileSync(file, text.replace(between, (_, start: string, __, end: string) => `${start}\n${keyMapMarkdown()}\n${end}`));
  expect(between.exec(readFileSync(file, 'utf8'))?.[2]?.trim()).toBe(keyMapMarkdown().trim());
});

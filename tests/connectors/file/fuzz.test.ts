import fc from 'fast-check';
import { expect, test } from 'vitest';
import { file } from '../../../src-main/connectors/file/file.ts';
import { readRows } from '../../../src-main/connectors/mapped/reading/read-rows.ts';
import type { ReadRow } from '../../../src-main/connectors/mapped/reading/read-rows.ts';
import { detectFormat } from '../../../src-main/services/import-format.ts';
import { previewText } from '../../../src-main/services/import-preview.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const anyText = fc.array(fc.oneof(
  fc.constantFrom('post_id', 'content', 'reason', ',', ';', '\t', '"', '""', '\n', '\r\n', '\r', '{', '}', '[', ']', '{"post_id":1}', ':', '"content"', 'sep=;', '\u0000', '=1+1', '\uFEFF'), fc.string({ maxLength: 6 }),
), { maxLength: 40 }).map((parts) => parts.join(''));

const anyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  anyText.map((text) => new TextEncoder().encode(text)),
  anyText.map((text) => Uint8Array.from(Buffer.from(text, 'utf16le'))),
);

test('any bytes at all are rows or say why not: every row is a report or is kept aside, and none is lost', async () => {
  await fc.assert(fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
    const format = await detectFormat(cut(bytes, size), 'x');
    const rows: ReadRow[] = [];
    for await (const piece of readRows(cut(bytes, size), format, '')) rows.push(...piece.rows);
    const made = makeConnectorIo(file.fields);
    const readable = rows.filter(({ problem }) => problem === null);
    let aside = 0;
    let reports = 0;
    const io = {
      ...made,
      inbox: {
        read: (after: number, limit: number) => Promise.resolve({ entries: readable.map(({ place, body }, index) => ({ id: index + 1, place, body, receivedAt: 0 })).filter(({ id }) => id > after).slice(0, limit), total: readable.length }),
        forget: () => Promise.resolve(), append: () => Promise.resolve(true),
        keepAside: (entries: readonly unknown[]) => {
          aside += entries.length;
          return Promise.resolve();
        },
      },
    };
    for await (const batch of file.open(io, { name: 'x' }).pull(null, new AbortController().signal)) reports += batch.reports.length;
    expect(reports + aside).toBe(readable.length);
    for (const { place, problem } of rows) expect([place === '', problem === null || /^\p{Lu}.*\.$/u.test(problem)]).toEqual([false, true]);
  }), { numRuns: 600 });
});

test('any text is shown as it would be taken', async () => {
  await fc.assert(fc.asyncProperty(anyText, async (text) => {
    const { rows, problems, leftOut, checked } = await previewText(text, null, 0);
    expect(Math.min(rows.length, 20) + problems + leftOut).toBe(checked);
  }), { numRuns: 300 });
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileFormat } from '../../../../src-main/contract/imports.ts';
import { encodingOf, makeUtf8Check } from '../../../../src-main/connectors/mapped/reading/encoding.ts';
import { delimiterOf, kindOf } from '../../../../src-main/connectors/mapped/reading/format.ts';
import { readRows } from '../../../../src-main/connectors/mapped/reading/read-rows.ts';
import type { ReadRow } from '../../../../src-main/connectors/mapped/reading/read-rows.ts';

const CSV: FileFormat = { kind: 'csv', encoding: 'utf-8', delimiter: ',' };

async function read(bytes: Uint8Array, format: FileFormat, cuts: readonly number[] = [], list = ''): Promise<ReadRow[]> {
  const places = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  async function* chunks() {
    for (let at = 1; at < places.length; at += 1) yield bytes.subarray(places[at - 1], places[at]);
  }
  const rows: ReadRow[] = [];
  let last = 0;
  for await (const piece of readRows(chunks(), format, list)) {
    rows.push(...piece.rows);
    expect(piece.bytes).toBeGreaterThanOrEqual(last);
    last = piece.bytes;
  }
  expect(last).toBe(bytes.length);
  return rows;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const bodies = (rows: readonly ReadRow[]): unknown[] => rows.map(({ body, problem }) => (problem === null ? JSON.parse(body) : problem));

function written(cells: readonly string[]): string {
  return cells.map((each) => (/[",\r\n]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each)).join(',');
}

describe('CSV', () => {
  test('with quoted line breaks, ragged rows, doubled headers and formulas as they are written', async () => {
    const rows = await read(bytesOf('id,text,text,\r\n1,"a\r\nb, ""c""",=2+2,x\r\n\r\n2\r\n3,p,q,r,s\r\n'), CSV);
    expect(rows.map(({ place, body }) => [place, JSON.parse(body)])).toEqual([
      ['line 2', { id: '1', text: 'a\r\nb, "c"', 'text 2': '=2+2', 'column 4': 'x' }],
      ['line 5', { id: '2' }],
      ['line 6', { id: '3', text: 'p', 'text 2': 'q', 'column 4': 'r', 'column 5': 's' }],
    ]);
  });

  test('a quotation mark that never closes costs its own line alone', async () => {
    const rows = await read(bytesOf('id,text\n1,"open\n2,fine\n3,fine too\n'), CSV);
    expect(rows.map(({ place, problem }) => [place, problem === null])).toEqual([['line 2', false], ['line 3', true], ['line 4', true]]);
    expect(rows[0]).toMatchObject({ body: '1,"open', problem: expect.stringContaining('Close it and import the file again') });
  });

  test.each([
    ['a cell of the next line', 'id,text\n1,"open\n2,"quoted"\n3,fine\n'], ['the next line', '"id","text"\n"1","open\n"2","quoted"\n"3","fine"\n'],
  ])('nor does one take a later line with it where %s begins with a quotation mark', async (_, text) => {
    const rows = await read(bytesOf(text), CSV);
    expect(rows.map(({ place, body, problem }) => [place, problem === null ? JSON.parse(body) : 'problem'])).toEqual([
      ['line 2', 'problem'], ['line 3', { id: '2', text: 'quoted' }], ['line 4', { id: '3', text: 'fine' }],
    ]);
  });

  test('a table without a line of names loses no row; its columns go by their places', async () => {
    expect(bodies(await read(bytesOf('7,hello,spam\n8,again,spam\n'), CSV))).toEqual([{ 'column 1': '7', 'column 2': 'hello', 'column 3': 'spam' }, { 'column 1': '8', 'column 2': 'again', 'column 3': 'spam' }]);
    expect(await read(bytesOf('2026-11-03T12:00:00Z,hello\n'), CSV)).toHaveLength(1);
    expect(await read(bytesOf('Post 1,Top 10\nhello,again\n'), CSV)).toHaveLength(1);
  });

  test('a cell of millions of letters is one cell', async () => {
    const long = 'a line\n'.repeat(300_000);
    const bytes = bytesOf(`id,text\n1,"${long}"\n2,after\n`);
    expect(bodies(await read(bytes, CSV, Array.from({ length: 40 }, (_, n) => n * 50_000)))).toEqual([{ id: '1', text: long }, { id: '2', text: 'after' }]);
  });

  test.each([['', 0], ['\n\n', 0], ['id,text\n', 0], ['id,text', 0], ['id\n1', 1], ['id,text\n,\n , \n1,\n', 1]])('%j has %i rows', async (text, count) => {
    expect(await read(bytesOf(text), CSV)).toHaveLength(count);
  });

  test('reads what another reader of CSV reads, wherever the file is cut', async () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('', '"', '""', ',', ';', '\n', '\r\n', 'a"b', ' x ', '=1', '“é', '🙂'));
    await fc.assert(fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(), { maxLength: 6 }),
      async (table, ending, cuts) => {
        const text = ['w,x,y,z', ...table.map(written)].join(ending) + ending;
        const wanted: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true, record_delimiter: ending });
        const rows = await read(bytesOf(text), CSV, cuts);
        expect(rows.map(({ body }) => Object.values(JSON.parse(body) as object))).toEqual(wanted.slice(1));
      },
    ), { numRuns: 300 });
  });

  test.each([
    ['a,b\n1,2\n', ','], ['a;b\n1,5;2,5\n', ';'], ['a\tb\n1\t2\n', '\t'], ['a|b\n1|2\n', '|'], ['only\none\n', ','], ['sep=;\r\na;b\r\n1;2\r\n', ';'], ['a,b', ','], ['text,n\n"x; y; z",1\n', ','],
  ])('%j is parted by %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });

  test('a first line that names the delimiter is no header', async () => {
    expect(bodies(await read(bytesOf('sep=;\r\na;b\r\n1;2\r\n'), { ...CSV, delimiter: ';' }))).toEqual([{ a: '1', b: '2' }]);
  });
});

describe('JSON', () => {
  test.each([
    ['{"a":1}\n{"a":2}\n', 'reports.txt', 'json-lines'], ['{"a":1}', 'reports.jsonl', 'json-lines'], ['[{"a":1}]', 'reports.json', 'json'],
    ['{"reports":[\n{"a":1}]}', 'x', 'json'], ['a,b\n', 'x.json', 'csv'], ['{"a":1}\n', 'x', 'json'],
  ])('%j named %s is %s', (text, name, kind) => {
    expect(kindOf(text, name)).toBe(kind);
  });

  test('a line that is none does not stop the others; large numbers keep their digits', async () => {
    const rows = await read(bytesOf('{"id":1234567890123456789}\nnot json\n\n[1]\r\n{"id":"x"}'), { kind: 'json-lines', encoding: 'utf-8', delimiter: null });
    expect(rows.map(({ place, body, problem }) => [place, problem === null ? body : 'problem'])).toEqual([
      ['line 1', '{"id":1234567890123456789}'], ['line 2', 'problem'], ['line 4', '[1]'], ['line 5', '{"id":"x"}'],
    ]);
  });

  test('a line that is nested thousands deep is a problem, as one of any other kind', async () => {
    const rows = await read(bytesOf(`{"id":${'['.repeat(10_000)}${']'.repeat(10_000)}}\n{"id":2}`), { kind: 'json-lines', encoding: 'utf-8', delimiter: null });
    expect(rows.map(({ problem }) => problem === null)).toEqual([false, true]);
  });

  test('a line that is too long is told, and of the next ones none is lost', async () => {
    const rows = await read(bytesOf(`{"id":"${'x'.repeat(2_500_000)}"}\n{"id":2}`), { kind: 'json-lines', encoding: 'utf-8', delimiter: null }, [1_000_000, 2_100_000, 2_400_000]);
    expect(rows.map(({ body, problem }) => [body.length, problem])).toEqual([[2_000_000, expect.stringContaining('longer than 2 million')], [8, null]]);
  });

  test.each([
    ['[{"id":1},{"id":2}]', '', [{ id: 1 }, { id: 2 }]], ['{"reports":[{"id":1}]}', '', [{ id: 1 }]], ['{"a":{"b":[{"id":1}]}}', 'a.b', [{ id: 1 }]], ['{"id":1}', '', [{ id: 1 }]],
  ])('a document %s with its list at “%s”', async (text, list, wanted) => {
    expect(bodies(await read(bytesOf(text), { kind: 'json', encoding: 'utf-8', delimiter: null }, [3], list))).toEqual(wanted);
  });

  test('a document that ends early, and one without its list, are problems and kept whole', async () => {
    const format: FileFormat = { kind: 'json', encoding: 'utf-8', delimiter: null };
    expect(await read(bytesOf('[{"id":1}'), format)).toEqual([{ place: 'the whole', body: '[{"id":1}', problem: expect.stringContaining('ends early') }]);
    expect(await read(bytesOf('{"x":1}'), format, [], 'reports')).toEqual([{ place: 'the whole', body: '{"x":1}', problem: expect.stringContaining('no list of reports at “reports”') }]);
  });

  test('the same rows, wherever the file is cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 6 }), async (values, cuts) => {
      const text = values.map((value) => JSON.stringify(value)).join('\n');
      const format: FileFormat = { kind: 'json-lines', encoding: 'utf-8', delimiter: null };
      expect((await read(bytesOf(text), format, cuts)).map(({ body }) => body)).toEqual((await read(bytesOf(text), format)).map(({ body }) => body));
      expect((await read(bytesOf(text), format, cuts)).filter(({ problem }) => problem !== null)).toEqual([]);
    }), { numRuns: 150 });
  });
});

describe('encodings', () => {
  const text = 'id,text\n1,“naïve” €5 – ß\n';
  const encoded: readonly (readonly [string, Uint8Array, FileFormat['encoding'] | null])[] = [
    ['UTF-8', bytesOf(text), null],
    ['UTF-8 with a mark', bytesOf(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, the other order', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['windows-1252', Buffer.from([...text].map((letter) => ({ '“': 0x93, '”': 0x94, '€': 0x80, '–': 0x96 })[letter] ?? letter.charCodeAt(0))), null],
  ];

  test.each(encoded)('%s is found out and read, wherever it is cut', async (_, bytes, byHead) => {
    expect(encodingOf(bytes)).toBe(byHead);
    const check = makeUtf8Check();
    for (const byte of bytes) check.push(Uint8Array.of(byte), false);
    check.push(new Uint8Array(), true);
    const encoding = byHead ?? (check.valid() ? 'utf-8' : 'windows-1252');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(bodies(await read(bytes, { ...CSV, encoding }, [cut]))).toEqual([{ id: '1', text: '“naïve” €5 – ß' }]);
    }
  });

  test('a character that is cut off at the end is not UTF-8', () => {
    const check = makeUtf8Check();
    check.push(bytesOf('é').subarray(0, 1), false);
    check.push(new Uint8Array(), true);
    expect(check.valid()).toBe(false);
  });
});

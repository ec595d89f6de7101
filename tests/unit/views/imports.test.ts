import { describe, expect, test } from 'vitest';
import type { ImportView } from '../../../src-main/contract/imports.ts';
import type { Mapping, MappingPreview } from '../../../src-main/contract/mapping.ts';
import { importRoute, readImportRoute } from '../../../src-renderer/views/imports/import-route.ts';
import { checkedWords, commitWords, importShare, importWords, sizeWords } from '../../../src-renderer/views/imports/import-words.ts';
import {
  choiceOf, columnFor, mappedTo, mappingFrom, sourceFor, unusedColumns, withCategory, withClosed, withOnly, withSource,
} from '../../../src-renderer/views/imports/mapping-edit.ts';

const columns: MappingPreview['columns'] = [
  { from: 'Post ID', samples: ['1000'], values: [] },
  { from: 'Reason', samples: ['SPAM'], values: [{ value: 'SPAM', count: 3 }] },
];
const mapping: Mapping = { list: '', fields: { subjectId: { from: 'Post ID' }, place: { value: 'pier' } }, categories: {}, types: {}, closed: [], dates: 'day-first', only: null };

describe('building a mapping', () => {
  test('a field is left out, read from a column, or the same for every row', () => {
    expect([choiceOf(undefined, columns), choiceOf({ from: 'Reason' }, columns), choiceOf({ value: 'x' }, columns)]).toEqual(['none', 'column 1', 'fixed']);
    expect([sourceFor('none', columns, undefined), sourceFor('column 1', columns, undefined), sourceFor('fixed', columns, { value: 'pier' }), sourceFor('fixed', columns, { from: 'Reason' })])
      .toEqual([null, { from: 'Reason' }, { value: 'pier' }, { value: '' }]);
  });

  test('a column that this file has not stays chosen', () => {
    const gone = { from: 'Old column' };
    expect([choiceOf(gone, columns), sourceFor('absent', columns, gone)]).toEqual(['absent', gone]);
  });

  test('a source is set and taken away, and nothing else changes', () => {
    const more = withSource(mapping, 'category', { from: 'Reason' });
    expect([more.fields, withSource(more, 'category', null)]).toEqual([{ ...mapping.fields, category: { from: 'Reason' } }, mapping]);
    expect([columnFor(more, 'category', columns)?.from, columnFor(mapping, 'place', columns)]).toEqual(['Reason', undefined]);
  });

  test('a value is mapped once, however it is spelt', () => {
    const once = withCategory(mapping, 'SPAM', 'spam');
    const twice = withCategory(once, 'spam', 'other');
    expect([twice.categories, mappedTo(twice.categories, 'Spam'), withCategory(twice, 'Spam', null).categories]).toEqual([{ spam: 'other' }, 'other', {}]);
    expect(withClosed(withClosed(mapping, 'Done', true), 'done', false).closed).toEqual([]);
  });

  test('rows are narrowed by values of a column, and no value takes all', () => {
    expect([withOnly(mapping, 'Reason', ['SPAM']).only, withOnly(mapping, 'Reason', []).only]).toEqual([{ from: 'Reason', values: ['SPAM'] }, null]);
  });

  test('columns that nothing reads are named', () => {
    expect([unusedColumns(mapping, columns), unusedColumns(withOnly(mapping, 'Reason', ['SPAM']), columns)]).toEqual([['Reason'], []]);
  });

  test('a kept mapping is read with what it leaves out; anything else is none', () => {
    expect(mappingFrom(JSON.stringify(mapping))).toEqual(mapping);
    expect(mappingFrom('{"fields":{"text":{"from":"body"}}}')).toEqual({ ...mapping, fields: { text: { from: 'body' } } });
    expect(['', undefined, 'no JSON', '[]', '{"fields":{"text":"body"}}', '{"fields":{},"closed":"x"}'].map(mappingFrom)).toEqual([null, null, null, null, null, null]);
  });
});

const preview: MappingPreview = { columns, mapping, rows: [], checked: 401, whole: true, leftOut: 12, problems: 1, firstProblems: [], notes: 3, firstNotes: [], said: null };
const view: ImportView = {
  id: 'a', connectionId: null, name: 'old.csv', bytes: 1000, received: 400, state: 'uploading', format: null, rows: 0, read: 0, waiting: 0, problems: 0, said: null, begunAt: 0, endedAt: null,
};

describe('an import in words', () => {
  test('what was looked at, what of it cannot be taken, and what the button will do', () => {
    expect([checkedWords(preview), checkedWords({ ...preview, checked: 1, leftOut: 0, problems: 0, notes: 0 }), checkedWords({ ...preview, checked: 2000, whole: false, leftOut: 0, problems: 0, notes: 0 })]).toEqual([
      '401 rows · 12 left out · 1 cannot be taken · 3 taken with something unread', '1 row · all can be taken', 'first 2,000 rows · all can be taken',
    ]);
    expect([commitWords(preview), commitWords({ ...preview, checked: 14 }), commitWords({ ...preview, whole: false })]).toEqual(['Import 388 rows', 'Import 1 row', 'Import the rows']);
  });

  test('how far it is: uploaded, read, arrived; no bar once it is over', () => {
    const reading: ImportView = { ...view, state: 'reading', received: 1000, read: 250, rows: 100, problems: 1 };
    const arriving: ImportView = { ...reading, state: 'arriving', rows: 400, waiting: 100, problems: 2 };
    const states: readonly ImportView[] = [view, { ...view, state: 'uploaded' }, reading, arriving, { ...arriving, state: 'done', waiting: 0 }, { ...arriving, state: 'done', waiting: 0, problems: 0 }, { ...view, state: 'failed' }];
    expect(states.map((one) => [importShare(one), importWords(one)])).toEqual([
      [0.4, '400 bytes of 1.0 kB here'], [null, 'waits for its mapping'], [0.25, '100 rows read so far, 1 row kept aside'],
      [0.75, '300 of 400 rows in the queue, 2 rows kept aside'], [null, '400 rows read, 2 rows kept aside'], [null, '400 rows read, all taken'], [null, 'stopped'],
    ]);
  });

  test('sizes read as people write them', () => {
    expect([0, 812, 59_022, 4_100_000, 250_000_000, 1_900_000_000].map(sizeWords)).toEqual(['0 bytes', '812 bytes', '59.0 kB', '4.1 MB', '250 MB', '1.9 GB']);
  });
});

test('the import page is named by upload and connection, whatever the connection’s id holds', () => {
  const routes = [{ upload: null, connection: null }, { upload: 'u', connection: null }, { upload: null, connection: 'team/forum' }, { upload: 'u', connection: 'team/forum' }];
  expect(routes.map((route) => readImportRoute(importRoute(route)))).toEqual(routes);
  expect([readImportRoute(null), readImportRoute('import-something'), readImportRoute('import/x')]).toEqual([null, null, null]);
});

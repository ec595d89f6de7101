import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMapping } from '../../../../src-main/connectors/mapped/apply.ts';
import { OWN_SHAPE } from '../../../../src-main/connectors/mapped/own-shape.ts';
import { previewOf } from '../../../../src-main/connectors/mapped/preview.ts';
import { parseRow } from '../../../../src-main/connectors/mapped/rows.ts';
import { MAPPED_FIELDS } from '../../../../src-main/contract/mapped-fields.ts';
import { mapping as mappingShape, mappingPreview } from '../../../../src-main/contract/mapping.ts';
import type { Mapping } from '../../../../src-main/contract/mapping.ts';
import { CATEGORIES, SUBJECT_TYPES } from '../../../../src-main/contract/words.ts';

const NOW = Date.UTC(2026, 10, 21);
const plain: Mapping = { list: '', fields: {}, categories: {}, types: {}, closed: [], dates: 'day-first', only: null };

function taken(mapping: Mapping, row: unknown) {
  const applied = applyMapping(mapping, row, NOW);
  if (applied.kind !== 'taken') throw new Error(JSON.stringify(applied));
  return { ...applied.rows, notes: applied.notes };
}

describe('a row by a mapping', () => {
  test('in Docket’s own shape becomes a report, its subject and who is concerned', () => {
    expect(taken(OWN_SHAPE, {
      report: { id: 'r1', category: 'harassment', comment: 'Rude', at: '2026-11-20T10:00:00Z' },
      subject: { id: 12345, type: 'post', text: 'You fool', title: 'Hm', url: 'https://forum.example/p/12345', media: ['https://forum.example/a.png'], at: 1_763_632_800, place: 'Lounge', language: 'en' },
      author: { id: 'a1', name: 'Al', handle: '@al' }, reporter: { id: 'p1', name: 'Rosa' },
    })).toEqual({
      notes: [],
      members: [
        { remoteId: 'a1', name: 'Al', handle: '@al', joinedAt: null, postCount: null, standing: [], url: null },
        { remoteId: 'p1', name: 'Rosa', handle: 'Rosa', joinedAt: null, postCount: null, standing: [], url: null },
      ],
      subject: {
        type: 'post', remoteId: '12345', authorId: 'a1', extra: { report: 'r1', url: 'https://forum.example/p/12345' }, text: 'Hm\n\nYou fool', html: null, createdAt: 1_763_632_800_000, editedAt: null,
        deletedAt: null, removed: false, url: 'https://forum.example/p/12345', language: 'en', place: 'Lounge', revision: null,
        media: [{ url: 'https://forum.example/a.png', mime: 'image/png', alt: '', width: null, height: null }],
      },
      report: { remoteId: 'r1', subject: { type: 'post', remoteId: '12345' }, reporterId: 'p1', category: 'harassment', remoteCategory: null, comment: 'Rude', createdAt: Date.UTC(2026, 10, 20, 10), open: true },
      resolution: null,
    });
  });

  test('that was dealt with is closed, with who did what; it closes no other report', () => {
    expect(taken(OWN_SHAPE, { report: { id: 'r', state: 'Resolved' }, subject: { id: '1' }, resolution: { by: 'Ines', what: 'removed', at: 1_763_632_800 } })).toMatchObject({
      report: { open: false }, resolution: { by: 'Ines', what: 'removed', at: 1_763_632_800_000, closes: true, reportId: 'r' },
    });
    expect(taken(OWN_SHAPE, { subject: { id: '1' }, resolution: { by: 'Ines' } }).report.open).toBe(false);
    expect(taken({ ...OWN_SHAPE, closed: ['fertig'] }, { report: { state: 'closed' }, subject: { id: '1' } }).report.open).toBe(true);
  });

  test('about a member has that member as its subject and author', () => {
    expect(taken(OWN_SHAPE, { author: { id: 'a1', name: 'Al' }, report: { comment: 'Sends spam' } })).toMatchObject({ subject: { type: 'member', remoteId: 'a1', authorId: 'a1' } });
    expect(taken(OWN_SHAPE, { subject: { id: 'a2', type: 'account' } })).toMatchObject({ subject: { type: 'member', remoteId: 'a2', authorId: 'a2' } });
  });

  test('without ids gets the same ones each time, and others for other content', () => {
    const mapping: Mapping = { ...plain, fields: { text: { from: 't' }, comment: { from: 'c' }, authorName: { from: 'a' } } };
    const [one, again, other] = [{ t: 'Hello', c: 'x', a: 'Al' }, { t: 'Hello ', c: 'x', a: 'Al' }, { t: 'Hello', c: 'y', a: 'Al' }].map((row) => taken(mapping, row));
    expect(again).toEqual(one);
    expect(other?.subject.remoteId).toBe(one?.subject.remoteId);
    expect(other?.report.remoteId).not.toBe(one?.report.remoteId);
  });

  test('keeps the digits of large ids', () => {
    expect(taken(OWN_SHAPE, parseRow('{"subject":{"id":1234567890123456789}}')).subject.remoteId).toBe('1234567890123456789');
  });

  test.each([
    ['a time that is none', { report: { at: 'yesterday' } }, 'reportedAt'], ['a kind that nobody knows', { subject: { id: '1', type: 'shout' } }, 'subjectType'], ['an address that is none', { subject: { id: '1', url: 'javascript:alert(1)' } }, 'url'],
  ])('%s is left out and said, and the report is taken all the same', (_, row, field) => {
    const read = taken(OWN_SHAPE, { subject: { id: '1' }, ...row });
    expect(read.notes.map((note) => note.field)).toEqual([field]);
    expect(read).toMatchObject({ subject: { type: 'post', url: null }, report: { createdAt: NOW, open: true } });
  });

  test('that says nothing of what was reported is a problem; one that is no object is, too', () => {
    expect(applyMapping(OWN_SHAPE, { report: { comment: 'x' } }, NOW)).toMatchObject({ kind: 'problem', problem: { field: 'subjectId' } });
    expect(applyMapping(OWN_SHAPE, 7, NOW)).toMatchObject({ kind: 'problem', problem: { field: null } });
  });

  test('that `only` does not name is left out', () => {
    const mapping: Mapping = { ...plain, fields: { subjectId: { from: 'object.id' } }, only: { from: 'event', values: ['report.created', 'report.updated'] } };
    expect(applyMapping(mapping, { event: 'account.created', object: { id: '1' } }, NOW)).toEqual({ kind: 'left-out' });
    expect(applyMapping(mapping, { event: 'Report.Created', object: { id: '1' } }, NOW).kind).toBe('taken');
  });

  test.each([['Spam', 'spam', null], ['Rude Words', 'harassment', 'Rude Words'], ['self harm', 'self-harm', 'self harm'], ['mystery', 'other', 'mystery'], ['', 'other', null], [['mystery', 'hate'], 'hate', 'mystery, hate']])('the category %j is %s', (value, category, remoteCategory) => {
    const mapping: Mapping = { ...plain, fields: { subjectId: { value: '1' }, category: { from: 'c' } }, categories: { 'rude words': 'harassment' } };
    expect(taken(mapping, { c: value }).report).toMatchObject({ category, remoteCategory });
  });

  test.each([
    ['https://a.example/1.png https://a.example/2.mp4', ['image/png', 'video/mp4']], ['https://a.example/1.webp, https://a.example/2.gif', ['image/webp', 'image/gif']],
    [[{ url: 'https://a.example/x', content_type: 'image/avif' }, { remote_url: 'https://a.example/y.jpg' }, { nothing: 1 }], ['image/avif', 'image/jpeg']], ['none', []], [null, []], ['javascript:x', []],
  ])('media from %j', (value, mimes) => {
    expect(taken({ ...plain, fields: { subjectId: { value: '1' }, media: { from: 'm' } } }, { m: value }).subject.media.map(({ mime }) => mime)).toEqual(mimes);
  });
});

describe('any mapping over any row', () => {
  const path = fc.oneof(fc.constantFrom('a', 'b', 'a.b', 'a.0', 'b.0.a', '__proto__', 'constructor'), fc.string({ minLength: 1, maxLength: 6 }));
  const anyMapping = fc.record({
    list: fc.constant(''),
    fields: fc.dictionary(fc.constantFrom(...MAPPED_FIELDS.map(({ id }) => id)), fc.oneof(fc.record({ from: path }), fc.record({ value: fc.string({ maxLength: 20 }) })), { noNullPrototype: true }),
    categories: fc.dictionary(fc.string({ maxLength: 5 }), fc.constantFrom(...CATEGORIES), { noNullPrototype: true }),
    types: fc.dictionary(fc.string({ maxLength: 5 }), fc.constantFrom(...SUBJECT_TYPES), { noNullPrototype: true }),
    closed: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
    dates: fc.constantFrom('day-first' as const, 'month-first' as const),
    only: fc.constant(null),
  });
  const row = fc.oneof(
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom('\uD800', 'x\u0000y', '2026-02-31', '9'.repeat(400), '<b>é'.repeat(200), 'https://a.example/%')), { noNullPrototype: true }),
    fc.jsonValue(),
  );

  test('is a report that is fit to be stored, or a problem that says what to do: never an exception', () => {
    fc.assert(fc.property(anyMapping, row, (mapping, value) => {
      const applied = applyMapping(mapping, value, NOW);
      expect(applied.kind).not.toBe('left-out');
      if (applied.kind === 'problem') expect(applied.problem.problem).toMatch(/^\p{Lu}.*\.$/u);
      if (applied.kind !== 'taken') return;
      const { subject, report, members, resolution } = applied.rows;
      for (const id of [subject.remoteId, report.remoteId, ...members.map(({ remoteId }) => remoteId)]) {
        expect(id.length).toBeGreaterThan(0);
        expect(id.length).toBeLessThanOrEqual(500);
        expect(id.isWellFormed()).toBe(true);
      }
      expect(report.subject).toEqual({ type: subject.type, remoteId: subject.remoteId });
      expect(Number.isInteger(report.createdAt)).toBe(true);
      expect(resolution === null).toBe(report.open);
      expect(subject.url === null || URL.canParse(subject.url)).toBe(true);
      expect(applyMapping(mapping, value, NOW)).toEqual(applied);
    }), { numRuns: 1000 });
  });

  test('is a preview that keeps to its contract and counts every row', () => {
    fc.assert(fc.property(fc.option(anyMapping), fc.array(row, { maxLength: 6 }), (mapping, values) => {
      const preview = previewOf(values.map((value, index) => ({ place: `line ${index}`, row: value, problem: null })), mapping, { whole: true, receivedAt: NOW });
      expect(mappingPreview.parse(preview)).toEqual(preview);
      expect(mappingShape.parse(preview.mapping)).toEqual(preview.mapping);
      expect(preview.rows.length + preview.problems + preview.leftOut).toBe(values.length);
    }), { numRuns: 300 });
  });
});

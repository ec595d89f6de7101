import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime } from '../../../../src-main/connectors/mapped/times.ts';

const NOON = Date.UTC(2026, 10, 3, 12, 5, 9);

describe('times', () => {
  test.each([
    ['2026-11-03T12:05:09Z', NOON], ['2026-11-03T12:05:09.000+00:00', NOON], ['2026-11-03T14:05:09+02:00', NOON], ['2026-11-03T07:05:09-0500', NOON], ['2026-11-03 12:05:09', NOON],
    ['2026-11-03 12:05:09 UTC', NOON], ['2026/11/3 12:05:09', NOON], ['2026-11-03T12:05:09.250Z', NOON + 250], ['2026-11-03', Date.UTC(2026, 10, 3)], ['2026-11-03 00:05', Date.UTC(2026, 10, 3, 0, 5)],
    ['1793707509', NOON], ['1793707509000', NOON], ['1793707509000000', NOON], ['1793707509.5', NOON + 500],
    ['03/11/2026 12:05:09', NOON], ['3.11.2026, 12:05:09', NOON], ['3-11-26 12:05:09', NOON], ['03/11/2026 12:05:09 PM', NOON], ['03/11/2026 12:05 am', Date.UTC(2026, 10, 3, 0, 5)], ['03/11/2026', Date.UTC(2026, 10, 3)],
    ['Tue, 03 Nov 2026 12:05:09 GMT', NOON], ['Tue, 03 Nov 2026 13:05:09 +0100', NOON], ['Nov 3, 2026 12:05:09', NOON], ['3 November 2026 12:05:09', NOON],
    ['46329.5', Date.UTC(2026, 10, 3, 12)],
    ['20261103T120509Z', NOON], ['20261103T130509+0100', NOON], ['20261103120509', NOON], ['20261103', Date.UTC(2026, 10, 3)],
    ['Tue Nov 03 2026 13:05:09 GMT+0100 (Central European Standard Time)', NOON], ['Tue Nov  3 07:05:09 EST 2026', NOON], ['Tue Nov 03 13:05:09 +0100 2026', NOON], ['2026-11-03T13:05:09+01:00[Europe/Berlin]', NOON], ['2026-11-03 12:05:09.5 +0000 UTC', NOON + 500],
    ['2026-11-03 13:05:09 CET', NOON], ['2026-11-03T11:05:09\u221201:00', NOON], ['Tuesday, 03-Nov-26 12:05:09 GMT', NOON], ['November 3rd, 2026 at 12:05:09 PM', NOON],
    ['12:05:09, 3 November 2026 (UTC)', NOON], ['03.11.2026 14:05:09 (UTC+2)', NOON], ['3 November 2026 17:35:09 GMT+5:30', NOON], ['2026-11-03 13:05:09 (CET)', NOON], ['12:05:09 03/11/2026', NOON], ['2026年11月3日 12:05:09', NOON], ['03.11.2026 12:05:09 Uhr', NOON], ['/Date(1793707509000)/', NOON], ['<t:1793707509:F>', NOON],
  ])('%j is read', (text, wanted) => {
    expect(readTime(text, 'day-first')).toBe(wanted);
  });

  test('day or month first, as was chosen; the other one is no time where the month would be a thirteenth', () => {
    expect(readTime('11/03/2026 12:05:09', 'month-first')).toBe(NOON);
    expect(readTime('11/23/2026', 'month-first')).toBe(Date.UTC(2026, 10, 23));
    expect(readTime('11/23/2026', 'day-first')).toBeNull();
  });

  test.each(['', 'yesterday', '31/02/2026', '2026-13-01', '2026-11-03T25:00:00Z', '2026-11-03T12:61:00Z', '5', '-1', 'May', 'maybe 2026', '1e9', '99999999999999999999', '2026-11-03 noon', '2026-11-03 12:05 (Mars)', '2026-11-03T12:05[Europe/Paris]'])('%j is no time', (text) => {
    expect(readTime(text, 'day-first')).toBeNull();
  });

  test('any date comes back from its ISO form, its seconds and its milliseconds', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1975-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
      expect(readTime(date.toISOString(), 'day-first')).toBe(date.getTime());
      expect(readTime(String(Math.floor(date.getTime() / 1000)), 'day-first')).toBe(Math.floor(date.getTime() / 1000) * 1000);
      if (date.getTime() >= 1e11) expect(readTime(String(date.getTime()), 'day-first')).toBe(date.getTime());
    }));
  });

  test('any text is a time or is none', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/:. -]{1,20}$/)), (text) => {
      const read = readTime(text, 'month-first');
      expect(read === null || (Number.isInteger(read) && read >= 0)).toBe(true);
    }));
  });
});

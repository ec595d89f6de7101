import { assert, constantFrom, dictionary, json, jsonValue, oneof, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { readLinks } from '../../../src-main/connectors/http/paging.ts';
import { readBodyRetryAfter, readRateLimit } from '../../../src-main/connectors/http/rate-limit.ts';
import { Failure } from '../../../src-main/domain/failure.ts';
import { parseConnections } from '../../../src-main/services/provision.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const ascii = string({ unit: 'binary-ascii' }).map((text) => text.replace(/[^\x20-\x7e]/g, ''));
const number = constantFrom('0', '-1', '1e9', '99999999999999999999', '1.5', 'NaN', '2026-05-01T12:01:00Z', 'Fri, 01 May 2026 12:00:30 GMT');
const value = oneof(ascii, number);

test('no header makes a wait that is negative or no number', () => {
  assert(property(record({ 'x-ratelimit-remaining': value, 'ratelimit-reset': value, 'retry-after': value, ratelimit: value }), (headers) => {
    const { remaining, limit, retryAfterMs } = readRateLimit(new Headers(headers), NOW);
    for (const seen of [remaining, limit, retryAfterMs]) expect(seen === null || seen >= 0).toBe(true);
  }));
});

test('no refusal\'s body makes one either', () => {
  assert(property(jsonValue(), (body) => {
    const wait = readBodyRetryAfter(body);
    expect(wait === null || wait >= 0).toBe(true);
  }));
});

test('a Link header of any kind gives addresses or nothing, and quickly', () => {
  assert(property(value, (header) => {
    for (const address of readLinks(`<a>; rel=next, ${header}`, 'https://tidepool.example/').values()) expect(URL.canParse(address)).toBe(true);
  }));
  for (const hostile of [`<a>;${' '.repeat(100_000)}`, `<a>${'; '.repeat(50_000)}`, `<a>; b=${' '.repeat(100_000)}x"`, '<'.repeat(100_000)]) {
    expect(readLinks(hostile, 'https://tidepool.example/').size).toBe(0);
  }
});

test('no file makes parsing it fail with anything but a sentence', () => {
  const sources = { env: {}, readFile: () => 'x' };
  const entry = dictionary(constantFrom('id', 'platform', 'title', 'settings', 'secrets', 'other'), oneof(jsonValue(), record({ token: record({ file: string() }) })));
  assert(property(oneof(string(), json(), entry.map((one) => JSON.stringify([one])), entry.map((one) => JSON.stringify({ connections: [one] }))), (text) => {
    try {
      parseConnections(text, sources);
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('The connections file cannot be used') });
    }
  }));
});

import { describe, expect, test } from 'vitest';
import type { ConnectionView, SettingField } from '../../../src-main/contract/setup.ts';
import { firstText, problemsOf, toValues } from '../../../src-renderer/views/connections/form.ts';
import { healthFacts, progress, span } from '../../../src-renderer/views/connections/health-words.ts';

function field(name: string, kind: SettingField['kind'], required: boolean): SettingField {
  return { name, label: name, kind, required, help: '', placeholder: '', options: kind === 'select' ? [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] : [] };
}

const fields = [field('address', 'url', true), field('token', 'secret', true), field('size', 'number', false), field('mode', 'select', true), field('stream', 'toggle', false)];

describe('a connector\'s settings form', () => {
  test('starts from what is known, and never from a secret', () => {
    expect(firstText(fields, { address: 'https://one.example', token: 'x', size: 20 }))
      .toEqual({ address: 'https://one.example', token: '', size: '20', mode: 'a', stream: false });
  });

  test('says what is missing by field; a secret already kept may stay empty', () => {
    const text = { ...firstText(fields), size: 'many' };
    expect(problemsOf(fields, text, false)).toEqual({ address: 'Fill this in.', token: 'Fill this in.', size: 'Write a number.' });
    expect(problemsOf(fields, text, true)).toEqual({ address: 'Fill this in.', size: 'Write a number.' });
  });

  test('sends numbers as numbers, trims addresses, and leaves out what is empty', () => {
    expect(toValues(fields, { address: ' https://one.example ', token: ' keep spaces ', size: '20', mode: 'b', stream: true }))
      .toEqual({ address: 'https://one.example', token: ' keep spaces ', size: 20, mode: 'b', stream: true });
    expect(toValues(fields, firstText(fields))).toEqual({ mode: 'a', stream: false });
  });
});

const health: ConnectionView['health'] = {
  state: 'first-sync', problem: null, traceId: null, lastSyncAt: 1_000, nextSyncAt: 90_000, pulled: 1240, total: 4960, waiting: 0,
  pollMs: 30_000, newestAt: 500, caughtUp: false, open: 310, attention: 0,
  rateLimit: { remaining: 120, limit: 300, resetAt: 181_000 },
};

describe('a connection\'s health at a glance', () => {
  test('facts in words, only those that are known', () => {
    expect(healthFacts(health, 61_000).map(({ value }) => value)).toEqual(['60 s ago', 'in 29 s', '1,240 of 4,960', 'nothing', '120 of 300, full again in 2 min']);
    expect(healthFacts({ ...health, lastSyncAt: null, nextSyncAt: null, total: null, rateLimit: null }, 0).map(({ value }) => value)).toEqual(['not yet', '1,240', 'nothing']);
  });

  test('progress is said only where the platform says how much there is', () => {
    expect([progress(health), progress({ ...health, total: null }), progress({ ...health, state: 'live' })]).toEqual([0.25, null, null]);
  });

  test('spans read as people say them', () => {
    expect([span(-5), span(89_000), span(240_000), span(7_200_000), span(172_800_000)]).toEqual(['0 s', '89 s', '4 min', '2 h', '2 d']);
  });
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Failure } from '../../src-main/domain/failure.ts';
import { makeLog } from '../../src-main/host/log.ts';
import type { Log } from '../../src-main/services/context.ts';
import { temporaryDataDir } from '../support/temporary.ts';

const NOW = Date.parse('2026-03-01T10:15:00Z');

function open(dataDir: string, echo: ((line: string) => void) | null = null): Log {
  return makeLog({ dataDir, name: 'host', now: () => NOW, random: () => 0, echo });
}

function lines(dataDir: string): unknown[] {
  return readFileSync(path.join(dataDir, 'logs/host.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

test('a line is JSON with its time, level, process and facts, and is echoed', () => {
  const dataDir = temporaryDataDir();
  const echoed: string[] = [];
  open(dataDir, (line) => echoed.push(line)).info('synced', { reports: 3, ms: 12 });
  const line = { at: '2026-03-01T10:15:00.000Z', level: 'info', process: 'host', event: 'synced', reports: 3, ms: 12 };
  expect(lines(dataDir)).toEqual([line]);
  expect(echoed.map((text) => JSON.parse(text))).toEqual([line]);
  expect(statSync(path.join(dataDir, 'logs/host.log')).mode & 0o077).toBe(0);
});

test('an error gets a trace id to read out, its class, code and frames, and none of its words', () => {
  const dataDir = temporaryDataDir();
  const cause = new Error('Unexpected token "my secret post" in answer of https://rosa:hunter2@example.org');
  const traceId = open(dataDir).error('pull-failed', new Failure('PLATFORM_UNINTELLIGIBLE', 'Rosa said: you all are fools', { cause }));
  expect(traceId).toBe('2222-2222');
  expect(lines(dataDir)).toEqual([{
    at: '2026-03-01T10:15:00.000Z', level: 'error', process: 'host', event: 'pull-failed', traceId,
    name: 'Failure', code: 'PLATFORM_UNINTELLIGIBLE', stack: expect.stringMatching(/^at .*host-log\.test\.ts/),
    'cause.name': 'Error', 'cause.stack': expect.stringMatching(/^at .*host-log\.test\.ts/),
  }]);
});

test('the engine\'s own words are kept, without what they quote', () => {
  const dataDir = temporaryDataDir();
  open(dataDir).error('bug', new TypeError('Cannot read properties of undefined (reading \'id\') near "Rosa\'s words"'));
  expect(lines(dataDir)).toEqual([expect.objectContaining({ name: 'TypeError', message: 'Cannot read properties of undefined (reading \'id\') near …' })]);
});

test('files rotate by size and the oldest goes', () => {
  const dataDir = temporaryDataDir();
  const log = open(dataDir);
  for (let n = 0; n < 4_500; n += 1) log.info('line', { n, filler: 'x'.repeat(1_900) });
  const names = readdirSync(path.join(dataDir, 'logs')).toSorted();
  expect(names).toEqual(['host.log', 'host.log.1', 'host.log.2', 'host.log.3', 'host.log.4', 'host.log.5']);
  expect(names.every((name) => statSync(path.join(dataDir, 'logs', name)).size < 1_010_000)).toBe(true);
});

test('a directory that cannot be written keeps nobody from working', () => {
  const echoed: string[] = [];
  open('/dev/null/nowhere', (line) => echoed.push(line)).warn('still-said');
  expect(echoed).toHaveLength(1);
});

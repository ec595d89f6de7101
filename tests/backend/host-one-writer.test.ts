import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { becomeOneWriter } from '../../src-main/host/one-writer/one-writer.ts';
import type { OneWriter } from '../../src-main/host/one-writer/one-writer.ts';
import type { Question, ShowAnswer } from '../../src-main/host/one-writer/control.ts';
import { temporaryDataDir } from '../support/temporary.ts';

const SHOWN: ShowAnswer = { window: true, url: null, stopping: false };

function start(dataDir: string, question: Question = 'show', answer: (question: Question) => Promise<ShowAnswer> = async () => SHOWN): Promise<OneWriter> {
  return becomeOneWriter({ dataDir, now: () => 1_000, question, answer, askMs: 300 });
}

function lockFile(dataDir: string): string {
  return path.join(dataDir, 'docket.lock');
}

function mine(writer: OneWriter): Extract<OneWriter, { kind: 'mine' }> {
  if (writer.kind !== 'mine') throw new Error('another process has it');
  return writer;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return (server.address() as AddressInfo).port;
}

test('the first start writes, a second is told who does and asks it to show its window', async () => {
  const dataDir = temporaryDataDir();
  const questions: Question[] = [];
  const first = mine(await start(dataDir, 'show', async (question) => {
    questions.push(question);
    return SHOWN;
  }));
  expect(await start(dataDir, 'show')).toEqual({ kind: 'theirs', pid: process.pid, answer: SHOWN });
  expect(await start(dataDir, 'who')).toMatchObject({ kind: 'theirs' });
  expect(questions).toEqual(['show', 'who']);
  expect(statSync(lockFile(dataDir)).mode & 0o077).toBe(0);
  await first.release();
  expect(existsSync(lockFile(dataDir))).toBe(false);
  await mine(await start(dataDir)).release();
});

test('of many starts at once exactly one writes', async () => {
  const dataDir = temporaryDataDir();
  writeFileSync(lockFile(dataDir), JSON.stringify({ pid: 999_999_9, port: 1, secret: 'x'.repeat(48), since: 0 }));
  const all = await Promise.all(Array.from({ length: 12 }, () => start(dataDir, 'who')));
  const writers = all.filter((one) => one.kind === 'mine');
  expect(writers).toHaveLength(1);
  for (const writer of writers) await mine(writer).release();
});

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 4_000_000, port: 1, secret: 'x'.repeat(48), since: 0 })],
  ['that nobody can read', 'half a lo'],
  ['that is empty', ''],
])('a lock %s is taken over', async (_what, text) => {
  const dataDir = temporaryDataDir();
  writeFileSync(lockFile(dataDir), text);
  const writer = mine(await start(dataDir));
  expect(JSON.parse(readFileSync(lockFile(dataDir), 'utf8'))).toMatchObject({ pid: process.pid });
  await writer.release();
});

test('a lock whose process lives and does not answer is respected', async () => {
  const dataDir = temporaryDataDir();
  const silent = createServer(() => undefined);
  const port = await listen(silent);
  writeFileSync(lockFile(dataDir), JSON.stringify({ pid: process.pid, port, secret: 'x'.repeat(48), since: 0 }));
  expect(await start(dataDir)).toEqual({ kind: 'theirs', pid: process.pid, answer: null });
  silent.close();
});

test('a dead process\'s port that something else has by now does not keep the lock', async () => {
  const dataDir = temporaryDataDir();
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const port = await listen(other);
  writeFileSync(lockFile(dataDir), JSON.stringify({ pid: 4_000_000, port, secret: 'x'.repeat(48), since: 0 }));
  await mine(await start(dataDir)).release();
  other.close();
});

test('a start waits for a process that is stopping', async () => {
  const dataDir = temporaryDataDir();
  const first = mine(await start(dataDir, 'show', async () => ({ window: false, url: null, stopping: true })));
  const second = start(dataDir);
  await first.release();
  await mine(await second).release();
});

test('without the secret of the lock file the process says nothing', async () => {
  const dataDir = temporaryDataDir();
  let asked = 0;
  const first = mine(await start(dataDir, 'show', async () => {
    asked += 1;
    return SHOWN;
  }));
  const { port } = JSON.parse(readFileSync(lockFile(dataDir), 'utf8'));
  const said = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`show ${'0'.repeat(48)}\n`));
    socket.on('data', (part) => { text += String(part); });
    socket.on('close', () => resolve(text));
  });
  expect([said, asked]).toEqual(['', 0]);
  await first.release();
});

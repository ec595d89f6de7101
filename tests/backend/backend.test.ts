import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { safe } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src-main/contract/contract.ts';
import { sampleConnector } from '../../src-main/connectors/sample/connector.ts';
import { startTestBackend, temporaryDir } from '../support/backend.ts';
import type { TestBackend } from '../support/backend.ts';

const connectors = [sampleConnector];

/** Waits until the sample community is there in full. */
async function untilPulled({ client }: TestBackend): Promise<void> {
  for (;;) {
    const [connection] = await client.connections.list();
    if (connection?.health.state === 'live') return;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

describe('the backend over its port', () => {
  test('serves a queue that can be worked: pages, whole items, a decision, its undo, search and history', async () => {
    await using backend = await startTestBackend({ connectors, sample: 300 });
    const { client } = backend;
    await untilPulled(backend);
    const page = await client.queue.page({ filter: {}, limit: 50 });
    const [first] = page.rows;
    if (first === undefined) throw new Error('the sample is empty');
    const rest = await client.queue.page({ filter: {}, after: page.next, limit: 200 });
    expect(new Set([...page.rows, ...rest.rows].map((row) => row.id)).size).toBe(page.rows.length + rest.rows.length);

    const [item] = await client.queue.items({ ids: [first.id] });
    expect(item).toMatchObject({ row: { id: first.id }, verbs: expect.arrayContaining([expect.objectContaining({ verb: 'dismiss', can: true })]) });
    expect(item?.why.reduce((sum, factor) => sum + factor.points, 0)).toBe(first.priority);
    expect(item?.reports.length).toBeGreaterThan(0);
    expect(item?.guidelines.length).toBeGreaterThan(0);

    const decisionId = randomUUID();
    const decided = await client.decide.record({ id: decisionId, items: [{ id: first.id, basis: first.version }], actions: [{ verb: 'dismiss' }], guidelineId: null, source: 'key' });
    expect(decided.items).toMatchObject([{ id: first.id, state: 'decided' }]);
    expect((await client.queue.counts()).decidedToday).toBe(1);
    const undone = await client.decide.undo({ id: randomUUID(), source: 'key' });
    expect(undone).toMatchObject({ decisionId, effect: 'cancelled', items: [{ id: first.id, state: 'open' }] });
    expect(await client.queue.rows({ ids: [first.id] })).toEqual(undone.items);

    const word = /\p{L}{5,}/u.exec(first.snippet)?.[0] ?? '';
    expect((await client.search.find({ text: word })).some((hit) => hit.kind === 'item')).toBe(true);
    expect((await client.queue.page({ filter: { text: word } })).rows.length).toBeGreaterThan(0);
    expect((await client.history.page({ filter: {} })).rows.slice(0, 2).map((row) => row.kind)).toEqual(['decision.undone', 'decision.recorded']);
    expect(await client.history.verify()).toMatchObject({ whole: true });
  });

  test('tells every desk what changed, and a decision names its item', async () => {
    await using backend = await startTestBackend({ connectors, sample: 50 });
    await untilPulled(backend);
    const heard: Change[] = [];
    const changes = await backend.connect().live.changes();
    const listening = (async () => {
      for await (const change of changes) heard.push(change);
    })();
    const [first] = (await backend.client.queue.page({ filter: {}, limit: 1 })).rows;
    if (first === undefined) throw new Error('the sample is empty');
    await backend.client.decide.record({ id: randomUUID(), items: [{ id: first.id, basis: first.version }], actions: [{ verb: 'dismiss' }], guidelineId: null, source: 'key' });
    await expect.poll(() => heard.flatMap((change) => change.items)).toContain(first.id);
    expect(heard.map((change) => change.version)).toEqual(heard.map((change) => change.version).toSorted((a, b) => a - b));
    await backend.stop();
    await listening.catch(() => undefined);
  });

  test('refuses input that is not the contract\'s with the fields in words and a trace id that the log has', async () => {
    await using backend = await startTestBackend();
    const { error } = await safe(backend.client.drafts.save({ box: 'x'.repeat(300), text: '' }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', defined: true, data: { retry: 'never', fields: [{ path: 'box', problem: expect.any(String) }], traceId: expect.any(String) } });
    expect(backend.logged.some((line) => line.event === 'invalid-input')).toBe(true);
  });

  test('refuses what an item does not allow, and a stale one with what is there now', async () => {
    await using backend = await startTestBackend({ connectors, sample: 50 });
    await untilPulled(backend);
    const [first] = (await backend.client.queue.page({ filter: {}, limit: 1 })).rows;
    if (first === undefined) throw new Error('the sample is empty');
    const decide = (basis: number) => safe(backend.client.decide.record({ id: randomUUID(), items: [{ id: first.id, basis }], actions: [{ verb: 'dismiss' }], guidelineId: null, source: 'key' }));
    expect((await decide(first.version + 1)).error).toMatchObject({ code: 'STALE', data: { current: first } });
    expect((await safe(backend.client.queue.page({ filter: { connectionId: 'nowhere' } }))).error).toMatchObject({ code: 'NOT_FOUND', data: { retry: 'never' } });
    expect((await safe(backend.client.queue.page({ filter: {}, after: 'nowhere' }))).error).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('keeps everything through a restart on the same directory', async () => {
    using place = temporaryDir();
    const before = await startTestBackend({ dataDir: place.dir, connectors, sample: 50 });
    await untilPulled(before);
    const rows = (await before.client.queue.page({ filter: {} })).rows.map((row) => row.key);
    await before.stop();
    await using after = await startTestBackend({ dataDir: place.dir, connectors, sample: 50 });
    expect((await after.client.queue.page({ filter: {} })).rows.map((row) => row.key)).toEqual(expect.arrayContaining(rows));
    expect(await after.client.connections.list()).toHaveLength(1);
  });

  test('refuses a file that is no database, saying what to do, and leaves it as it was', async () => {
    using place = temporaryDir();
    writeFileSync(path.join(place.dir, 'docket.db'), 'not a database, whatever it says');
    await expect(startTestBackend({ dataDir: place.dir })).rejects.toThrow(/is damaged or is no database/);
  });

  test('names a bug by a trace id and keeps its words in the log', async () => {
    await using backend = await startTestBackend({ connectors: [{ ...sampleConnector, id: 'broken', instance: () => { throw new TypeError('a bug'); } }] });
    const { error } = await safe(backend.client.connections.test({ platform: 'broken', values: {} }));
    expect(error).toMatchObject({ code: 'INTERNAL', message: expect.not.stringContaining('a bug'), data: { traceId: expect.any(String) } });
    expect(backend.logged.some((line) => line.error instanceof TypeError)).toBe(true);
  });
});

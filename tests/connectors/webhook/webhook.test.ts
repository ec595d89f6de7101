import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webhook } from '../../../src-main/connectors/webhook/webhook.ts';
import type { Batch, Session } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import { previewText } from '../../../src-main/services/import-preview.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { ownReport } from '../../support/mapped/reports.ts';
import { ask } from '../../support/raw-http.ts';
import type { RawRequest } from '../../support/raw-http.ts';
import { freePort, SECRET, signed } from './far.ts';
import type { Sending } from './far.ts';

const never = new AbortController().signal;
let io: TestIo;
let port: number;
let session: Session;

beforeEach(async () => {
  io = makeConnectorIo(webhook.fields);
  port = await freePort();
  await open({});
});
afterEach(() => session.close());

async function open(more: FormValues): Promise<void> {
  const values = { name: 'forum', port, scheme: 'standard', ...more };
  io.use(values, { secret: SECRET });
  session = webhook.open(io, values);
  await session.verify(never);
}

/** Sends a body that is signed now, unless said otherwise, with other headers over the true ones. */
function send(body: string, more: Partial<Sending> = {}, over: RawRequest & { readonly path?: string } = {}): ReturnType<typeof ask> {
  const { headers } = signed(body, { scheme: 'standard', at: io.now(), id: 'msg_1', ...more });
  return ask(`http://127.0.0.1:${port}${over.path ?? '/'}`, { method: 'POST', body, ...over, headers: { ...headers as Readonly<Record<string, string>>, ...over.headers } });
}

async function pulled(cursor: string | null = null): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of session.pull(cursor, never)) batches.push(batch);
  return batches;
}

async function reportIds(): Promise<string[]> {
  return (await pulled()).flatMap(({ reports }) => reports.map(({ remoteId }) => remoteId));
}

const ONE = JSON.stringify(ownReport(1));

describe('the receiver', () => {
  test('takes one report, a list, or an object with a list', async () => {
    expect(await send(ONE)).toMatchObject({ status: 200, body: '{"received":1}' });
    expect(await send(JSON.stringify([ownReport(2), ownReport(3)]), { id: 'msg_2' })).toMatchObject({ status: 200, body: '{"received":2}' });
    expect(await send(JSON.stringify({ reports: [ownReport(4)] }), { id: 'msg_3' })).toMatchObject({ status: 200, body: '{"received":1}' });
    expect(await reportIds()).toEqual(['r1', 'r2', 'r3', 'r4']);
  });

  test('takes a message that does not say what it is', async () => {
    const { headers } = signed(ONE, { scheme: 'standard', at: io.now(), id: 'msg_1' });
    const { 'content-type': _type, ...untyped } = headers as Readonly<Record<string, string>>;
    expect(await ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: ONE, headers: untyped })).toMatchObject({ status: 200, body: '{"received":1}' });
    expect(await reportIds()).toEqual(['r1']);
  });

  test('knows a message that is sent again, by its id, whatever the time and whichever session hears it', async () => {
    await send(ONE);
    io.pass(60_000);
    expect(await send(ONE)).toMatchObject({ status: 200, body: expect.stringContaining('"received":0') });
    await session.close();
    await open({});
    expect(await send(ONE)).toMatchObject({ status: 200, body: expect.stringContaining('here before') });
    expect(await reportIds()).toEqual(['r1']);
  });

  test('knows a repeat by its body where nothing else is signed', async () => {
    await session.close();
    await open({ scheme: 'hmac' });
    expect((await send(ONE, { scheme: 'hmac' })).body).toBe('{"received":1}');
    expect((await send(ONE, { scheme: 'hmac' })).body).toContain('here before');
  });

  test('reads the HMAC from the header that is named', async () => {
    await session.close();
    await open({ scheme: 'hmac', header: 'X-Discourse-Event-Signature' });
    const { headers } = signed(ONE, { scheme: 'hmac', at: 0, id: '' });
    const signature = (headers as Record<string, string>)['x-hub-signature-256'] ?? '';
    const post = (name: string): ReturnType<typeof ask> => ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: ONE, headers: { 'content-type': 'application/json', [name]: signature } });
    expect((await post('X-Hub-Signature-256')).status).toBe(401);
    expect((await post('x-discourse-event-signature')).status).toBe(200);
  });

  test.each<readonly [string, number, Partial<Sending>, RawRequest & { readonly path?: string }]>([
    ['no signature', 401, {}, { headers: { 'webhook-signature': '' } }],
    ['another signature', 401, {}, { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['another body', 401, {}, { body: '{}' }],
    ['an old message', 401, { at: 1_000_000_000_000 }, {}],
    ['another host', 403, {}, { headers: { host: 'evil.example' } }],
    ['another port in Host', 403, {}, { headers: { host: '127.0.0.1:1' } }],
    ['a web page', 403, {}, { headers: { origin: 'https://evil.example' } }],
    ['a web page of this machine', 403, {}, { headers: { origin: 'http://localhost:3000' } }],
    ['a page without an origin', 403, {}, { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['another path', 404, {}, { path: '/hooks' }],
    ['a path that is none', 404, {}, { path: '//' }],
    ['a read', 405, {}, { method: 'GET', body: '' }],
    ['a preflight', 405, {}, { method: 'OPTIONS', body: '' }],
    ['a form', 415, {}, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['plain text', 415, {}, { headers: { 'content-type': 'text/plain' } }],
    ['too much', 413, {}, { body: 'x'.repeat(5_000_001) }],
  ])('%s is refused with %i, and nothing is taken', async (_, status, sending, over) => {
    const answer = await send(ONE, sending, over);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.body).not.toContain(SECRET);
    if (status === 401) expect(answer.body).toBe('{"said":"The signature is not right."}');
    expect(await pulled()).toEqual([]);
    expect((await send(ONE)).status, 'the next one is taken').toBe(200);
  });

  test.each(['', '{', 'null x', '\uFEFF'])('a signed body %j that is no JSON is refused with what to send', async (body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: expect.stringContaining('JSON') });
    expect(await pulled()).toEqual([]);
  });

  test.each([['[', ']'], ['{"a":', '}']])('a body of %j within each other, thousands deep, is refused and stands in no way', async (begin, end) => {
    const deep = (levels: number): string => `{"subject":{"id":"1","text":${begin.repeat(levels)}1${end.repeat(levels)}}}`;
    expect((await send(deep(10_000), { id: 'deep' })).status).toBe(400);
    expect((await send(deep(100), { id: 'shallow' })).status).toBe(200);
    expect((await pulled()).flatMap(({ subjects }) => subjects.map(({ remoteId }) => remoteId))).toEqual(['1']);
  });

  test('a body that never ends is cut off with the connection, and others are served meanwhile', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`);
    const ended = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (part) => { text += String(part); }).on('close', () => resolve(text)).on('error', () => undefined);
    });
    const piece = 'x'.repeat(65_536);
    const pump = setInterval(() => socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`), 1);
    expect((await send(ONE)).status).toBe(200);
    const answer = await ended;
    clearInterval(pump);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('many at once are each taken once', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => send(JSON.stringify(ownReport(n % 30)), { id: `msg_${n % 30}` })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await reportIds()).toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => `r${n}`).toSorted());
  });

  test('a tunnel’s host and path are its own where the settings name them', async () => {
    await session.close();
    await open({ publicUrl: 'https://hooks.forum.example/docket' });
    expect((await send(ONE, {}, { path: '/docket', headers: { host: 'hooks.forum.example' } })).status).toBe(200);
    expect((await send(ONE, {}, { path: '/docket', headers: { host: 'other.example' } })).status).toBe(403);
    expect((await session.verify(never)).name).toBe('https://hooks.forum.example/docket');
  });

  test('a port that is in use is said so', async () => {
    await session.close();
    const other = makeConnectorIo(webhook.fields);
    const taken = await other.listen({ port, hosts: [] }, () => Promise.resolve({ status: 200, text: '{}' }));
    await expect(open({})).rejects.toMatchObject({ name: 'ConnectorError', kind: 'settings', message: expect.stringContaining(`Port ${port} is in use`) });
    await taken.close();
    await expect(open({})).resolves.toBeUndefined();
  });

  test.each([0, 70_000, 1.5])('the port %d is refused in the settings', (wrong) => {
    expect(() => webhook.open(io, { name: 'x', port: wrong, scheme: 'standard' })).toThrow('whole number');
  });

  test('is closed with its session', async () => {
    await session.close();
    await expect(send(ONE)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('what is received', () => {
  test('without a mapping that fits is kept aside with why, and does not stand in the way', async () => {
    await send(JSON.stringify([{ hello: 'world' }, ownReport(1), 'text']));
    const batches = await pulled();
    expect(batches.flatMap(({ reports }) => reports.map(({ remoteId }) => remoteId))).toEqual(['r1']);
    expect(await pulled(batches.at(-1)?.cursor ?? null)).toEqual([]);
  });

  test('is read by the mapping and the list that were built', async () => {
    await session.close();
    const mapping = { list: 'payload.cases', fields: { subjectId: { from: 'what.id' }, reportId: { from: 'nr' }, category: { from: 'why' } }, categories: { Beleidigung: 'harassment' } };
    await open({ mapping: JSON.stringify(mapping) });
    await send(JSON.stringify({ payload: { cases: [{ nr: 7, what: { id: 'p1' }, why: 'beleidigung' }] } }));
    expect((await pulled())[0]?.reports).toMatchObject([{ remoteId: '7', category: 'harassment', remoteCategory: 'beleidigung', subject: { remoteId: 'p1' } }]);
  });

  test('from Mastodon’s admin webhooks, as documented and signed as documented, is read by the mapping that is guessed from it', async () => {
    const object: unknown = JSON.parse(readFileSync(new URL('../mastodon/recorded/mastodon-report.json', import.meta.url), 'utf8'));
    const body = JSON.stringify({ event: 'report.created', created_at: '2023-10-26T13:34:00.351Z', object });
    const { mapping } = await previewText(body, null, 0);
    await session.close();
    await open({ scheme: 'hmac', header: 'X-Hub-Signature', mapping: JSON.stringify({ ...mapping, only: { from: 'event', values: ['report.created', 'report.updated'] } }) });
    const headers = { 'content-type': 'application/json', 'x-hub-signature': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` };
    expect((await ask(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).status).toBe(200);
    const [batch] = await pulled();
    expect(batch?.reports).toMatchObject([{ remoteId: '8437', remoteCategory: 'violation', reporterId: '123456789', open: true }]);
    expect(batch?.subjects).toMatchObject([{ type: 'post', text: 'Here is some content', url: expect.stringContaining('@cheeseperson') }]);
    expect(batch?.members.map(({ handle }) => handle)).toEqual([expect.stringContaining('cheeseperson'), 'bobisaburger']);
  });

  test('later about the same report closes it', async () => {
    await send(ONE);
    const [first] = await pulled();
    await send(JSON.stringify({ ...ownReport(1), report: { id: 'r1', state: 'closed' }, resolution: { by: 'Ines', what: 'removed' } }), { id: 'msg_2' });
    expect(await pulled(first?.cursor ?? null)).toMatchObject([{ reports: [{ remoteId: 'r1', open: false }], resolutions: [{ by: 'Ines', what: 'removed' }] }]);
  });

  test('and refused tells the person at the desk why, until a message is believed again', async () => {
    await send(ONE, { at: io.now() - 3_600_000 });
    expect((await session.verify(never)).missing.join(' ')).toContain('Check the clock');
    await send(ONE, {}, { headers: { 'webhook-signature': 'v1,AAAA' } });
    expect((await session.verify(never)).missing.join(' ')).toContain('another secret');
    await send(ONE);
    expect((await session.verify(never)).missing.join(' ')).not.toContain('refused');
  });
});

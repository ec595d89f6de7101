import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { file } from '../../../../src-main/connectors/file/file.ts';
import type { DeliveryResult, Order } from '../../../../src-main/connectors/connector.ts';
import { capabilitiesFor, ORDERED_VERBS } from '../../../../src-main/connectors/mapped/capabilities.ts';
import { makeConnectorIo } from '../../../support/connector-io.ts';
import type { TestIo } from '../../../support/connector-io.ts';
import { DELIVERY_SECRET } from '../../../support/mapped/endpoint.ts';
import { startWireServer } from '../../../support/wire-server.ts';
import type { WireAnswer, WireServer } from '../../../support/wire-server.ts';

const ORDER: Order = {
  id: '5a7d2c9e-4d1f-4a57-9a3e-0f6c1b2d3e4f', verb: 'suspend', reverse: false, reverses: null, subject: { type: 'post', remoteId: 'p1', authorId: 'a1', extra: { url: 'https://forum.example/p/1', report: 'r1' } },
  durationMs: 86_400_000, labels: [], reason: 'Third time', guideline: '2 No harassment', message: 'Please read the rules.', expected: null, force: false, decidedAt: 1_764_000_000_000,
};

let io: TestIo;
let server: WireServer;
let answer: WireAnswer;
let arrived = 0;
beforeEach(async () => {
  io = makeConnectorIo(file.fields);
  arrived = 0;
  server = await startWireServer({
    'POST /docket': () => answer,
    'GET /docket': () => {
      arrived += 1;
      return { json: { result: 'done' } };
    },
  });
});
afterEach(() => server.close());

function deliver(order: Order = ORDER, secrets: Readonly<Record<string, string>> = { deliverySecret: DELIVERY_SECRET }): Promise<DeliveryResult> {
  const values = { name: 'forum', deliveryUrl: `${server.origin}/docket` };
  io.use(values, secrets);
  return file.open(io, values).deliver(order, new AbortController().signal);
}

describe('a decision on its way to an endpoint', () => {
  test('says all that the README documents, signed, and nothing of who reported', async () => {
    answer = { status: 204 };
    await deliver();
    const [request] = server.requests;
    expect(JSON.parse(request?.text ?? '')).toEqual({
      type: 'decision', id: ORDER.id, verb: 'suspend', reverse: false, reverses: null, subject: { type: 'post', id: 'p1', author: 'a1', url: 'https://forum.example/p/1', report: 'r1' },
      durationMs: 86_400_000, labels: [], guideline: '2 No harassment', reason: 'Third time', message: 'Please read the rules.', decidedAt: 1_764_000_000_000, force: false,
    });
    expect(request?.headers).toMatchObject({ 'webhook-id': ORDER.id, 'content-type': 'application/json', 'webhook-timestamp': String(Math.floor(io.now() / 1000)) });
    expect(request?.headers['webhook-signature']).toBe(new Webhook(DELIVERY_SECRET).sign(ORDER.id, new Date(io.now()), request?.text ?? ''));
  });

  test('taken back, names what it takes back', async () => {
    answer = { status: 200 };
    await deliver({ ...ORDER, id: 'other', reverse: true, reverses: { orderId: ORDER.id, remoteId: 'there-1' } });
    expect(JSON.parse(server.requests[0]?.text ?? '')).toMatchObject({ id: 'other', reverse: true, reverses: { order: ORDER.id, id: 'there-1' } });
  });

  test.each<readonly [WireAnswer, DeliveryResult]>([
    [{ status: 200 }, { kind: 'done', remoteId: null, said: null }],
    [{ status: 202, text: 'accepted' }, { kind: 'done', remoteId: null, said: null }],
    [{ json: { ok: true } }, { kind: 'done', remoteId: null, said: null }],
    [{ json: { result: 'done', id: 42, said: 'Suspended until Sunday.' } }, { kind: 'done', remoteId: '42', said: 'Suspended until Sunday.' }],
    [{ json: { result: 'queued' } }, { kind: 'done', remoteId: null, said: 'queued' }],
    [{ json: { result: 'already', by: 'Ines', what: 'suspended', at: 1_764_000_000_000 } }, { kind: 'already', by: 'Ines', what: 'suspended', at: 1_764_000_000_000 }],
    [{ json: { result: 'conflict', by: 'Ines' } }, { kind: 'conflict', by: 'Ines', what: 'decided otherwise', at: null }],
    [{ status: 409, json: { by: 'Ines', what: 'kept', at: 'noon' } }, { kind: 'conflict', by: 'Ines', what: 'kept', at: null }],
    [{ status: 409 }, { kind: 'conflict', by: null, what: 'decided otherwise', at: null }],
    [{ json: { result: 'refused', said: 'No such member.' } }, { kind: 'refused', why: 'No such member.' }],
    [{ status: 422, json: { said: 'No such member.' } }, { kind: 'refused', why: 'No such member.' }],
    [{ status: 404, text: '<html>Not found</html>' }, { kind: 'refused', why: expect.stringContaining('refused this (404)') }],
    [{ status: 400, text: '{"half":' }, { kind: 'refused', why: expect.stringContaining('(400)') }],
    [{ status: 401 }, { kind: 'refused', why: expect.stringContaining('same signing secret') }],
    [{ status: 408 }, { kind: 'retry', why: expect.stringContaining('408'), afterMs: null }],
    [{ status: 302, headers: { location: '/docket' } }, { kind: 'refused', why: expect.stringContaining('never sent on') }],
    [{ status: 307, headers: { location: 'https://elsewhere.example/' } }, { kind: 'refused', why: expect.stringContaining('never sent on') }],
  ])('the answer %j is %j', async (given, wanted) => {
    answer = given;
    expect(await deliver()).toEqual(wanted);
    expect({ arrived, sent: server.requests.length }).toEqual({ arrived: 0, sent: 1 });
  });

  test.each<readonly [WireAnswer, string]>([[{ status: 503, headers: { 'retry-after': '9' } }, 'unreachable'], [{ status: 429, headers: { 'retry-after': '9' } }, 'rate-limited'], [{ text: '<html>Log in</html>' }, 'unintelligible'], [{ text: '{"result":' }, 'unintelligible']])(
    'the answer %j is tried again (%s)', async (given, kind) => {
      answer = given;
      await expect(deliver()).rejects.toMatchObject({ name: 'ConnectorError', kind });
    },
  );

  test('waits for a person where there is no secret to sign with', async () => {
    expect(await deliver(ORDER, {})).toMatchObject({ kind: 'refused', why: expect.stringContaining('no signing secret') });
    expect(server.requests).toEqual([]);
  });
});

describe('what can be done', () => {
  test('without an endpoint is recorded here alone, and a message would reach nobody', () => {
    const { post, member } = capabilitiesFor(null, []);
    expect(post?.remove).toMatchObject({ can: true, local: true, message: false });
    expect(post?.message).toMatchObject({ can: false, why: expect.stringContaining('reach nobody') });
    expect(member?.remove).toMatchObject({ can: false });
  });

  test('with one is what it carries out', () => {
    const { post } = capabilitiesFor({ verbs: new Set(['remove']) }, ['a']);
    expect(Object.entries(post ?? {}).filter(([, capability]) => capability.can).map(([verb]) => verb)).toEqual(['remove']);
    expect(Object.keys(post ?? {})).toEqual([...ORDERED_VERBS]);
  });

  test.each([['off-topic, needs a source,,off-topic', { can: true, labels: ['off-topic', 'needs a source'] }], [' ', { can: false, why: expect.stringContaining('settings') }]])('the labels %j', async (labels, wanted) => {
    const { capabilities } = await file.open(io, { name: 'x', labels }).verify(new AbortController().signal);
    expect(capabilities.post?.label).toMatchObject(wanted);
  });

  test('is refused in the settings where a verb is none', () => {
    expect(() => file.open(io, { name: 'x', deliveryUrl: 'https://a.example', verbs: 'remove, obliterate' })).toThrow('“obliterate” is no verb');
  });
});

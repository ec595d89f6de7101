import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { Batch, Order, Session } from '../../../src-main/connectors/connector.ts';
import { webhook } from '../../../src-main/connectors/webhook/webhook.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { DELIVERY_SECRET } from '../../support/mapped/endpoint.ts';
import { ownReport } from '../../support/mapped/reports.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireServer } from '../../support/wire-server.ts';
import { freePort, SECRET, signed } from './far.ts';

const never = new AbortController().signal;
const RUNS = 250;
let io: TestIo;
let port: number;
let session: Session;
let server: WireServer;
let answer: WireAnswer = {};
let aside = 0;
let cursor: string | null = null;
let sent = 0;

beforeAll(async () => {
  const made = makeConnectorIo(webhook.fields);
  io = {
    ...made,
    inbox: {
      ...made.inbox,
      keepAside(entries) {
        aside += entries.length;
        return made.inbox.keepAside(entries);
      },
    },
  };
  port = await freePort();
  server = await startWireServer({ 'POST /docket': () => answer });
  const values = { name: 'forum', port, scheme: 'standard', deliveryUrl: `${server.origin}/docket` };
  made.use(values, { secret: SECRET, deliverySecret: DELIVERY_SECRET });
  session = webhook.open(io, values);
  await session.verify(never);
});
afterAll(async () => {
  await session.close();
  await server.close();
});

/** Posts a body and pulls: how it was answered, and how many rows became reports or were kept aside. */
async function post(body: string): Promise<{ readonly status: number; readonly received: number; readonly came: number }> {
  sent += 1;
  const response = await fetch(`http://127.0.0.1:${port}/`, signed(body, { scheme: 'standard', at: io.now(), id: `msg_${sent}` }));
  const { received } = await response.json() as { received?: number };
  const before = aside;
  const batches: Batch[] = [];
  for await (const batch of session.pull(cursor, never)) batches.push(batch);
  cursor = batches.at(-1)?.cursor ?? cursor;
  return { status: response.status, received: received ?? 0, came: batches.flatMap(({ reports }) => reports).length + aside - before };
}

describe('whatever is posted with a right signature', () => {
  test('is a report or is kept aside: nothing that was answered with success is lost', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.json(), fc.array(fc.jsonValue(), { maxLength: 5 }).map((rows) => JSON.stringify({ reports: rows }))), async (body) => {
      const { status, received, came } = await post(body);
      expect(status).toBe(200);
      expect(came).toBe(received);
    }), { numRuns: RUNS });
  });

  test('is refused whole where it is no JSON', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !isJson(text)), async (body) => {
      expect(await post(body)).toEqual({ status: 400, received: 0, came: 0 });
    }), { numRuns: RUNS });
  });

  test('is taken with something wrong in it: a wrong field loses no report', async () => {
    await fc.assert(fc.asyncProperty(fc.nat({ max: 500 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.jsonValue(), async (n, where, junk) => {
      const { status, received, came } = await post(JSON.stringify(spoiltAt([ownReport(n), ownReport(n + 1)], where, junk)));
      expect({ status, came }).toEqual({ status: 200, came: received });
    }), { numRuns: RUNS });
  });
});

describe('whatever an endpoint answers', () => {
  const order: Order = {
    id: '5a7d2c9e-4d1f-4a57-9a3e-0f6c1b2d3e4f', verb: 'remove', reverse: false, reverses: null, subject: { type: 'post', remoteId: 'p', authorId: null, extra: {} }, durationMs: null, labels: [], reason: '', guideline: null,
    message: null, expected: null, force: false, decidedAt: 0,
  };

  test('is read as a result, or is trouble that has a name', async () => {
    const body = fc.oneof(
      fc.record({ result: fc.oneof(fc.constantFrom('done', 'already', 'conflict', 'refused'), fc.jsonValue()), id: fc.jsonValue(), by: fc.jsonValue(), what: fc.jsonValue(), at: fc.jsonValue(), said: fc.jsonValue() }, { requiredKeys: [] }).map((json) => JSON.stringify(json)),
      fc.string(), fc.json(),
    );
    await fc.assert(fc.asyncProperty(fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 409, 418, 422, 500, 503), body, async (status, text) => {
      answer = { status, text };
      io.reset();
      const result = await session.deliver(order, never).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(ConnectorError);
      else expect(result).toMatchObject({ kind: expect.stringMatching(/^(?:done|already|conflict|refused)$/) });
    }), { numRuns: RUNS });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import { DIALECTS } from '../../../src-main/connectors/mastodon/detect.ts';
import { readAdminReport } from '../../../src-main/connectors/mastodon/read.ts';
import { rowsOf } from '../../../src-main/connectors/mastodon/subjects.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { orderOf } from './desk.ts';
import { recorded } from './recorded.ts';
import { TOKEN, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';
import type { Kind } from './world.ts';

type Path = readonly (string | number)[];

const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined];
const UNKNOWN_WORD = 'something-new';
const KINDS: readonly Kind[] = ['mastodon', 'gotosocial', 'akkoma'];

const io: TestIo = makeConnectorIo(mastodon.fields);
const servers = new Map<Kind, FarServer>();
/** What happens to the answers of one address; the others stay as they are. */
let spoil: { readonly part: RegExp; readonly how: (answer: unknown) => unknown } | null = null;

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await io.fetch(input, init);
  const plan = spoil;
  if (plan === null || response.status === 204 || !plan.part.test(new URL(input instanceof Request ? input.url : input).pathname)) return response;
  return new Response(JSON.stringify(plan.how(await response.json())) ?? '', { status: response.status, headers: { 'content-type': 'application/json' } });
};

function farOf(kind: Kind): FarServer {
  const far = servers.get(kind);
  if (far === undefined) throw new Error('not started');
  io.use({ server: far.server.origin }, { token: TOKEN });
  return far;
}

function sessionAt(far: FarServer): Session {
  return mastodon.open({ ...io, fetch: spoiling }, { server: far.server.origin });
}

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...at, name]))];
}

function withJunk(value: unknown, [first, ...rest]: Path, junk: unknown): unknown {
  if (first === undefined) return junk;
  if (Array.isArray(value)) return value.map((one, index): unknown => (String(index) === String(first) ? withJunk(one, rest, junk) : one));
  return { ...value as object, [first]: withJunk((value as Readonly<Record<string, unknown>>)[first], rest, junk) };
}

/** Spoils one place of an answer, the one that a number between 0 and 1 points at. */
function spoilt(answer: unknown, where: number, junk: unknown): unknown {
  const paths = pathsOf(answer);
  return withJunk(answer, paths[Math.floor(where * paths.length)] ?? [], junk);
}

const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const junk = fc.constantFrom(...JUNK, UNKNOWN_WORD);
const RUNS = { numRuns: 60 };
const { signal } = new AbortController();

/** Everything a session pulls, as far as it comes. */
async function pulled(session: Session, cursor: string | null, into: Set<string>): Promise<string | null> {
  let at = cursor;
  for await (const batch of session.pull(cursor, signal)) {
    at = batch.cursor;
    for (const { remoteId } of batch.reports) into.add(remoteId);
  }
  return at;
}

async function subjectsOf(session: Session): Promise<readonly RemoteSubject[]> {
  const subjects: RemoteSubject[] = [];
  for await (const batch of session.pull(null, signal)) subjects.push(...batch.subjects);
  return subjects;
}

async function onlyConnectorErrors<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    expect(error).toBeInstanceOf(ConnectorError);
    return null;
  } finally {
    io.reset();
  }
}

beforeAll(async () => {
  for (const kind of KINDS) {
    const far = await startFarServer(kind, io.truly);
    servers.set(kind, far);
    const piet = far.world.account('piet');
    for (let n = 0; n < 3; n += 1) far.world.report({ about: piet, posts: [far.world.post(piet, `<p>Post ${n}</p>`)], rules: ['No spam'] });
    far.world.report({ about: piet, posts: [far.world.post(piet, 'One'), far.world.post(piet, 'Two')] });
    far.world.report({ about: far.world.account('olle', 'elsewhere.example') });
  }
});
afterAll(async () => {
  for (const far of servers.values()) await far.close();
});

describe.each(KINDS)('answers of %s with something wrong in them', (kind) => {
  test('the list: no report is lost, and only ConnectorError is thrown', async () => {
    const far = farOf(kind);
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, value) => {
      const session = sessionAt(far);
      const got = new Set<string>();
      spoil = { part: /admin\/reports$/, how: (answer) => spoilt(answer, place, value) };
      let cursor = await onlyConnectorErrors(() => pulled(session, null, got));
      spoil = null;
      cursor = await pulled(sessionAt(far), cursor, got);
      io.pass(10 * 60_000);
      await pulled(sessionAt(far), cursor, got);
      expect(far.world.open().filter(({ id }) => !got.has(id))).toEqual([]);
    }), RUNS);
  });

  test.each(['nodeinfo', 'api/v1/instance', 'verify_credentials'])('%s: signing in says what is wrong, or goes on', async (name) => {
    const far = farOf(kind);
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      spoil = { part: new RegExp(name), how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(() => sessionAt(far).verify(signal));
      await onlyConnectorErrors(() => sessionAt(far).guidelines(signal));
      spoil = null;
    }), RUNS);
  });

  test.each(['statuses', 'context', 'reports'])('%s: a context comes as far as it can', async (name) => {
    const far = farOf(kind);
    const session = sessionAt(far);
    const subject = (await subjectsOf(session)).find(({ type }) => type === 'post');
    if (subject === undefined) throw new Error('nothing came');
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      spoil = { part: new RegExp(name), how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(() => session.context(subject, signal));
      spoil = null;
    }), RUNS);
  });

  test('reports and deeds: an order is carried out once, whatever is answered', async () => {
    const far = farOf(kind);
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      const about = far.world.account(`fresh${far.world.reports.size}`);
      const post = far.world.post(about, 'One');
      const { id } = far.world.report({ about, posts: [post] });
      const session = sessionAt(far);
      const subject = (await subjectsOf(session)).find(({ remoteId }) => remoteId === post.id);
      if (subject === undefined) throw new Error('it did not come');
      const order = orderOf(io, 'dismiss', subject);
      spoil = { part: /admin/, how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(() => session.deliver(order, signal));
      spoil = null;
      await session.deliver({ ...order, force: true }, signal);
      expect(far.world.deeds.filter((deed) => deed.includes(id))).toHaveLength(1);
    }), { numRuns: 40 });
  });
});

describe('recorded reports with something wrong in them', () => {
  const all = [recorded('mastodon-report'), ...recorded('gotosocial-reports') as readonly unknown[]];

  test.each(DIALECTS)('$title: what has an id arrives, what has none is not passed over', (dialect) => {
    fc.assert(fc.property(fc.constantFrom(...all), where, junk, where, junk, (row, place, value, place2, value2) => {
      const broken = spoilt(spoilt(row, place, value), place2, value2);
      try {
        const rows = rowsOf({ server: 'https://far.example', dialect }, readAdminReport(broken), [], null, 0);
        expect(rows.reports.length).toBeGreaterThan(0);
        expect(rows.reports[0]?.subject.remoteId).toBe(rows.subjects[0]?.remoteId);
        expect(JSON.stringify(rows)).not.toMatch(/@emailservice\.com|12\.34\.56\.78/);
      } catch (error) {
        expect(error).toBeInstanceOf(ConnectorError);
      }
    }), { numRuns: 1500 });
  });
});

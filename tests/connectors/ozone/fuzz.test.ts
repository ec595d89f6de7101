import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import { openDesk, orderOf } from '../../support/ozone/desk.ts';
import type { Desk } from '../../support/ozone/desk.ts';
import { recorded } from '../../support/ozone/recorded.ts';
import { startScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import type { ScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import { MOD } from '../../support/ozone/scripted-state.ts';

type Path = readonly (string | number)[];

/** Nothing of it is right anywhere, and nothing of it is a right value of another meaning. */
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined];
const UNKNOWN_WORD = 'tools.ozone.example.defs#somethingNew';
const RUNS = { numRuns: 100 };

let far: ScriptedOzone;
/** What happens to the answers of one method; the others stay as they are. */
let spoil: { readonly nsid: string; readonly how: (answer: unknown) => unknown } | null = null;

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const plan = spoil;
  if (plan === null || !String(input).includes(plan.nsid)) return response;
  return new Response(JSON.stringify(plan.how(await response.json())) ?? '', { status: response.status, headers: response.headers });
};

function desk(): Desk {
  return openDesk({ values: { service: far.server.origin, handle: 'rosa.test', labeler: far.labeler }, password: far.password, fetch: spoiling });
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

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(ConnectorError);
  }
}

beforeAll(async () => {
  far = await startScriptedOzone();
  for (let n = 0; n < 6; n += 1) {
    const post = far.addPost('piet', `Post ${n}`);
    far.report('mara', post, UNKNOWN_WORD, 'Look');
    if (n % 2 === 0) far.moderate('tomas', post, { $type: `${MOD}Label`, createLabelVals: ['spam'], negateLabelVals: [] });
  }
  far.report('juno', 'olle');
  far.closeRow('tomas', 1);
  far.route(2, 'Adverts');
});
afterAll(() => far.server.close());

describe('answers with something wrong in them', () => {
  test.each(['queryEvents', 'getSubjects', 'queryActivities', 'queryReports', 'createSession'])('%s: no report is lost, and only ConnectorError is thrown', async (nsid) => {
    await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, value) => {
      const rosa = desk();
      spoil = { nsid, how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(() => rosa.pull());
      spoil = null;
      await rosa.pull();
      const filed = far.state.events.filter(({ event }) => event.$type === `${MOD}Report`).map(({ id }) => String(id));
      expect(filed.filter((id) => !rosa.reports.has(id))).toEqual([]);
    }), RUNS);
  });

  test.each(['getConfig', 'getServices', 'createSession'])('%s: signing in says what is wrong', async (nsid) => {
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      spoil = { nsid, how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(async () => { const rosa = desk(); await rosa.session.verify(rosa.signal); });
      spoil = null;
    }), RUNS);
  });

  test.each(['getPostThread', 'getAuthorFeed', 'queryEvents', 'getSubjects', 'getReporterStats'])('%s: a context comes as far as it can', async (nsid) => {
    const rosa = desk();
    await rosa.pull();
    const [subject] = rosa.subjects.values();
    if (subject === undefined) throw new Error('nothing came');
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      spoil = { nsid, how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(() => rosa.session.context(subject, rosa.signal));
      spoil = null;
    }), RUNS);
  });

  test.each(['events', 'subjects', 'activities', 'thread', 'author-feed', 'labelers', 'policies', 'reporter-stats', 'status'])('recorded %s: unknown words are carried, and nothing but ConnectorError is thrown', async (name) => {
    const { nsid, answer } = recorded(name);
    const rosa = desk();
    await rosa.pull();
    const [subject] = rosa.subjects.values();
    if (subject === undefined) throw new Error('nothing came');
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      spoil = { nsid, how: () => spoilt(answer, place, value) };
      const other = desk();
      await onlyConnectorErrors(() => other.pull());
      await onlyConnectorErrors(() => other.session.context(subject, other.signal));
      await onlyConnectorErrors(() => other.session.guidelines(other.signal));
      spoil = null;
    }), { numRuns: 40 });
  });

  test.each(['emitEvent', 'queryStatuses', 'queryEvents', 'listOptions'])('%s: an order is sent once, whatever is answered', async (nsid) => {
    const rosa = desk();
    await rosa.pull();
    const subjects = [...rosa.subjects.values()];
    await fc.assert(fc.asyncProperty(where, junk, fc.nat(), async (place, value, which) => {
      const subject = subjects[which % subjects.length];
      if (subject === undefined) throw new Error('nothing came');
      const order = orderOf(randomUUID(), 'escalate', subject);
      const before = far.state.events.length;
      spoil = { nsid, how: (answer) => spoilt(answer, place, value) };
      await onlyConnectorErrors(() => rosa.session.deliver(order, rosa.signal));
      spoil = null;
      await rosa.session.deliver({ ...order, force: true }, rosa.signal);
      expect(far.state.events.length - before).toBe(1);
    }), RUNS);
  });
});

import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, orderOf, reversalOf } from '../../support/ozone/desk.ts';
import type { Desk } from '../../support/ozone/desk.ts';
import { recorded } from '../../support/ozone/recorded.ts';
import { didOf, startScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import type { ScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import { MOD } from '../../support/ozone/scripted-state.ts';
import { JUNK, makeSpoiler, onlyConnectorErrors, somewhere } from '../../support/spoilt-answers.ts';

const UNKNOWN_WORD = 'tools.ozone.example.defs#somethingNew';
const RUNS = { numRuns: 100 };

let far: ScriptedOzone;
const spoiler = makeSpoiler();

function desk(): Desk {
  return openDesk({ values: { service: far.server.origin, handle: 'rosa.test', labeler: far.labeler }, password: far.password, fetch: spoiler.fetch });
}

const junk = fc.constantFrom(...JUNK, UNKNOWN_WORD);

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
    await fc.assert(fc.asyncProperty(somewhere, fc.constantFrom(...JUNK), async (place, value) => {
      const rosa = desk();
      spoiler.spoil(new RegExp(nsid), place, value);
      await onlyConnectorErrors(() => rosa.pull());
      spoiler.heal();
      await rosa.pull();
      const filed = far.state.events.filter(({ event }) => event.$type === `${MOD}Report`).map(({ id }) => String(id));
      expect(filed.filter((id) => !rosa.reports.has(id))).toEqual([]);
    }), RUNS);
  });

  test.each(['getConfig', 'getServices', 'createSession', 'listOptions', 'queryEvents'])('%s: signing in says what is wrong', async (nsid) => {
    await fc.assert(fc.asyncProperty(somewhere, junk, async (place, value) => {
      spoiler.spoil(new RegExp(nsid), place, value);
      await onlyConnectorErrors(async () => { const rosa = desk(); await rosa.session.verify(rosa.signal); });
      spoiler.heal();
    }), RUNS);
  });

  test.each(['getPostThread', 'getAuthorFeed', 'queryEvents', 'getSubjects', 'getReporterStats', 'listQueues', 'queryReports'])('%s: a context comes as far as it can', async (nsid) => {
    const rosa = desk();
    await rosa.pull();
    const [subject] = rosa.subjects.values();
    if (subject === undefined) throw new Error('nothing came');
    await fc.assert(fc.asyncProperty(somewhere, junk, async (place, value) => {
      spoiler.spoil(new RegExp(nsid), place, value);
      await onlyConnectorErrors(() => rosa.session.context(subject, rosa.signal));
      spoiler.heal();
    }), RUNS);
  });

  test.each(['events', 'subjects', 'activities', 'thread', 'author-feed', 'labelers', 'policies', 'reporter-stats', 'status', 'templates'])('recorded %s: unknown words are carried, and nothing but ConnectorError is thrown', async (name) => {
    const { nsid, answer } = recorded(name);
    const rosa = desk();
    await rosa.pull();
    const [subject] = rosa.subjects.values();
    if (subject === undefined) throw new Error('nothing came');
    await fc.assert(fc.asyncProperty(somewhere, junk, async (place, value) => {
      spoiler.spoil(new RegExp(nsid), place, value, answer);
      const other = desk();
      await onlyConnectorErrors(() => other.pull());
      await onlyConnectorErrors(() => other.session.context(subject, other.signal));
      await onlyConnectorErrors(() => other.session.guidelines(other.signal));
      await onlyConnectorErrors(async () => other.session.templates?.(other.signal));
      spoiler.heal();
    }), { numRuns: 40 });
  });

  test.each(['emitEvent', 'queryStatuses', 'queryEvents', 'listOptions'])('%s: an order is sent once, whatever is answered', async (nsid) => {
    const rosa = desk();
    await rosa.pull();
    const subjects = [...rosa.subjects.values()];
    await fc.assert(fc.asyncProperty(somewhere, junk, fc.nat(), async (place, value, which) => {
      const subject = subjects[which % subjects.length];
      if (subject === undefined) throw new Error('nothing came');
      const order = orderOf(randomUUID(), 'escalate', subject);
      const before = far.state.events.length;
      spoiler.spoil(new RegExp(nsid), place, value);
      await onlyConnectorErrors(() => rosa.session.deliver(order, rosa.signal));
      spoiler.heal();
      await rosa.session.deliver({ ...order, force: true }, rosa.signal);
      expect(far.state.events.length - before).toBe(1);
    }), RUNS);
  });

  test.each(['scheduleAction', 'listScheduledActions', 'cancelScheduledActions'])('%s: a takedown is planned once and taken back, whatever is answered', async (nsid) => {
    const rosa = desk();
    await fc.assert(fc.asyncProperty(somewhere, junk, async (place, value) => {
      const did = didOf(`planned${far.state.plans.length}x`);
      const order = orderOf(randomUUID(), 'suspend', { type: 'member', remoteId: did, authorId: did, extra: {} }, { labels: ['in 1 day'], decidedAt: Date.now(), force: true });
      spoiler.spoil(new RegExp(nsid), place, value);
      await onlyConnectorErrors(() => rosa.session.deliver(order, rosa.signal));
      spoiler.heal();
      await rosa.session.deliver(order, rosa.signal);
      expect(far.state.plans.filter((plan) => plan.did === did).map(({ status }) => status)).toEqual(['pending']);
      spoiler.spoil(new RegExp(nsid), place, value);
      await onlyConnectorErrors(() => rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal));
      spoiler.heal();
      await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal);
      expect(far.state.plans.filter((plan) => plan.did === did).map(({ status }) => status)).toEqual(['cancelled']);
    }), { numRuns: 40 });
  });
});

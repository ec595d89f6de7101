import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Batch, Order, RemoteSubject, SubjectRef } from '../../src-main/connectors/connector.ts';
import { VERBS } from '../../src-main/contract/words.ts';
import type { SubjectType, Verb } from '../../src-main/contract/words.ts';
import { openHarbour, pullAll, reached } from '../support/sample-harbour.ts';
import type { Harbour } from '../support/sample-harbour.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const signal = new AbortController().signal;

function orderFor(verb: Verb, subject: RemoteSubject | SubjectRef, now: number, more: Partial<Order> = {}): Order {
  const { type, remoteId, authorId, extra } = subject;
  return {
    id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId, authorId, extra }, durationMs: null, labels: [], reason: '', guideline: null,
    message: null, expected: 'revision' in subject ? subject.revision : null, force: false, decidedAt: now, ...more,
  };
}

/** A harbour after its first pull, pulled on from there by `watch`. */
async function settled(size = 600): Promise<{ harbour: Harbour; subjects: readonly RemoteSubject[]; batches: readonly Batch[]; cursor: () => string; watch: (ms: number) => Promise<Batch[]> }> {
  const harbour = openHarbour({ size });
  const batches = await pullAll(harbour.session);
  let cursor = reached(batches, '');
  async function watch(ms: number): Promise<Batch[]> {
    const seen: Batch[] = [];
    for (let passed = 0; passed < ms; passed += 5000) {
      harbour.pass(5000);
      const news = await pullAll(harbour.session, cursor);
      cursor = reached(news, cursor);
      seen.push(...news);
    }
    return seen;
  }
  return { harbour, subjects: batches.flatMap((batch) => batch.subjects), batches, cursor: () => cursor, watch };
}

/** Some open subject of a type that nobody else is about to handle. */
function calm(subjects: readonly RemoteSubject[], type: SubjectType, removed = false): RemoteSubject {
  const found = subjects.find((subject) => subject.type === type && subject.removed === removed && subject.deletedAt === null);
  if (found === undefined) throw new Error(`the sample has no such ${type}`);
  return found;
}

describe('while somebody watches', () => {
  test('new reports come every some seconds to a minute, in order, once', async () => {
    const { watch } = await settled();
    const reports = (await watch(30 * MINUTE)).flatMap((batch) => batch.reports);
    const times = reports.map(({ createdAt }) => createdAt);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(reports.length).toBeGreaterThan(40);
    expect(Math.max(...gaps)).toBeLessThan(3 * MINUTE);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(reports.map(({ remoteId }) => remoteId)).size).toBe(reports.length);
  });

  test('a week in which nobody looked brings some minutes\' worth, not a flood', async () => {
    const { harbour, cursor } = await settled();
    harbour.pass(7 * DAY);
    const reports = (await pullAll(harbour.session, cursor())).flatMap((batch) => batch.reports);
    expect(reports.length).toBeGreaterThan(5);
    expect(reports.length).toBeLessThan(150);
  });

  test('the team handles some items itself, and authors edit or delete', async () => {
    const { watch } = await settled();
    const news = await watch(60 * MINUTE);
    const handled = news.flatMap((batch) => batch.resolutions);
    expect(handled.length).toBeGreaterThan(5);
    expect(handled.filter(({ by, orderId, closes }) => !['Ines', 'Tomás', 'Aiko'].includes(by ?? '') || orderId !== null || !closes)).toEqual([]);
    expect(news.flatMap((batch) => batch.subjects).some(({ text }) => text.includes('(edited:'))).toBe(true);
  });

  test('the news are the same whether pulled at once or in small steps', async () => {
    const [steps, once] = [await settled(), await settled()];
    const small = await steps.watch(10 * MINUTE);
    once.harbour.pass(10 * MINUTE);
    const large = await pullAll(once.harbour.session, once.cursor());
    expect(large.flatMap(({ reports }) => reports)).toEqual(small.flatMap(({ reports }) => reports));
  });
});

describe('what is decided shows there', () => {
  test('every verb that can be done is delivered, once for one id, and taken back where that is promised', async () => {
    const { harbour, subjects } = await settled();
    const { capabilities } = await harbour.session.verify(signal);
    const done: string[] = [];
    for (const type of ['post', 'message', 'member', 'community'] as const) {
      for (const verb of VERBS) {
        const capability = capabilities[type]?.[verb];
        const subject = calm(subjects, type, type === 'post' && verb === 'restore');
        if (capability?.can !== true) {
          expect(await harbour.session.deliver(orderFor(verb, subject, harbour.now(), { force: true }), signal)).toMatchObject({ kind: 'refused' });
          continue;
        }
        const order = orderFor(verb, subject, harbour.now(), { force: true, durationMs: capability.durations?.[0] ?? null, labels: capability.labels?.slice(0, 1) ?? [] });
        const first = await harbour.session.deliver(order, signal);
        expect(first, `${verb} ${type}`).toMatchObject({ kind: 'done' });
        expect(await harbour.session.deliver(order, signal)).toEqual(first);
        const back = await harbour.session.deliver(orderFor(verb, subject, harbour.now(), { reverse: true, reverses: { orderId: order.id, remoteId: null } }), signal);
        if (capability.reversible) expect(back, `taking back ${verb} ${type}`).toMatchObject({ kind: 'done' });
        done.push(`${verb} ${type}`);
      }
    }
    expect(done.length).toBeGreaterThan(20);
  });

  test('every verb that cannot be done says why', async () => {
    const { capabilities } = await openHarbour().session.verify(signal);
    const refusals = Object.values(capabilities).flatMap((verbs) => Object.values(verbs)).filter((capability) => !capability.can);
    expect(refusals.length).toBeGreaterThan(8);
    expect(refusals.filter((capability) => !/^[A-Z].{15,}\.$/.test(capability.why))).toEqual([]);
  });

  test('a removed post is removed in its thread and in the next pull, and comes back when that is undone', async () => {
    const { harbour, subjects, watch } = await settled();
    const post = calm(subjects, 'post');
    const order = orderFor('remove', post, harbour.now());
    await harbour.session.deliver(order, signal);
    expect(harbour.wakes()).toBe(1);
    expect((await harbour.session.context(post, signal)).subject).toMatchObject({ removed: true });
    const [news] = await watch(5000);
    expect(news?.subjects.find(({ remoteId }) => remoteId === post.remoteId)).toMatchObject({ removed: true, revision: post.revision });
    expect(news?.resolutions).toContainEqual({ subject: { type: 'post', remoteId: post.remoteId }, by: 'you@openharbor', what: 'removed', at: harbour.now() - 5000, orderId: order.id, closes: true });

    await harbour.session.deliver(orderFor('remove', post, harbour.now(), { reverse: true, reverses: { orderId: order.id, remoteId: null } }), signal);
    expect((await harbour.session.context(post, signal)).subject).toEqual(post);
  });

  test('a suspended member says so and posts no more', async () => {
    const { harbour, batches, watch } = await settled();
    const authors = new Set(batches.flatMap(({ subjects }) => subjects).filter(({ type }) => type === 'post' || type === 'message').map(({ authorId }) => authorId));
    for (const subject of batches.flatMap(({ subjects }) => subjects)) {
      if (subject.authorId === null || !authors.delete(subject.authorId)) continue;
      await harbour.session.deliver(orderFor('suspend', subject, harbour.now(), { force: true }), signal);
    }
    const context = await harbour.session.context(calm(batches.flatMap(({ subjects }) => subjects), 'post'), signal);
    expect(context.members.some(({ standing }) => standing.includes('suspended for good'))).toBe(true);
    const suspended = new Set(batches.flatMap(({ subjects }) => subjects).map(({ authorId }) => authorId));
    const before = new Set(batches.flatMap(({ subjects }) => subjects).map(({ remoteId }) => remoteId));
    const posts = (await watch(20 * MINUTE)).flatMap(({ subjects }) => subjects).filter(({ remoteId }) => !before.has(remoteId));
    expect(posts.filter(({ authorId }) => authorId !== null && suspended.has(authorId))).toEqual([]);
  });

  test('a label and a lock stand in the place of a post', async () => {
    const { harbour, subjects } = await settled();
    const post = calm(subjects, 'post');
    await harbour.session.deliver(orderFor('label', post, harbour.now(), { labels: ['needs source'] }), signal);
    await harbour.session.deliver(orderFor('lock', post, harbour.now()), signal);
    expect((await harbour.session.context(post, signal)).subject?.place).toBe(`${post.place} · needs source · locked`);
  });

  test('an appeal can be granted', async () => {
    const { harbour, subjects } = await settled();
    const post = calm(subjects, 'post', true);
    expect(await harbour.session.deliver(orderFor('restore', post, harbour.now()), signal)).toMatchObject({ kind: 'done' });
    expect((await harbour.session.context(post, signal)).subject).toMatchObject({ removed: false });
  });

  test('what was done is still so after a restart', async () => {
    const { harbour, subjects, watch, cursor } = await settled();
    const post = calm(subjects, 'post');
    const order = orderFor('remove', post, harbour.now());
    const result = await harbour.session.deliver(order, signal);
    await watch(5000);
    const again = harbour.reopen();
    expect(await again.session.deliver(order, signal)).toMatchObject({ kind: 'retry' });
    await pullAll(again.session, cursor());
    expect(await again.session.deliver(order, signal)).toEqual(result);
    expect((await again.session.context(post, signal)).subject).toMatchObject({ removed: true });
  });
});

/** The first subject that the team handles after the pull, as it was before, and who did what. */
async function beaten(): Promise<{ harbour: Harbour; subject: RemoteSubject; by: string | null; what: string }> {
  const rehearsal = await settled();
  const first = (await rehearsal.watch(30 * MINUTE)).flatMap(({ resolutions }) => resolutions).find(({ subject }) => rehearsal.subjects.some(({ remoteId }) => remoteId === subject.remoteId));
  const { harbour, subjects } = await settled();
  const subject = subjects.findLast(({ remoteId }) => remoteId === first?.subject.remoteId);
  if (first === undefined || subject === undefined) throw new Error('nobody of the team did anything');
  harbour.pass((first.at ?? 0) - harbour.now() + 1000);
  return { harbour, subject, by: first.by, what: first.what };
}

describe('when someone of the team was first', () => {
  test('another decision is a conflict that names them, and nothing is done', async () => {
    const { harbour, subject, by, what } = await beaten();
    const result = await harbour.session.deliver(orderFor('escalate', subject, harbour.now()), signal);
    expect(result).toMatchObject({ kind: 'conflict', by, what });
    expect((await harbour.session.context(subject, signal)).record.map((entry) => entry.by)).not.toContain('you');
  });

  test('the same decision is already so', async () => {
    const { harbour, subject, by } = await beaten();
    const verbs: readonly Verb[] = ['remove', 'dismiss', 'warn', 'suspend'];
    const results = await Promise.all(verbs.map((verb) => harbour.session.deliver(orderFor(verb, subject, harbour.now()), signal)));
    expect(results.filter(({ kind }) => kind === 'already')).toEqual([expect.objectContaining({ kind: 'already', by })]);
    expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(3);
  });

  test('a person who saw it, or chose to send anyway, is heard', async () => {
    const { harbour, subject } = await beaten();
    await harbour.session.deliver(orderFor('escalate', subject, harbour.now()), signal);
    const now = (await harbour.session.context(subject, signal)).subject;
    expect(await harbour.session.deliver(orderFor('escalate', now ?? subject, harbour.now()), signal)).toMatchObject({ kind: 'done' });
    const forced = await beaten();
    expect(await forced.harbour.session.deliver(orderFor('escalate', forced.subject, forced.harbour.now(), { force: true }), signal)).toMatchObject({ kind: 'done' });
  });

  test('where we were first, they leave it alone', async () => {
    const rehearsal = await beaten();
    const { harbour, subjects, watch } = await settled();
    const subject = subjects.findLast(({ remoteId }) => remoteId === rehearsal.subject.remoteId) ?? rehearsal.subject;
    await harbour.session.deliver(orderFor('escalate', subject, harbour.now()), signal);
    const about = (await watch(40 * MINUTE)).flatMap(({ resolutions }) => resolutions).filter(({ subject: { remoteId } }) => remoteId === subject.remoteId);
    expect(about.map(({ by }) => by)).toEqual(['you@openharbor']);
  });
});

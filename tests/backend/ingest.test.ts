import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, RemoteSubject } from '../../src-main/connectors/connector.ts';
import { queueProblem } from '../../src-main/store/check.ts';
import { outsideOf } from '../../src-main/store/item-details.ts';
import { itemRow } from '../../src-main/store/item-rows.ts';
import { ingestBatch } from '../../src-main/store/ingest.ts';
import { refreshItems } from '../../src-main/store/items.ts';
import { findItems } from '../../src-main/store/search.ts';
import { keepCaughtUp } from '../../src-main/store/sync-state.ts';
import type { Store } from '../../src-main/store/store.ts';
import { aBatch, aMember, aPost, aReport, makeStoreWorld, platformRows } from '../support/store-world.ts';

const NOW = 10_000;

function take(store: Store, more: Partial<Batch>, now = NOW): readonly number[] {
  return store.write(() => ingestBatch(store, 1, aBatch(more), now).touched);
}

/** Random news about three posts by two members, some of it contradicting earlier news. */
const anyBatch = fc.record({
  members: fc.array(fc.tuple(fc.constantFrom('author', 'reporter'), fc.constantFrom('Rosa', 'Tomás')).map(([id, name]) => aMember(id, { name })), { maxLength: 2 }),
  subjects: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('one', 'two', ''), fc.option(fc.nat(20), { nil: null }))
    .map(([id, text, deletedAt]) => aPost(id, { text, deletedAt })), { maxLength: 3 }),
  reports: fc.array(fc.tuple(fc.nat(8), fc.constantFrom('a', 'b', 'c'), fc.boolean(), fc.constantFrom('spam' as const, 'violence' as const), fc.nat(5000))
    .map(([id, post, open, category, createdAt]) => aReport(`r${id}`, post, { open, category, createdAt })), { maxLength: 4 }),
  resolutions: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.nat(9000), { nil: null }), fc.boolean(), fc.option(fc.nat(8), { nil: null }))
    .map(([post, at, closes, report]) => ({ subject: { type: 'post' as const, remoteId: post }, by: 'someone', what: 'resolved', at, orderId: null, closes, ...(report === null ? {} : { reportId: `r${report}` }) })), { maxLength: 2 }),
});

/** A post's picture at an address. */
const picture = (url: string): Pick<RemoteSubject, 'media'> => ({ media: [{ url, mime: 'image/png', alt: '', width: null, height: null }] });

/** Someone on the platform closes the post p. */
const closing = (at: number): Batch['resolutions'][number] => ({ subject: { type: 'post', remoteId: 'p' }, by: 'Lea', what: 'resolved', at, orderId: null, closes: true });

/** A person here decides on the post p. */
function dismiss(store: Store, at: number): void {
  store.db.prepare(`INSERT INTO item_marks (subject_key, state, outcome, marked_at) VALUES ('forum:forum.example:post:p', 'decided', 'dismissed', ?)`).run(at);
}

describe('ingest', () => {
  test('makes an item of a reported post, and finds it by its words', () => {
    using world = makeStoreWorld();
    const touched = take(world.store, {
      members: [aMember('author', { name: 'Rosa' })], subjects: [aPost('p', { text: 'Buy fr€e v1agra' })],
      reports: [aReport('r1', 'p'), aReport('r2', 'p', { category: 'violence', createdAt: 200, reporterId: 'other' })],
    });
    expect(itemRow(world.store, touched[0] ?? 0)).toMatchObject({
      key: 'forum:forum.example:post:p', state: 'open', version: 1, category: 'violence', severity: 3, reportCount: 2, firstReportAt: 100, lastReportAt: 200,
      dueAt: 100 + 3_600_000, snippet: 'Buy fr€e v1agra', author: { name: 'Rosa', handle: '@author' }, reopened: false,
    });
    expect(findItems(world.store, 'free viagra', 10)).toEqual(touched);
  });

  test('repeating a batch changes nothing', () => {
    using world = makeStoreWorld();
    const batch = { members: [aMember('author')], subjects: [aPost('p', { html: '<p>x</p>', media: [{ url: 'https://a.example/1', mime: 'image/png', alt: '', width: 1, height: 1 }] })], reports: [aReport('r', 'p')], resolutions: [{ subject: { type: 'post' as const, remoteId: 'p' }, by: null, what: 'seen', at: null, orderId: null, closes: false }] };
    take(world.store, batch);
    const before = platformRows(world.store);
    expect(take(world.store, batch, NOW + 1)).toEqual([]);
    expect(platformRows(world.store)).toEqual(before);
  });

  test('after any news, repeating the last batch changes nothing, and items are what a fresh look makes of them', () => {
    fc.assert(fc.property(fc.array(anyBatch, { minLength: 1, maxLength: 5 }), (batches) => {
      using world = makeStoreWorld();
      const { store } = world;
      for (const batch of batches) take(store, batch);
      // The same post twice in one batch with two texts is two edits, of which a repetition makes two more.
      const last = batches.at(-1);
      const once = last !== undefined && new Set(last.subjects.map((post) => post.remoteId)).size === last.subjects.length
        && new Set(last.reports.map((report) => report.remoteId)).size === last.reports.length
        && new Set(last.members.map((member) => member.remoteId)).size === last.members.length;
      const before = platformRows(store);
      if (once) {
        expect(take(store, last, NOW + 5)).toEqual([]);
        expect(platformRows(store)).toEqual(before);
      }
      const ids = store.db.prepare('SELECT subject FROM items').pluck().all().map(Number);
      const rows = ids.map((id) => ({ ...itemRow(store, id), version: 0 }));
      store.write(() => refreshItems(store, ids, NOW));
      expect(ids.map((id) => ({ ...itemRow(store, id), version: 0 }))).toEqual(rows);
      const counted = store.db.prepare('SELECT connection, state, n FROM counts WHERE n > 0 ORDER BY state').all();
      expect(counted).toEqual(store.db.prepare('SELECT connection, state, count(*) AS n FROM items GROUP BY connection, state ORDER BY state').all());
    }), { numRuns: 60 });
  });

  test('a report that turns out to be about something else takes its item with it, unless people did something about that', () => {
    using world = makeStoreWorld();
    const { store } = world;
    const [first, second] = take(store, { subjects: [aPost('p'), aPost('q')], reports: [aReport('r1', 'p'), aReport('r2', 'q')] });
    store.db.prepare(`INSERT INTO item_marks (subject_key, state, outcome, marked_at) VALUES ('forum:forum.example:post:q', 'decided', 'dismissed', 500)`).run();
    store.write(() => refreshItems(store, [second ?? 0], NOW));
    const touched = take(store, { subjects: [aPost('p2'), aPost('q2')], reports: [aReport('r1', 'p2'), aReport('r2', 'q2')] });
    expect(touched).toContain(first);
    expect([first, second].map((id) => itemRow(store, id ?? 0)?.state)).toEqual([undefined, 'decided']);
    expect(queueProblem(store, NOW)).toEqual({ items: 3, problem: null });
  });

  test('an edit keeps what was said before, and the new words are found instead of the old', () => {
    using world = makeStoreWorld();
    const { store } = world;
    const [id] = take(store, { subjects: [aPost('p', { text: 'first words' })], reports: [aReport('r', 'p')] });
    expect(take(store, { subjects: [aPost('p', { text: 'second thoughts', editedAt: 5 })] }, NOW + 1)).toEqual([id]);
    expect(store.db.prepare('SELECT seen_at, text FROM subject_edits').all()).toEqual([{ seen_at: NOW + 1, text: 'first words' }]);
    expect([findItems(store, 'words', 9), findItems(store, 'thoughts', 9)]).toEqual([[], [id]]);
    expect(itemRow(store, id ?? 0)).toMatchObject({ snippet: 'second thoughts', version: 2 });
  });

  test('an address that is signed anew is told, but makes no decision stale; a new revision does', () => {
    using world = makeStoreWorld();
    const [id] = take(world.store, { subjects: [aPost('p', picture('https://a.example/1?sig=1'))], reports: [aReport('r', 'p')] });
    expect(take(world.store, { subjects: [aPost('p', picture('https://a.example/1?sig=2'))] })).toEqual([id]);
    expect(itemRow(world.store, id ?? 0)?.version).toBe(1);
    take(world.store, { subjects: [aPost('p', { ...picture('https://a.example/1?sig=2'), revision: '2' })] });
    expect(itemRow(world.store, id ?? 0)?.version).toBe(2);
  });

  test('a deleted post without its words keeps those that were here', () => {
    using world = makeStoreWorld();
    const [id] = take(world.store, { subjects: [aPost('p', { text: 'said it' })], reports: [aReport('r', 'p')] });
    take(world.store, { subjects: [aPost('p', { text: '', deletedAt: 7 })] });
    expect(world.store.db.prepare('SELECT text, deleted_at FROM subjects WHERE id = ?').get(id)).toEqual({ text: 'said it', deleted_at: 7 });
  });

  test('a deleted post keeps its pictures and its place, where the platform tells of neither any more', () => {
    using world = makeStoreWorld();
    const [id] = take(world.store, { subjects: [aPost('p', { ...picture('https://a.example/1'), text: 'said it', createdAt: 3, place: 'Harbour', language: 'en' })], reports: [aReport('r', 'p')] });
    take(world.store, { subjects: [aPost('p', { text: '', deletedAt: 7, createdAt: null, place: null, language: null, media: [] })] });
    expect(world.store.db.prepare('SELECT created_at, place, language, media_count, media LIKE ? AS pictured FROM subjects WHERE id = ?').get('%a.example%', id))
      .toEqual({ created_at: 3, place: 'Harbour', language: 'en', media_count: 1, pictured: 1 });
  });

  test('a report on a post that was never described waits for its description', () => {
    using world = makeStoreWorld();
    const [id] = take(world.store, { reports: [aReport('r', 'p')] });
    expect(itemRow(world.store, id ?? 0)).toMatchObject({ snippet: '', state: 'open' });
    take(world.store, { subjects: [aPost('p')] });
    expect(itemRow(world.store, id ?? 0)).toMatchObject({ snippet: 'Text of p', author: { handle: 'author' } });
  });

  test('a reported member is their own author, so that what is decided counts against them', () => {
    using world = makeStoreWorld();
    const [id] = take(world.store, { subjects: [aPost('rosa', { type: 'member', authorId: null })], reports: [{ ...aReport('r', 'rosa'), subject: { type: 'member', remoteId: 'rosa' } }] });
    expect(itemRow(world.store, id ?? 0)).toMatchObject({ subjectType: 'member', author: { handle: 'rosa' } });
  });

  test('a report that is opened again on the platform opens the item again, and a later closing handles it anew', () => {
    using world = makeStoreWorld();
    const first = { members: [aMember('author')], subjects: [aPost('p')], reports: [aReport('r', 'p', { open: false })], resolutions: [closing(5000)] };
    const [id = 0] = take(world.store, first);
    const state = (): string | undefined => itemRow(world.store, id)?.state;
    expect(state()).toBe('handled');
    const again = { reports: [aReport('r', 'p', { open: true })] };
    take(world.store, again);
    expect(state()).toBe('open');
    take(world.store, { resolutions: [closing(5000)] });
    expect(state()).toBe('open');
    take(world.store, { reports: [aReport('r', 'p', { open: false })], resolutions: [closing(7000)] });
    expect(state()).toBe('handled');
  });

  describe('whatever the platform\'s clock says', () => {
    const HOUR = 3_600_000;
    test.each([['an hour ahead', HOUR], ['an hour behind', -HOUR]])('%s: a decision covers the reports that were here, and none that comes after it', (_, off) => {
      using world = makeStoreWorld();
      const { store } = world;
      store.write(() => keepCaughtUp(store, 1, HOUR));
      const [id = 0] = take(store, { subjects: [aPost('p')], reports: [aReport('r1', 'p', { createdAt: 2 * HOUR + off })] }, 2 * HOUR + 1);
      dismiss(store, 2 * HOUR + 2);
      take(store, { subjects: [aPost('p', { text: 'edited' })] }, 2 * HOUR + 3);
      expect(itemRow(store, id)?.state).toBe('decided');
      take(store, { reports: [aReport('r2', 'p', { createdAt: 2 * HOUR + 4 + off })] }, 2 * HOUR + 5);
      expect(itemRow(store, id)).toMatchObject({ state: 'open', reopened: true, reportCount: 1 });
    });

    test('what a first sync brings of the time before a decision is covered by it', () => {
      using world = makeStoreWorld();
      const { store } = world;
      const [id = 0] = take(store, { subjects: [aPost('p')], reports: [aReport('r1', 'p', { createdAt: 400 })] }, 1000);
      dismiss(store, 1001);
      take(store, { reports: [aReport('r2', 'p', { createdAt: 300 })] }, 1002);
      expect(itemRow(store, id)?.state).toBe('decided');
    });
  });

  test('a decision does not cover a report that is opened again after it, unless its own order is under way', () => {
    using world = makeStoreWorld();
    const { store } = world;
    const [id = 0] = take(store, { members: [aMember('author')], subjects: [aPost('p')], reports: [aReport('r', 'p')] });
    dismiss(store, 500);
    store.db.prepare(`INSERT INTO deliveries (id, seq, decision_id, subject, connection, verb, body, state) VALUES ('order', 1, 'd', ?, 1, 'dismiss', '{}', 'pending')`).run(id);
    const toggled = (at: number): string | undefined => {
      take(store, { reports: [aReport('r', 'p', { open: false })] }, at);
      take(store, { reports: [aReport('r', 'p', { open: true })] }, at);
      return itemRow(store, id)?.state;
    };
    expect(toggled(600)).toBe('decided');
    store.db.prepare(`UPDATE deliveries SET state = 'sent'`).run();
    expect(toggled(700)).toBe('open');
  });

  test('someone else\'s closing handles the item; a report after it opens the item again', () => {
    using world = makeStoreWorld();
    const [id] = take(world.store, { subjects: [aPost('p')], reports: [aReport('r1', 'p')], resolutions: [closing(150)] });
    expect(itemRow(world.store, id ?? 0)?.state).toBe('handled');
    take(world.store, { reports: [aReport('r2', 'p', { createdAt: 200 })] });
    expect(itemRow(world.store, id ?? 0)?.state).toBe('open');
  });

  test('someone else\'s closing of one report handles the item once no other is open, whether the report is told again or not', () => {
    using world = makeStoreWorld();
    const [id = 0] = take(world.store, { subjects: [aPost('p')], reports: [aReport('r1', 'p'), aReport('r2', 'p'), aReport('r3', 'p')] });
    const after = (more: Partial<Batch>): unknown => {
      take(world.store, more);
      const { state, reportCount } = itemRow(world.store, id) ?? {};
      return [state, reportCount];
    };
    expect([
      after({ reports: [aReport('r1', 'p', { open: false })], resolutions: [{ ...closing(5000), reportId: 'r1' }] }),
      after({ resolutions: [{ ...closing(5000), reportId: 'r3' }] }),
      after({ resolutions: [{ ...closing(6000), reportId: 'r2' }] }),
    ]).toEqual([['open', 2], ['open', 1], ['handled', 3]]);
  });

  test('a post that comes again beside something else loses nothing that was known of it', () => {
    using world = makeStoreWorld();
    const whole = aPost('p', {
      html: '<p>Words</p>', text: 'Words', place: 'General', revision: '3', extra: { cid: 'x', parent: 'q' }, url: 'https://forum.example/p', removed: true,
      editedAt: 5, media: [{ url: 'https://a.example/1', mime: 'image/png', alt: '', width: 1, height: 1 }],
    });
    const author = aMember('author', { name: 'Rosa', joinedAt: 7, postCount: 12, standing: ['silenced'], url: 'https://forum.example/u/rosa' });
    take(world.store, { members: [author], subjects: [whole], reports: [aReport('r', 'p')] });
    const before = platformRows(world.store);
    const sketch = aPost('p', { text: 'Words', extra: { cid: 'x' }, authorId: null, language: null, createdAt: null });
    for (const [members, subject, telling] of [
      [[aMember('author', { name: 'Rosa' })], sketch, 'around'], [[aMember('author', { handle: 'author' })], { ...sketch, text: '' }, 'around'],
      [[], { ...sketch, removed: true }, 'itself'],
    ] as const) {
      world.store.write(() => ingestBatch(world.store, 1, aBatch({ members: [...members], subjects: [subject] }), NOW, () => telling));
      expect(platformRows(world.store), telling).toEqual(before);
    }
    // What is told is news: an edit, a removal, and that it stands again.
    world.store.write(() => ingestBatch(world.store, 1, aBatch({ subjects: [{ ...sketch, text: 'Other words', extra: { cid: 'y' } }] }), NOW, () => 'itself'));
    expect(world.store.db.prepare('SELECT text, rich, removed, place, extra FROM subjects').get()).toEqual({ text: 'Other words', rich: null, removed: 0, place: 'General', extra: '{"cid":"y","parent":"q"}' });
    expect(world.store.db.prepare('SELECT text FROM subject_edits').all()).toEqual([{ text: 'Words' }]);
  });

  test.each([
    ['our own name, just after it was sent', '@mod', 10_060_000, true], ['our name without a host', 'Mod', 9_900_000, true], ['our whole address', 'mod@forum.example', 10_000_000, true],
    ['our name on another host', 'mod@elsewhere.example', 10_000_000, false], ['someone else', 'Lea', 10_000_000, false], ['our name, much later', '@mod', 10_400_000, false], ['nobody', null, 10_000_000, false],
  ] as const)('a closing by %s is ours or theirs', (_name, by, at, isOurs) => {
    using world = makeStoreWorld();
    const { store } = world;
    const [id = 0] = take(store, { members: [aMember('author')], subjects: [aPost('p')], reports: [aReport('r', 'p')] });
    store.db.prepare(`INSERT INTO sync_state (connection, account) VALUES (1, '{"name":"@mod@forum.example"}')`).run();
    store.db.prepare(`INSERT INTO deliveries (id, seq, decision_id, subject, connection, verb, body, state, attempts, sent_at) VALUES ('order', 1, 'd', ?, 1, 'dismiss', '{}', 'sent', 1, 10000000)`).run(id);
    take(store, { resolutions: [{ ...closing(at), by }] }, 11_000_000);
    expect(outsideOf(store, id, 10)).toEqual(isOurs ? [] : [{ by, what: 'resolved', at }]);
    take(store, { resolutions: [{ ...closing(at), by }] }, 11_000_000);
    expect(store.db.prepare('SELECT count(*) FROM resolutions').pluck().get()).toBe(1);
  });

  test('a closing that was told before its order was known to have left becomes ours when it is told again', () => {
    using world = makeStoreWorld();
    const { store } = world;
    const [id = 0] = take(store, { members: [aMember('author')], subjects: [aPost('p')], reports: [aReport('r', 'p')] });
    const told = { ...closing(10_000_000), by: '@mod' };
    store.db.prepare(`INSERT INTO sync_state (connection, account) VALUES (1, '{"name":"@mod"}')`).run();
    take(store, { resolutions: [told] }, 10_000_000);
    expect(outsideOf(store, id, 10)).toHaveLength(1);
    store.db.prepare(`INSERT INTO deliveries (id, seq, decision_id, subject, connection, verb, body, state, attempts) VALUES ('order', 1, 'd', ?, 1, 'dismiss', '{}', 'pending', 1)`).run(id);
    take(store, { resolutions: [told] }, 10_000_000);
    expect([outsideOf(store, id, 10), store.db.prepare('SELECT order_id FROM resolutions').pluck().all()]).toEqual([[], ['order']]);
  });
});

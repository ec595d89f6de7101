import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUEUE_ORDERS } from '../../src-main/contract/queue.ts';
import { CATEGORIES } from '../../src-main/contract/words.ts';
import { itemRow } from '../../src-main/store/item-rows.ts';
import { ingestBatch } from '../../src-main/store/ingest.ts';
import { itemsPage, itemsSince, pageStatement } from '../../src-main/store/queue-page.ts';
import type { PageKey, QueueOrder, QueueQuery } from '../../src-main/store/queue-page.ts';
import { presentArrival } from '../../src-main/store/items.ts';
import type { Store } from '../../src-main/store/store.ts';
import { aBatch, aPost, aReport, makeStoreWorld } from '../support/store-world.ts';
import type { StoreWorld } from '../support/store-world.ts';

const OPEN: QueueQuery = { state: 'open', connections: [] };

const anyReports = fc.array(fc.record({
  post: fc.nat(60), category: fc.constantFrom(...CATEGORIES), createdAt: fc.nat(20), open: fc.boolean(), language: fc.constantFrom('en', 'de'), word: fc.constantFrom('apple', 'pear'),
}), { minLength: 1, maxLength: 80 });

type News = { readonly post: number; readonly category: (typeof CATEGORIES)[number]; readonly createdAt: number; readonly open: boolean; readonly language: string; readonly word: string };

const CONNECTIONS = [1, 2, 3];

function makeWorld(): StoreWorld {
  const world = makeStoreWorld();
  for (const n of CONNECTIONS.slice(1)) world.store.db.prepare(`INSERT INTO connections (n, id, platform, title, instance, settings, settings_event) VALUES (?, ?, 'forum', 'Forum', ?, '{}', 1)`).run(n, `forum ${n}`, `forum${n}.example`);
  return world;
}

let reported = 0;
/** Each post is on the connection that its number chooses. */
function report(store: Store, news: readonly News[]): void {
  for (const n of CONNECTIONS) {
    const own = news.filter(({ post }) => 1 + post % CONNECTIONS.length === n);
    if (own.length > 0) reportOn(store, n, own);
  }
}

function reportOn(store: Store, connection: number, news: readonly News[]): void {
  store.write(() => ingestBatch(store, connection, aBatch({
    subjects: news.map(({ post, language, word }) => aPost(`p${post}`, { language, text: `an ${word}` })),
    reports: news.map(({ post, category, createdAt, open }) => {
      reported += 1;
      return aReport(`r${reported}`, `p${post}`, { category, createdAt, open });
    }),
  }), 100));
}

function allPages(store: Store, query: QueueQuery, order: QueueOrder, limit: number, between: (page: number) => void = () => undefined): number[] {
  const ids: number[] = [];
  let after: PageKey | null = null;
  for (let page = 0; page < 200; page += 1) {
    const { rows, last }: { rows: { readonly id: number }[]; last: PageKey | null } = itemsPage(store, query, order, after, limit);
    ids.push(...rows.map((row) => row.id));
    if (last === null) return ids;
    after = last;
    between(page);
  }
  throw new Error('the pages never end');
}

function sorted(store: Store, query: QueueQuery, order: QueueOrder): number[] {
  const ids = store.db.prepare<[], { id: number; connection: number; language: string; text: string }>('SELECT i.subject AS id, i.connection, s.language, s.text FROM items i JOIN subjects s ON s.id = i.subject').all();
  const value = { priority: 'priority', newest: 'lastReportAt', oldest: 'lastReportAt' } as const;
  const sign = order === 'oldest' ? 1 : -1;
  return ids.flatMap(({ id, connection, language, text }) => {
    const row = itemRow(store, id);
    const state = row?.state === 'conflict' ? 'open' : row?.state;
    const wanted = row !== undefined && state === query.state && (query.connections.length === 0 || query.connections.includes(connection)) && (query.category ?? row.category) === row.category && row.severity >= (query.minSeverity ?? 0)
      && (query.language ?? language) === language && (query.text === undefined || text.includes(query.text));
    return wanted ? [row] : [];
  }).toSorted((a, b) => sign * (a[value[order]] - b[value[order]] || a.id - b.id)).map((row) => row.id);
}

const anyQuery = fc.record({
  state: fc.constantFrom('open' as const, 'handled' as const), connections: fc.subarray(CONNECTIONS), category: fc.option(fc.constantFrom(...CATEGORIES), { nil: undefined }),
  minSeverity: fc.option(fc.nat(3), { nil: undefined }), language: fc.option(fc.constantFrom('en', 'de'), { nil: undefined }), text: fc.option(fc.constantFrom('apple', 'pear'), { nil: undefined }),
}).map((query): QueueQuery => ({
  state: query.state, connections: query.connections, ...(query.category === undefined ? {} : { category: query.category }), ...(query.minSeverity === undefined ? {} : { minSeverity: query.minSeverity }),
  ...(query.language === undefined ? {} : { language: query.language }), ...(query.text === undefined ? {} : { text: query.text }),
}));

describe('the queue in pages', () => {
  test('is the whole queue in its order, whatever the filter, each item once', () => {
    fc.assert(fc.property(anyReports, anyQuery, fc.constantFrom(...QUEUE_ORDERS), fc.integer({ min: 1, max: 7 }), (news, query, order, limit) => {
      using world = makeWorld();
      report(world.store, news);
      expect(allPages(world.store, query, order, limit)).toEqual(sorted(world.store, query, order));
    }), { numRuns: 60 });
  });

  test('neither repeats nor skips what was there before, while new items come in between', () => {
    fc.assert(fc.property(anyReports, anyReports, fc.constantFrom(...QUEUE_ORDERS), fc.integer({ min: 1, max: 7 }), (news, later, order, limit) => {
      using world = makeWorld();
      const { store } = world;
      report(store, news);
      const before = sorted(store, OPEN, order);
      const seen = allPages(store, OPEN, order, limit, (page) => {
        const next = later[page];
        if (next !== undefined) report(store, [{ ...next, post: next.post + 1_000 }]);
      });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => before.includes(id))).toEqual(before);
    }), { numRuns: 40 });
  });

  test('counts what came since, within the filter', () => {
    using world = makeWorld();
    const { store } = world;
    const news = { post: 1, category: 'spam', createdAt: 1, open: true, language: 'en', word: 'apple' } as const;
    report(store, [news]);
    const mark = presentArrival(store);
    report(store, [{ ...news, post: 2 }, { ...news, post: 3, category: 'violence', word: 'pear' }, news]);
    expect([
      itemsSince(store, OPEN, mark).count, itemsSince(store, { ...OPEN, category: 'violence' }, mark).count, itemsSince(store, { ...OPEN, text: 'apple' }, mark).count, itemsSince(store, { ...OPEN, connections: [1, 2] }, mark).count,
      itemsSince(store, OPEN, presentArrival(store)).count,
    ]).toEqual([2, 1, 1, 1, 0]);
  });

  test('never scans or sorts: every filter and order reads an index', () => {
    using world = makeWorld();
    const { store } = world;
    for (const order of QUEUE_ORDERS) {
      for (const query of [OPEN, { ...OPEN, connections: [1] }, { ...OPEN, connections: [1, 2], category: 'spam' }, { ...OPEN, category: 'spam' }, { ...OPEN, connections: [1], category: 'spam', minSeverity: 2, language: 'en' }] as const) {
        for (const after of [null, { value: 1, subject: 1 }]) {
          const { sql, values } = pageStatement(store, query, order, after, 100);
          const plan = store.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values).map((step) => step.detail);
          expect(plan.filter((step) => /SCAN|TEMP B-TREE/.test(step))).toEqual([]);
          expect(plan[0]).toMatch(/^SEARCH i USING INDEX items_by_/);
        }
      }
    }
  });
});

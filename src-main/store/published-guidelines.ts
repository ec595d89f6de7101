import { z } from 'zod';
import { ladderStep } from '../contract/work.ts';
import { CATEGORIES } from '../contract/words.ts';
import type { Store } from './store.ts';

const categoryList = z.array(z.enum(CATEGORIES));
const ladder = z.array(ladderStep);

export type PublishedRow = {
  readonly id: string;
  readonly version: number;
  readonly retired: boolean;
  readonly number: string;
  readonly title: string;
  readonly body: string;
  readonly categories: z.infer<typeof categoryList>;
  readonly ladder: z.infer<typeof ladder>;
  readonly strikeDays: number;
};

/** The guidelines that a connection published, each in its current version. */
export function guidelinesOfConnection(store: Store, connectionId: string): readonly PublishedRow[] {
  return store.sql<[string], {
    id: string; version: number; retired: number; number: string; title: string; body: string; categories: string; ladder: string; strike_days: number;
  }>('guidelines-of-connection', `
    SELECT g.id, g.version, g.retired, v.number, v.title, v.body, v.categories, v.ladder, v.strike_days
    FROM guidelines g JOIN guideline_versions v ON v.id = g.id AND v.version = g.version
    WHERE g.connection_id = ?
  `).all(connectionId).map((row) => ({
    id: row.id,
    version: row.version,
    retired: row.retired === 1,
    number: row.number,
    title: row.title,
    body: row.body,
    categories: categoryList.parse(JSON.parse(row.categories)),
    ladder: ladder.parse(JSON.parse(row.ladder)),
    strikeDays: row.strike_days,
  }));
}

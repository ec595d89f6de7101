import { z } from 'zod';
import type { GuidelineView } from '../contract/work.ts';
import { ladderStep } from '../contract/work.ts';
import { CATEGORIES } from '../contract/words.ts';
import type { Store } from './store.ts';

type Row = {
  readonly id: string; readonly version: number; readonly number: string; readonly title: string; readonly body: string;
  readonly categories: string; readonly ladder: string; readonly strike_days: number; readonly published_at: number;
  readonly published_by: string; readonly retired: number; readonly connection_id: string | null;
};

const categories = z.array(z.enum(CATEGORIES));
const ladder = z.array(ladderStep);

/** Every guideline in its latest version, by number as people count ("2" before "10", "3" before "3.1"). */
export function currentGuidelines(store: Store, retired: boolean): readonly GuidelineView[] {
  return store.sql<[number], Row>('guidelines-current', `
    SELECT v.*, g.retired, g.connection_id FROM guidelines g JOIN guideline_versions v ON v.id = g.id AND v.version = g.version
    WHERE g.retired <= ?
  `).all(retired ? 1 : 0).map(view).sort(byNumber);
}

/** One guideline in its latest version. */
export function guidelineById(store: Store, id: string): GuidelineView | undefined {
  const row = store.sql<[string], Row>('guidelines-by-id', `
    SELECT v.*, g.retired, g.connection_id FROM guidelines g JOIN guideline_versions v ON v.id = g.id AND v.version = g.version
    WHERE g.id = ?
  `).get(id);
  return row === undefined ? undefined : view(row);
}

export type GuidelineHead = Pick<GuidelineView, 'id' | 'version' | 'number' | 'title' | 'strikeDays'>;

/** What a decision takes of a guideline's latest version: all but its text. */
export function guidelineHead(store: Store, id: string): GuidelineHead | undefined {
  return store.sql<[string], GuidelineHead>('guidelines-head', `
    SELECT v.id, v.version, v.number, v.title, v.strike_days AS strikeDays
    FROM guidelines g JOIN guideline_versions v ON v.id = g.id AND v.version = g.version WHERE g.id = ?
  `).get(id);
}

/** A guideline as it read in one version. */
export function guidelineVersion(store: Store, id: string, version: number): GuidelineView | undefined {
  const row = store.sql<[string, number], Row>('guidelines-version', `
    SELECT v.*, g.retired, g.connection_id FROM guideline_versions v JOIN guidelines g ON g.id = v.id WHERE v.id = ? AND v.version = ?
  `).get(id, version);
  return row === undefined ? undefined : view(row);
}

/** All versions of a guideline, newest first. */
export function guidelineVersions(store: Store, id: string): readonly GuidelineView[] {
  return store.sql<[string], Row>('guidelines-versions', `
    SELECT v.*, g.retired, g.connection_id FROM guideline_versions v JOIN guidelines g ON g.id = v.id WHERE v.id = ? ORDER BY v.version DESC
  `).all(id).map(view);
}

/** Whether any guideline was ever published here. */
export function hasGuidelines(store: Store): boolean {
  return store.sql<[], { n: number }>('guidelines-any', 'SELECT EXISTS (SELECT 1 FROM guidelines) AS n').get()?.n === 1;
}

function view(row: Row): GuidelineView {
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    title: row.title,
    body: row.body,
    categories: categories.parse(JSON.parse(row.categories)),
    ladder: ladder.parse(JSON.parse(row.ladder)),
    strikeDays: row.strike_days,
    connectionId: row.connection_id,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    retired: row.retired === 1,
  };
}

/** Our own before the platforms', each platform's together, then by number. */
function byNumber(a: GuidelineView, b: GuidelineView): number {
  return (a.connectionId ?? '').localeCompare(b.connectionId ?? '', 'en')
    || a.number.localeCompare(b.number, 'en', { numeric: true })
    || (a.id < b.id ? -1 : 1);
}

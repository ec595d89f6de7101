import { formValues } from '../contract/setup.ts';
import type { FormValues } from '../contract/setup.ts';
import type { Store } from './store.ts';

export type ConnectionRow = {
  readonly n: number;
  readonly id: string;
  readonly platform: string;
  readonly title: string;
  readonly instance: string;
  readonly settings: FormValues;
  readonly paused: boolean;
  readonly provisioned: boolean;
  readonly removed: boolean;
};

/** Every connection there ever was, removed ones included, oldest first. */
export function connectionRows(store: Store): readonly ConnectionRow[] {
  return store.sql<[], {
    n: number; id: string; platform: string; title: string; instance: string; settings: string;
    paused: number; provisioned: number; removed: number;
  }>('connections-all', 'SELECT * FROM connections ORDER BY n').all().map((row) => ({
    n: row.n,
    id: row.id,
    platform: row.platform,
    title: row.title,
    instance: row.instance,
    settings: formValues.parse(JSON.parse(row.settings)),
    paused: row.paused === 1,
    provisioned: row.provisioned === 1,
    removed: row.removed === 1,
  }));
}

import { client } from '../host/client.ts';
import { onChange } from '../host/live.ts';
import { useCounts } from './counts.ts';
import { outdateDetails } from './details.ts';
import { isTouched, reloadQueue, useQueue } from './queue.ts';
import { keepRow, rows } from './rows.ts';

/** A first sync changes the queue at every frame; eyes need it four times a second. */
const CALM_MS = 250;
const MOST_ROWS = 200;

const changed = new Set<number>();
let many = false;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Which rows the list shows now, for refreshing when nobody says which ones changed. */
let visible: readonly number[] = [];
export function showsRows(ids: readonly number[]): void {
  visible = ids;
}

async function refresh(): Promise<void> {
  timer = null;
  const ids = (many ? [...visible, ...changed] : [...changed]).filter((id) => rows.get(id) !== undefined).slice(0, MOST_ROWS);
  outdateDetails(many ? null : [...changed]);
  changed.clear();
  many = false;
  try {
    if (ids.length > 0) {
      for (const row of await client.queue.rows({ ids })) keepRow(row);
    }
    await countIncoming();
  } catch {
    // The frame says that the backend is away; after a reconnect everything is asked for again.
  }
}

async function countIncoming(): Promise<void> {
  const { filter, arrival, status, ids } = useQueue.getState();
  if (status === 'first') return;
  const { count } = await client.queue.incoming({ filter, arrival });
  // Nothing is under the hand in an empty list, nor while a first sync still fills one that nobody has touched.
  const filling = !isTouched() && useCounts.getState().connections?.some(({ health }) => health.state === 'first-sync' || health.state === 'starting') === true;
  if (count > 0 && (ids.length === 0 || filling)) await reloadQueue();
  else if (useQueue.getState().arrival === arrival) useQueue.setState({ incoming: count });
}

/** Follows the backend: rows are renewed in their places, new items only counted. */
export function startQueueLive(): void {
  void reloadQueue();
  onChange(({ topics, items }) => {
    if (!topics.includes('queue') && !topics.includes('decisions')) return;
    if (items.length === 0) many = true;
    for (const id of items) changed.add(id);
    timer ??= setTimeout(() => { void refresh(); }, CALM_MS);
  });
}

import { create } from 'zustand';
import type { QueueCounts } from '../../src-main/contract/queue.ts';
import type { ConnectionSource, ConnectionView } from '../../src-main/contract/setup.ts';
import { client } from '../host/client.ts';
import { onChange } from '../host/live.ts';
import type { Topic } from './use-live.ts';

type Outbox = { readonly held: number; readonly pending: number; readonly attention: number };

type CountsState = {
  readonly queue: QueueCounts | null;
  readonly cases: { readonly open: number; readonly due: number } | null;
  readonly outbox: Outbox | null;
  readonly connections: readonly ConnectionView[] | null;
  /** Where items come from, connections that were removed included. */
  readonly sources: readonly ConnectionSource[];
  /** Whether the backend answers. */
  readonly connected: boolean;
  /** Since when it does not; null while it does. */
  readonly lostAt: number | null;
};

/** What the frame shows of everything: counts, connections, whether the backend is there. */
export const useCounts = create<CountsState>(() => ({ queue: null, cases: null, outbox: null, connections: null, sources: [], connected: false, lostAt: null }));

/** Numbers may lag a little; a first sync changes them thousands of times. */
const CALM_MS = 250;

const LOADS: readonly { readonly topics: readonly Topic[]; readonly load: () => Promise<Partial<CountsState>> }[] = [
  { topics: ['queue', 'decisions'], load: async () => ({ queue: await client.queue.counts() }) },
  { topics: ['cases'], load: async () => { const { open, due } = await client.cases.list({ limit: 1 }); return { cases: { open, due } }; } },
  { topics: ['decisions', 'connections'], load: async () => { const { held, pending, attention } = await client.decide.outbox({ limit: 1 }); return { outbox: { held, pending, attention } }; } },
  { topics: ['connections', 'secrets'], load: async () => ({ connections: await client.connections.list() }) },
  { topics: ['connections'], load: loadSources },
];

/** Every row on screen names one: they change only where one of them did. */
async function loadSources(): Promise<Partial<CountsState>> {
  const sources = await client.connections.sources();
  return JSON.stringify(sources) === JSON.stringify(useCounts.getState().sources) ? {} : { sources };
}

/** Loads the counts and keeps them fresh. */
export function startCounts(): void {
  for (const { topics, load } of LOADS) {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const refresh = async (): Promise<void> => {
      timer = null;
      try {
        useCounts.setState(await load());
      } catch {
        // The frame says that the backend is away; the numbers stay as they were last known.
      }
    };
    void refresh();
    onChange((change) => {
      if (timer === null && change.topics.some((topic) => topics.includes(topic))) timer = setTimeout(() => { void refresh(); }, CALM_MS);
    });
  }
}

/** Where something comes from, by its connection's id; undefined while it is not known. */
export function useSource(id: string): ConnectionSource | undefined {
  return useCounts((state) => state.sources.find((source) => source.id === id));
}

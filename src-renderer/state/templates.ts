import { useEffect } from 'react';
import { create } from 'zustand';
import { client } from '../host/client.ts';
import { onChange } from '../host/live.ts';
import type { Template } from './with-template.ts';

const NONE: readonly Template[] = [];
const useKept = create<{ readonly byConnection: ReadonlyMap<string, readonly Template[]> }>(() => ({ byConnection: new Map() }));

async function load(connectionId: string): Promise<void> {
  try {
    const templates = await client.connections.templates({ id: connectionId });
    useKept.setState(({ byConnection }) => ({ byConnection: new Map(byConnection).set(connectionId, templates) }));
  } catch {
    // Without templates a message is written by hand.
  }
}

onChange(({ topics }) => {
  if (topics.includes('connections')) for (const id of useKept.getState().byConnection.keys()) void load(id);
});

/** What a connection's team has written in advance for members; asked for when a message is first written there. */
export function useTemplates(connectionId: string | undefined): readonly Template[] {
  const kept = useKept((state) => (connectionId === undefined ? undefined : state.byConnection.get(connectionId)));
  const asks = connectionId !== undefined && kept === undefined;
  useEffect(() => { if (asks) void load(connectionId); }, [asks, connectionId]);
  return kept ?? NONE;
}

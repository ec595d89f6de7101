import type { ModEvent } from './schemas.ts';

const TOOL = 'docket';

/** Which order of which desk an event comes from: Ozone echoes `modTool` and can filter by its `batchId`. */
export type Mark = { readonly orderId: string; readonly desk: string };

/** What goes into an event that Docket makes; `batchId` is the field that queryEvents filters by. */
export function modToolOf(mark: Mark): Readonly<Record<string, unknown>> {
  return { name: TOOL, meta: { batchId: mark.orderId, desk: mark.desk } };
}

/** The mark in an event; null where another tool made it. */
export function markOf(modTool: ModEvent['modTool']): Mark | null {
  if (modTool?.name !== TOOL) return null;
  const { batchId, desk } = modTool.meta ?? {};
  return typeof batchId === 'string' && typeof desk === 'string' ? { orderId: batchId, desk } : null;
}

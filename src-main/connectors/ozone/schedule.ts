import { z } from 'zod';
import type { Client } from './client.ts';
import { modToolOf } from './mark.ts';
import type { Mark } from './mark.ts';
import { XrpcRefused } from './xrpc.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a takedown can be planned for, as the desk offers it (tools.ozone.moderation.scheduleAction). */
const DELAYS: readonly (readonly [string, number])[] = [['in 1 hour', HOUR], ['in 1 day', DAY], ['in 3 days', 3 * DAY], ['in 7 days', 7 * DAY]];
export const DELAY_NAMES: readonly string[] = DELAYS.map(([name]) => name);

/** By which tag Ozone marks an account with a planned takedown (packages/ozone/src/api/moderation/util.ts). */
export const PLANNED_TAG = 'scheduled-takedown';

/** How long from the decision on; null where not exactly one time was chosen. */
export function delayOf(chosen: readonly string[]): number | null {
  const [only, ...more] = chosen;
  return more.length > 0 ? null : DELAYS.find(([name]) => name === only)?.[1] ?? null;
}

const text = z.string().optional().catch(undefined);
const action = z.object({
  id: z.number(), did: z.string(), status: z.string(), createdBy: text, executeAt: text, executeAfter: text,
  eventData: z.object({ modTool: z.object({ meta: z.object({ batchId: text }).optional().catch(undefined) }).optional().catch(undefined) }).optional().catch(undefined),
});
const listed = z.object({ actions: z.array(action.nullable().catch(null)) });
const results = z.object({ succeeded: z.array(z.string()).catch([]), failed: z.array(z.object({ error: text })).catch([]) });

export type PlannedTakedown = { readonly id: string; readonly orderId: string | null; readonly isPending: boolean };

/** Takedowns that are planned for an account or were carried out by plan, latest first; none where this Ozone plans nothing. */
export async function plannedFor(client: Client, labeler: string, did: string, signal: AbortSignal): Promise<readonly PlannedTakedown[]> {
  try {
    const { actions } = await client.post(labeler, 'tools.ozone.moderation.listScheduledActions', { subjects: [did], statuses: ['pending', 'executed'], limit: 50 }, listed, signal);
    return actions.flatMap((one) => (one === null || one.did !== did ? [] : [{ id: String(one.id), orderId: one.eventData?.modTool?.meta?.batchId ?? null, isPending: one.status === 'pending' }]));
  } catch (error) {
    if (error instanceof XrpcRefused) return [];
    throw error;
  }
}

/** Plans a takedown; answers null, or why Ozone does not. */
export async function planTakedown(
  client: Client, labeler: string, wish: { readonly did: string; readonly at: number; readonly createdBy: string; readonly body: Readonly<Record<string, unknown>>; readonly mark: Mark }, signal: AbortSignal,
): Promise<string | null> {
  try {
    const { failed } = await client.post(labeler, 'tools.ozone.moderation.scheduleAction', {
      action: { ...wish.body, $type: 'tools.ozone.moderation.scheduleAction#takedown' }, subjects: [wish.did], createdBy: wish.createdBy,
      scheduling: { executeAt: new Date(wish.at).toISOString() }, modTool: modToolOf(wish.mark),
    }, results, signal);
    return failed.length === 0 ? null : failed[0]?.error ?? 'it did not say why.';
  } catch (error) {
    if (error instanceof XrpcRefused) return error.said === '' ? 'this Ozone plans nothing.' : error.said;
    throw error;
  }
}

/** Takes back what is planned for an account; answers whether there was anything. */
export async function cancelPlanned(client: Client, labeler: string, did: string, comment: string, signal: AbortSignal): Promise<boolean> {
  const { succeeded } = await client.post(labeler, 'tools.ozone.moderation.cancelScheduledActions', { subjects: [did], ...(comment === '' ? {} : { comment }) }, results, signal);
  return succeeded.includes(did);
}

import type { DeliveryResult, Order } from '../connector.ts';
import { FORBIDDEN, isRefused } from './client.ts';
import type { Client } from './client.ts';
import { planOf } from './deeds.ts';
import type { DeedInput, Done, Plan, Wish } from './deeds.ts';
import { resolvedWords } from './feed.ts';
import type { Ours } from '../http/ours.ts';
import { asStood } from '../http/stood.ts';
import { reportsById } from './reports.ts';
import type { WireReport } from './schemas.ts';

export type DeliverInput = DeedInput & { readonly ours: Ours };

/** Longest note of moderators that a report keeps (packages/backend/src/models/AbuseUserReport.ts, moderationNote). */
const NOTE = 8192;

/** Sends one order: the deed first, then each report about the subject is resolved. A resolved report cannot be opened again. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const plan = planOf(input, order);
  if (plan === null || (order.reverse && !plan.deed?.undo)) {
    return { kind: 'refused', why: order.reverse ? 'Misskey cannot take this back.' : 'Misskey has no word for this.' };
  }
  try {
    return order.reverse ? readDone(await plan.deed?.undo?.(signal) ?? null, order.subject.remoteId) : await carryOut(input, order, plan, signal);
  } catch (error) {
    if (isRefused(error, FORBIDDEN)) return { kind: 'refused', why: `${input.client.settings.host} does not allow this to the account or its token. An admin can grant the role, and a new token the permission (Settings, Service integration).` };
    if (isRefused(error)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

function readDone(done: Done | null, otherwise: string | null): DeliveryResult {
  if (done === null) return { kind: 'done', remoteId: otherwise, said: null };
  if ('theirs' in done) return { kind: 'conflict', by: done.theirs, what: done.what, at: done.at };
  return 'refused' in done ? { kind: 'refused', why: done.refused } : { kind: 'done', remoteId: asStood(done.id ?? otherwise, done.stood === true), said: done.said };
}

async function carryOut(input: DeliverInput, order: Order, { deed, wish }: Plan, signal: AbortSignal): Promise<DeliveryResult> {
  const reports = await reportsOf(input.client, order, signal);
  const me = await input.me(signal);
  const theirs = reports.find(({ resolved, assigneeId }) => resolved && assigneeId !== me);
  if (theirs !== undefined && !order.force) {
    const closed = reports.every(({ resolved, resolvedAs }) => resolved && (deed !== null || resolvedAs === wish || resolvedAs === null));
    const isSo = closed && (deed === null || await deed.isSo(signal));
    return { kind: isSo ? 'already' : 'conflict', by: theirs.assignee?.username ? `@${theirs.assignee.username}` : null, what: resolvedWords(theirs.resolvedAs), at: null };
  }
  const done = readDone(deed === null ? null : await deed.act(signal), reports[0]?.id ?? order.subject.remoteId);
  if (done.kind !== 'done') return done;
  const resolved = await resolveAll(input, order, reports, wish, me, signal);
  const closing = resolved === 0 ? [] : [`${resolved === 1 ? 'report' : `${resolved} reports`} resolved${wish === null ? '' : ` as ${wish}`}`];
  return { ...done, said: [done.said ?? '', ...closing].filter((part) => part !== '').join('; ') || null };
}

async function resolveAll({ client, ours }: DeliverInput, order: Order, reports: readonly WireReport[], wish: Wish, me: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for (const report of reports) {
    const { id, resolved, resolvedAs, assigneeId } = report;
    // Resolving again would overwrite who did it; a try that was cut off may not have come to its note.
    if (resolved && assigneeId === me && (resolvedAs === wish || resolvedAs === null)) {
      if (order.begunBy === 'itself') await noteReason(client, report, order.reason.trim(), signal);
      continue;
    }
    await client.change('admin/resolve-abuse-user-report', { reportId: id, ...(wish === null ? {} : { resolvedAs: wish }) }, 'the resolving of a report', signal);
    ours.note(id, order.id);
    count += 1;
    await noteReason(client, report, order.reason.trim(), signal);
  }
  return count;
}

/** Leaves the reason for the other moderators, below what they wrote. Servers before 2024.10 have no such note. */
async function noteReason(client: Client, { id, moderationNote }: WireReport, reason: string, signal: AbortSignal): Promise<void> {
  const before = moderationNote ?? '';
  const words = [before, reason].filter((part) => part !== '').join('\n');
  if (reason === '' || before.includes(reason) || words.length > NOTE) return;
  try {
    await client.change('admin/update-abuse-user-report', { reportId: id, moderationNote: words }, 'the note at a report', signal);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** The reports that the person saw, as they are now. */
function reportsOf(client: Client, { subject }: Order, signal: AbortSignal): Promise<readonly WireReport[]> {
  return reportsById(client, (subject.extra['reports'] ?? '').split(' ').filter((id) => id !== ''), signal);
}

import { z } from 'zod';
import type { DeliveryResult, Order } from '../connector.ts';
import type { DeliverInput } from './deliver.ts';
import { isOpen } from './model.ts';
import { message, page } from './schemas.ts';
import type { Abuse } from './schemas.ts';
import { accountName } from './subjects.ts';

/** Longest message of a report (CONSTRAINTS_FIELDS.ABUSE_MESSAGES.MESSAGE). */
const MOST = 3000;
/** A clock here that goes before the instance's. */
const LEEWAY_MS = 10 * 60_000;

const written = z.object({ abuseMessage: z.object({ id: z.number() }) });

/** Writes under the open reports, to who made them; the reports stay open. What stands there already is not written again. */
export async function writeToReporters({ client }: DeliverInput, order: Order, found: readonly Abuse[], signal: AbortSignal): Promise<DeliveryResult> {
  const text = (order.message ?? '').trim();
  if (text.length < 2 || text.length > MOST) return { kind: 'refused', why: `A message to a reporter has 2 to ${MOST} letters. Write it again.` };
  const open = found.filter(isOpen);
  // One message a reporter, under their latest report.
  const latest = new Map((open.length > 0 ? open : found).toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)).flatMap((report) => (report.reporterAccount === null ? [] : [[accountName(report.reporterAccount), report] as const])));
  const to: string[] = [];
  for (const [name, { id, reporterAccount }] of latest) {
    // Messages reach accounts of the instance alone (server/core/middlewares/validators/abuse.ts, checkAbuseValidForMessagesValidator).
    if (reporterAccount === null || !await client.isHome(reporterAccount.host, signal)) continue;
    const path = `/abuses/${id}/messages`;
    const before = await client.get(path, page, 'the messages under a report', signal);
    const isThere = before.data.some((row) => {
      const read = message.safeParse(row).data;
      return read !== undefined && read.byModerator && read.message === text && (read.createdAt ?? 0) >= order.decidedAt - LEEWAY_MS;
    });
    if (!isThere) await client.tell({ method: 'POST', path, json: { message: text } }, written, 'the message', signal);
    to.push(`@${name} (report ${id})`);
  }
  if (to.length === 0) return { kind: 'refused', why: 'Nobody who reported this has an account on the instance, and PeerTube carries messages to its own accounts only.' };
  return { kind: 'done', remoteId: null, said: `message sent to ${to.join(', ')}` };
}

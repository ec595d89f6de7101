import { z } from 'zod';
import type { Client } from './client.ts';
import { PAGE } from './feed.ts';
import { reportPage, reportRow } from './schemas.ts';
import type { ReportRow } from './schemas.ts';
import { XrpcRefused } from './xrpc.ts';

const listed = z.object({ queues: z.array(z.unknown()) });

/** In which queue a report stands and who has taken it on; null for neither. */
export function queueOf({ queue, assignment, status }: ReportRow): string | null {
  const handle = assignment?.moderator?.profile?.handle;
  const who = status === 'assigned' ? handle === undefined ? assignment?.did : `@${handle}` : undefined;
  const parts = [queue?.name, who === undefined ? undefined : `with ${who}`].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Whether the team sorts its reports into queues at all; an older Ozone has none. */
export async function hasQueues(client: Client, labeler: string, signal: AbortSignal): Promise<boolean> {
  return orNone(async () => (await client.get(labeler, 'tools.ozone.queue.listQueues', { limit: 1 }, listed, signal)).queues.length > 0, false);
}

/** The queue of a subject's reports that nobody has closed, asked for by itself; null for none. */
export async function queueOfSubject(client: Client, labeler: string, subject: string, signal: AbortSignal): Promise<string | null> {
  return orNone(async () => {
    for (const status of ['assigned', 'queued']) {
      const page = await client.get(labeler, 'tools.ozone.report.queryReports', { status, subject, limit: 1 }, reportPage, signal);
      const row = reportRow.safeParse(page.reports[0]).data;
      if (row !== undefined) return queueOf(row);
    }
    return null;
  }, null);
}

/** A subject's reports of which each was closed by itself, by their events' ids; its own state does not tell them. */
export async function closedAlone(client: Client, labeler: string, subject: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  return orNone(async () => {
    const page = await client.get(labeler, 'tools.ozone.report.queryReports', { status: 'closed', subject, limit: PAGE }, reportPage, signal);
    return new Set(page.reports.flatMap((row) => reportRow.safeParse(row).data?.eventId ?? []));
  }, new Set());
}

async function orNone<Value>(ask: () => Promise<Value>, none: Value): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof XrpcRefused) return none;
    throw error;
  }
}

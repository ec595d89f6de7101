import { ConnectorError } from '../connector.ts';
import type { Client } from './client.ts';
import type { Dialect } from './dialect.ts';
import type { Report } from './model.ts';
import { moderationLog } from './schemas.ts';

/** A closed report with who closed it and when, where the server keeps that apart; without, where it may not be read. */
export async function withCloser(client: Client, { closer }: Dialect, report: Report, signal: AbortSignal): Promise<Report> {
  if (closer === null || report.handled === null) return report;
  try {
    const { path, query } = closer(report.id);
    const entries = await client.get(path, moderationLog, 'the moderation log', signal, query);
    const last = entries.filter(({ data, message }) => data.action === 'report_update' && message.includes(report.id)).toSorted((a, b) => b.time - a.time)[0];
    if (last === undefined) return report;
    const { nickname } = last.data.actor;
    return { ...report, handled: { ...report.handled, by: `@${nickname}`, byAcct: nickname, at: last.time * 1000 } };
  } catch (error) {
    // Reading the log is a privilege of its own; the report is worth having without it.
    if (error instanceof ConnectorError && (error.kind === 'refused' || error.kind === 'unintelligible')) return report;
    throw error;
  }
}

import type { Order } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { publishedGuidelines } from './guidelines.ts';
import type { Report } from './model.ts';
import type { DeliverInput } from './outcome.ts';

/**
 * Writes into the reports which of the server's rules a decision rests on, before they are closed: the strike that the
 * member is shown names the rules of its report. Answers how to say it; empty where the guideline is none of the server's.
 */
export async function citeRule({ client, dialect }: DeliverInput, { guideline }: Order, reports: readonly Report[], signal: AbortSignal): Promise<string> {
  if (dialect.classify === null || guideline === null || reports.length === 0) return '';
  try {
    const rule = (await publishedGuidelines(client, signal)).find(({ number, title }) => `${number} ${title}` === guideline);
    if (rule === undefined) return '';
    for (const { id, ruleIds } of reports) {
      if (!ruleIds.includes(rule.remoteId)) await client.act(dialect.classify(id, [...ruleIds, rule.remoteId]), 'the rule of a report', signal);
    }
    return ` under rule ${rule.number}`;
  } catch (error) {
    // Versions before 3.5 cannot; the decision does not hang on it.
    if (error instanceof RefusedThere) return '';
    throw error;
  }
}

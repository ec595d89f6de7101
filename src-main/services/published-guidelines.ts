import { createHash } from 'node:crypto';
import type { PublishedGuideline } from '../connectors/connector.ts';
import { currentGuidelines } from '../store/guidelines.ts';
import type { Connection } from './connection-book.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record.ts';

/** Days a strike under a published rule counts until the team says otherwise. */
const STRIKE_DAYS = 90;

/** The guideline's id here: the same rule of the same connection always gets the same one. */
function publishedGuidelineId(connectionId: string, remoteId: string): string {
  const hex = createHash('sha256').update(`${connectionId}\n${remoteId}`).digest('hex');
  // Shaped as a version 8 uuid (RFC 9562, 5.8).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Takes over the rules that a community publishes: a changed one becomes a new version, one that is gone is retired.
 * What the team added to a rule here (categories, ladder, days) stays through its new versions.
 */
export function takeGuidelines(ctx: Context, connection: Connection, published: readonly PublishedGuideline[]): void {
  const known = new Map(currentGuidelines(ctx.store, true).filter((row) => row.connectionId === connection.id).map((row) => [row.id, row]));
  let changed = false;
  for (const rule of published) {
    const id = publishedGuidelineId(connection.id, rule.remoteId);
    const row = known.get(id);
    known.delete(id);
    const number = rule.number.trim().slice(0, 20) || '–';
    const title = rule.title.trim().slice(0, 200) || number;
    const body = rule.body.slice(0, 50_000);
    if (row !== undefined && !row.retired && row.number === number && row.title === title && row.body === body) continue;
    ctx.store.write(() => {
      if (row?.retired === true) retire(ctx, connection, id, false);
      recordEvent(ctx, {
        id: ctx.uuid(), kind: 'guideline.published', source: 'system', actor: connection.title, subjects: [], payload: null,
        public: {
          guidelineId: id, version: (row?.version ?? 0) + 1, number, title, body, categories: [...row?.categories ?? []],
          ladder: [...row?.ladder ?? []], strikeDays: row?.strikeDays ?? STRIKE_DAYS, connectionId: connection.id,
        },
      });
    });
    changed = true;
  }
  // No rule at all is more likely a failed answer than a community that dropped every one.
  if (published.length > 0) {
    for (const row of known.values()) {
      if (row.retired) continue;
      ctx.store.write(() => retire(ctx, connection, row.id, true));
      changed = true;
    }
  }
  if (changed) ctx.changed(['guidelines', 'history']);
}

function retire(ctx: Context, connection: Connection, guidelineId: string, retired: boolean): void {
  recordEvent(ctx, { id: ctx.uuid(), kind: 'guideline.retired', source: 'system', actor: connection.title, subjects: [], public: { guidelineId, retired }, payload: null });
}

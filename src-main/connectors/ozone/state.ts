import type { SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { markOf } from './mark.ts';
import { nameOf, statusNameOf } from './names.ts';
import { readEvent } from './reports.ts';
import { CLOSING, byOf, kindOf, whatOf } from './resolutions.ts';
import { eventPage, statuses } from './schemas.ts';
import type { ModEvent, Status } from './schemas.ts';

/** Reads what Ozone says of a subject at this moment. */
export type State = {
  readonly statusOf: (subject: SubjectRef, signal: AbortSignal) => Promise<Status | undefined>;
  /** What someone other than this desk decided about it after `since`, the last of it; null where nobody did. */
  readonly decidedSince: (subject: SubjectRef, since: number, signal: AbortSignal) => Promise<Theirs | null>;
  /** Who last took it down or restored it, whoever it was. */
  readonly lastTakedown: (subject: SubjectRef, signal: AbortSignal) => Promise<Theirs | null>;
  /** A takedown that someone other than this desk has planned for an account; null where the latest plan is ours. */
  readonly plannedByOthers: (subject: SubjectRef, signal: AbortSignal) => Promise<Theirs | null>;
  /** How often a policy was enforced against an account and its records before, with a severity. */
  readonly occurrences: (subject: SubjectRef, policy: string, severity: string, types: readonly string[], signal: AbortSignal) => Promise<number>;
  /** The event an order of this desk has made. */
  readonly eventOfOrder: (subject: SubjectRef, orderId: string, type: string, signal: AbortSignal) => Promise<ModEvent | null>;
};

export type Theirs = { readonly by: string | null; readonly what: string; readonly at: number | null };

const EVENTS = 'tools.ozone.moderation.queryEvents';
const EVENT = 'tools.ozone.moderation.defs#modEvent';
/** Events by which a moderator decides about a subject. */
const DECIDING: readonly string[] = [...CLOSING, 'modEventEscalate'];
const DECIDING_TYPES = DECIDING.map((kind) => `tools.ozone.moderation.defs#${kind}`);

export function makeState(desk: string, client: Client, labeler: string): State {
  async function eventsOf(subject: SubjectRef, params: Readonly<Record<string, string | number | boolean | readonly string[]>>, signal: AbortSignal): Promise<ModEvent[]> {
    const page = await client.get(labeler, EVENTS, { subject: statusNameOf(subject), limit: 100, ...params }, eventPage, signal);
    return page.events.map(readEvent).filter((event) => event !== null)
      .filter((event) => subject.type !== 'message' || nameOf(event.subject)?.remoteId === subject.remoteId);
  }

  return {
    async statusOf(subject, signal) {
      // Muted subjects are left out unless they are asked for.
      const page = await client.get(labeler, 'tools.ozone.moderation.queryStatuses', { subject: statusNameOf(subject), includeMuted: true, limit: 1 }, statuses, signal);
      return page.subjectStatuses[0];
    },
    async decidedSince(subject, since, signal) {
      const events = await eventsOf(subject, { sortDirection: 'desc', createdAfter: new Date(since).toISOString(), types: DECIDING_TYPES }, signal);
      const other = events.find((event) => event.createdAt > since && DECIDING.includes(kindOf(event)) && markOf(event.modTool)?.desk !== desk);
      return other === undefined ? null : theirs(other);
    },
    async lastTakedown(subject, signal) {
      const [last] = await eventsOf(subject, { sortDirection: 'desc', types: ['Takedown', 'ReverseTakedown'].map((kind) => `${EVENT}${kind}`) }, signal);
      return last === undefined ? null : theirs(last);
    },
    async plannedByOthers(subject, signal) {
      const [last] = await eventsOf(subject, { sortDirection: 'desc', types: ['tools.ozone.moderation.defs#scheduleTakedownEvent'] }, signal);
      return last === undefined || markOf(last.modTool)?.desk === desk ? null : theirs(last);
    },
    async occurrences(subject, policy, severity, types, signal) {
      if (subject.authorId === null) return 0;
      const page = await client.get(labeler, EVENTS, { subject: subject.authorId, includeAllUserRecords: true, policies: [policy], types, limit: 100 }, eventPage, signal);
      return page.events.map(readEvent).filter((event) => event !== null && types.includes(event.event.$type) && event.event['severityLevel'] === severity).length;
    },
    async eventOfOrder(subject, orderId, type, signal) {
      const events = await eventsOf(subject, { sortDirection: 'desc', batchId: orderId, types: [type] }, signal);
      return events.find((event) => event.event.$type === type && markOf(event.modTool)?.orderId === orderId) ?? null;
    },
  };
}

function theirs(event: ModEvent): Theirs {
  return { by: byOf(event), what: whatOf(event), at: event.createdAt };
}

import type { Resolution } from '../connector.ts';
import { isByMachine } from './machine-tags.ts';
import { markOf } from './mark.ts';
import type { ModEvent, ReportActivity } from './schemas.ts';
import { wordsOf } from './words.ts';

/** Events by which the platform or the member, not a moderator, says that something changed there. */
const NOT_BY_PEOPLE: ReadonlySet<string> = new Set(['accountEvent', 'identityEvent', 'recordEvent', 'ageAssuranceEvent']);

/** Events after which Ozone counts a subject as reviewed (packages/ozone/src/mod-service/status.ts). */
export const CLOSING: readonly string[] = ['modEventAcknowledge', 'modEventTakedown', 'modEventReverseTakedown'];

/** How much of a free text goes into a line of the record. */
const QUOTED = 200;

export function kindOf(event: ModEvent): string {
  return event.event.$type.replace(/^.*#/, '');
}

/** Who did it: the handle where Ozone knows it. */
export function byOf(event: ModEvent): string {
  return event.creatorHandle === undefined ? event.createdBy : `@${event.creatorHandle}`;
}

/** Whether an event records what a moderator did, rather than a report, a note of the tagger or a change there. */
export function isAction(event: ModEvent, labeler: string): boolean {
  const kind = kindOf(event);
  if (kind === 'modEventReport' || NOT_BY_PEOPLE.has(kind)) return false;
  return kind !== 'modEventTag' || (event.createdBy !== labeler && !tagsByMachine(event));
}

/** What Ozone tags by itself in a moderator's name, such as a planned takedown, which has an event of its own. */
function tagsByMachine({ event }: ModEvent): boolean {
  const tags = [event['add'], event['remove']].flatMap((some): readonly unknown[] => (Array.isArray(some) ? some : []));
  return tags.length > 0 && tags.every((tag) => typeof tag === 'string' && isByMachine(tag));
}

/** A moderator's event as a resolution; `desk` tells this desk's own orders. */
export function resolutionOf(event: ModEvent, subject: Resolution['subject'], desk: string): Resolution {
  const mark = markOf(event.modTool);
  return {
    subject,
    by: byOf(event),
    what: whatOf(event),
    at: event.createdAt,
    orderId: mark !== null && mark.desk === desk ? mark.orderId : null,
    closes: CLOSING.includes(kindOf(event)),
  };
}

/** What an event did, in plain words. */
export function whatOf(event: ModEvent): string {
  const body = event.event;
  const hours = typeof body['durationInHours'] === 'number' ? body['durationInHours'] : null;
  const span = hours === null ? '' : ` for ${durationWords(hours)}`;
  const isAccount = event.subject.uri === undefined;
  switch (kindOf(event)) {
    case 'modEventAcknowledge': return 'acknowledged';
    case 'modEventEscalate': return 'escalated';
    case 'modEventTakedown': return isAccount ? hours === null ? 'account taken down' : `account suspended${span}` : `taken down${span}`;
    case 'modEventReverseTakedown': return isAccount ? 'account restored' : 'takedown reversed';
    case 'modEventMute': return `reports muted${span}`;
    case 'modEventUnmute': return 'reports unmuted';
    case 'modEventMuteReporter': return `reporting muted${span}`;
    case 'modEventUnmuteReporter': return 'reporting unmuted';
    case 'modEventResolveAppeal': return 'appeal resolved';
    case 'modEventEmail': return said('e-mailed', body['subjectLine']);
    case 'modEventComment': return said('noted', body['comment']);
    case 'modEventLabel': return changed('labelled', body['createLabelVals'], 'label removed:', body['negateLabelVals']) + span;
    case 'modEventTag': return changed('tagged', body['add'], 'tag removed:', body['remove']);
    case 'modEventPriorityScore': return `priority set to ${String(body['score'])}`;
    case 'scheduleTakedownEvent': return said('takedown planned', body['executeAt'] ?? body['executeAfter']);
    case 'cancelScheduledTakedownEvent': return 'planned takedown cancelled';
    case 'revokeAccountCredentialsEvent': return 'signed out everywhere';
    default: return wordsOf(body.$type);
  }
}

/** What was done to one report rather than to its subject; null where an event of the subject says it already. */
export function activityResolution(activity: ReportActivity, subject: Resolution['subject']): Resolution | null {
  const kind = activity.activity.$type.replace(/^.*#/, '');
  if (activity.isAutomated === true) return null;
  if (['closeActivity', 'escalationActivity'].includes(kind) && activity.report.actionEventIds.length > 0) return null;
  const handle = activity.moderator?.profile?.handle;
  const queue = activity.report.queue?.name;
  const taker = activity.report.assignment?.moderator?.profile?.handle;
  const what: Readonly<Record<string, string>> = {
    closeActivity: 'report closed', reopenActivity: 'report reopened', escalationActivity: 'report escalated',
    assignmentActivity: taker === undefined || taker === handle ? 'report taken on' : `report given to @${taker}`, noteActivity: said('noted on a report', activity.publicNote),
    queueActivity: queue === undefined ? 'report moved to another queue' : `report moved to ${queue}`,
  };
  return {
    subject, by: handle === undefined ? activity.createdBy : `@${handle}`, what: what[kind] ?? `report: ${wordsOf(kind)}`,
    at: activity.createdAt, orderId: null,
    // The subject's own state stays as it is, so that the last row that is closed closes it here. A message's rows are closed by an order of ours, too (closeRows), which this does not name.
    ...(kind === 'closeActivity' && activity.report.status === 'closed' && subject.type !== 'message' ? { closes: true, reportId: activity.report.eventId } : { closes: false }),
  };
}

/** Hours as people say them. */
export function durationWords(hours: number): string {
  const whole = hours % 24 === 0 ? hours / 24 : hours;
  const unit = hours % 24 === 0 ? 'day' : 'hour';
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}

function said(verb: string, text: unknown): string {
  return typeof text === 'string' && text !== '' ? `${verb}: ${text.slice(0, QUOTED)}` : verb;
}

function changed(added: string, adds: unknown, removed: string, removes: unknown): string {
  const parts = [list(adds) === '' ? '' : `${added} ${list(adds)}`, list(removes) === '' ? '' : `${removed} ${list(removes)}`].filter((part) => part !== '');
  return parts.length === 0 ? added : parts.join(', ');
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : '';
}

import type { Order, SubjectRef } from '../connector.ts';
import { account } from './names.ts';
import type { Status } from './schemas.ts';

const EVENT = 'tools.ozone.moderation.defs#modEvent';
const HOUR = 3_600_000;

/** One order in Ozone's terms. */
export type Plan = {
  readonly target: SubjectRef;
  readonly event: Readonly<Record<string, unknown>> & { readonly $type: string };
  /** Whether the report rows of the target go with it (`reportAction`). */
  readonly withReports: boolean;
  /** Whether the reported subject is still open in Ozone after it and has to be acknowledged. */
  readonly leavesOpen: boolean;
  /** Whether a state is what the order wishes for. */
  readonly isSo: (target: Status | undefined) => boolean;
};

const isDown = (status: Status | undefined): boolean => status?.takendown === true;
const isUp = (status: Status | undefined): boolean => !isDown(status);
const never = (): boolean => false;
const stateIs = (name: string) => (status: Status | undefined): boolean => status?.reviewState.endsWith(name) === true;

/** What Ozone is asked for an order; a sentence where it has no word for it. `policies` are the team's, by their name. */
export function planOf(order: Order, policies: ReadonlyMap<string, string>): Plan | string {
  const { subject } = order;
  const comment = [order.guideline, order.reason].filter((part) => part !== null && part !== '').join(': ');
  const said = comment === '' ? {} : { comment };
  const hours = order.durationMs === null ? {} : { durationInHours: Math.max(1, Math.round(order.durationMs / HOUR)) };
  const plain = { target: subject, withReports: false, leavesOpen: false, isSo: never };
  const policy = order.guideline === null ? undefined : policies.get(order.guideline.replace(/^\S+\s+/, ''));
  const takedown = { $type: `${EVENT}Takedown`, ...said, ...(policy === undefined ? {} : { policies: [policy] }) };
  const reversal = { $type: `${EVENT}ReverseTakedown`, ...said };

  switch (order.verb) {
    case 'dismiss':
      if (order.reverse) return 'Ozone keeps an acknowledged report closed; a new report opens it again.';
      return { ...plain, event: { $type: `${EVENT}Acknowledge`, ...said }, withReports: true, isSo: (status) => stateIs('#reviewClosed')(status) && isUp(status) };
    case 'escalate':
      if (order.reverse) return 'Ozone keeps what was escalated until someone closes it.';
      return { ...plain, event: { $type: `${EVENT}Escalate`, ...said }, withReports: true, isSo: stateIs('#reviewEscalated') };
    case 'remove':
    case 'restore': {
      const down = (order.verb === 'remove') !== order.reverse;
      return { ...plain, event: down ? takedown : reversal, withReports: !order.reverse, isSo: down ? isDown : isUp };
    }
    case 'suspend': {
      if (subject.authorId === null) return 'Ozone does not say whose this is, so no account can be suspended.';
      const target = account(subject.authorId);
      if (order.reverse) return { ...plain, target, event: reversal, isSo: isUp };
      return { ...plain, target, event: { ...takedown, ...hours }, withReports: true, leavesOpen: subject.type === 'post', isSo: isDown };
    }
    case 'label': {
      if (order.labels.length === 0) return 'Choose at least one label.';
      const [create, negate] = order.reverse ? [[], order.labels] : [order.labels, []];
      const event = { $type: `${EVENT}Label`, ...said, createLabelVals: create, negateLabelVals: negate };
      return { ...plain, event, withReports: !order.reverse, leavesOpen: !order.reverse };
    }
    case 'mute':
      if (order.reverse) return { ...plain, event: { $type: `${EVENT}Unmute`, ...said }, isSo: (status) => status?.muteUntil === undefined };
      return { ...plain, event: { $type: `${EVENT}Mute`, ...said, ...hours } };
    case 'warn':
    case 'message': {
      if (order.reverse) return 'A message that was sent cannot be taken back.';
      if (subject.authorId === null) return 'Ozone does not say whose this is, so nobody can be written to.';
      if (order.message === null || order.message.trim() === '') return 'Write the message first.';
      const event = { $type: `${EVENT}Email`, subjectLine: subjectLine(order), content: htmlOfMessage(order.message), ...said };
      return { ...plain, target: account(subject.authorId), event, leavesOpen: true };
    }
    case 'lock':
      return 'Bluesky lets only the author close a thread.';
    case 'snooze':
      return 'Snoozing stays on this machine.';
  }
}

function subjectLine(order: Order): string {
  const about = order.guideline === null ? 'your account' : `our rule ${order.guideline}`;
  return order.verb === 'warn' ? `A warning about ${about}` : `A message from the moderators about ${about}`;
}

/** Ozone hands the content to the member's server as HTML (packages/pds/src/mailer/moderation.ts). */
function htmlOfMessage(message: string): string {
  const safe = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return safe.split(/\n{2,}/).map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('');
}

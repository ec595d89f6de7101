import type { Order, SubjectRef } from '../connector.ts';
import { account } from './names.ts';
import type { Status } from './schemas.ts';
import { delayOf } from './schedule.ts';
import { splitTags } from './tags.ts';
import { policyOf } from './team-settings.ts';
import type { Policy, TeamSettings } from './team-settings.ts';

const EVENT = 'tools.ozone.moderation.defs#modEvent';
const HOUR = 3_600_000;

/** How a post is removed with its pictures, which are to be had by their own address otherwise. */
export const WITH_BLOBS = 'with its media';

export type PlannedEvent = Readonly<Record<string, unknown>> & { readonly $type: string };

/** One order in Ozone's terms. */
export type Plan = {
  readonly target: SubjectRef;
  readonly event: PlannedEvent;
  /** What goes beside it: tags, where labels and tags were chosen together. */
  readonly beside: PlannedEvent | null;
  /** When Ozone is to do it, ms; null is now. */
  readonly at: number | null;
  /** Whether the pictures and films of the record go with it. */
  readonly withBlobs: boolean;
  /** Whether it takes a planned takedown back as well as one that was carried out. */
  readonly unplans: boolean;
  readonly policy: Policy | undefined;
  /** Whether the report rows of the target go with it (`reportAction`). */
  readonly withReports: boolean;
  /** Whether the reported subject is still open in Ozone after it and has to be acknowledged. */
  readonly leavesOpen: boolean;
  /** Whether a pending appeal is answered by it; a takedown answers one by itself. */
  readonly answersAppeal: boolean;
  /** Whether a state is what the order wishes for. */
  readonly isSo: (target: Status | undefined) => boolean;
};

const isDown = (status: Status | undefined): boolean => status?.takendown === true;
const isUp = (status: Status | undefined): boolean => !isDown(status);
const never = (): boolean => false;
const stateIs = (name: string) => (status: Status | undefined): boolean => status?.reviewState.endsWith(name) === true;

/** What Ozone is asked for an order; a sentence where it has no word for it. */
export function planOf(order: Order, team: TeamSettings): Plan | string {
  const { subject, reverse } = order;
  const comment = [order.guideline, order.reason].filter((part) => part !== null && part !== '').join(': ');
  const said = comment === '' ? {} : { comment };
  const hours = order.durationMs === null ? {} : { durationInHours: Math.max(1, Math.round(order.durationMs / HOUR)) };
  const policy = policyOf(team, order.guideline);
  const under = policy === undefined ? {} : { policies: [policy.slug] };
  const plain = { target: subject, beside: null, at: null, withBlobs: false, unplans: false, policy, withReports: false, leavesOpen: false, answersAppeal: false, isSo: never };
  const takedown = { $type: `${EVENT}Takedown`, ...said, ...under };
  const reversal = { $type: `${EVENT}ReverseTakedown`, ...said };

  switch (order.verb) {
    case 'dismiss':
      if (reverse) return 'Ozone keeps an acknowledged report closed; a new report opens it again.';
      return { ...plain, event: { $type: `${EVENT}Acknowledge`, ...said }, withReports: true, answersAppeal: true, isSo: (status) => stateIs('#reviewClosed')(status) && isUp(status) };
    case 'escalate':
      if (reverse) return 'Ozone keeps what was escalated until someone closes it.';
      return { ...plain, event: { $type: `${EVENT}Escalate`, ...said }, withReports: true, isSo: stateIs('#reviewEscalated') };
    case 'remove':
    case 'restore': {
      const down = (order.verb === 'remove') !== reverse;
      return {
        ...plain, event: down ? takedown : reversal, withBlobs: down && order.labels.includes(WITH_BLOBS), unplans: !down && subject.type === 'member', withReports: !reverse, answersAppeal: order.verb === 'restore' && !reverse,
        isSo: down ? isDown : isUp,
      };
    }
    case 'suspend': {
      if (subject.authorId === null) return 'Ozone does not say whose this is, so no account can be suspended.';
      const target = account(subject.authorId);
      if (reverse) return { ...plain, target, event: reversal, unplans: order.labels.length > 0, isSo: isUp };
      const after = { ...plain, target, leavesOpen: subject.type !== 'member', answersAppeal: true };
      if (order.labels.length === 0) return { ...after, event: { ...takedown, ...hours }, withReports: true, isSo: isDown };
      const delay = delayOf(order.labels);
      if (delay === null) return 'Choose one time for the takedown, such as "in 1 day", or none for now.';
      return { ...after, event: { ...takedown, ...hours }, at: order.decidedAt + delay, leavesOpen: true };
    }
    case 'label': {
      if (order.labels.length === 0) return 'Choose at least one label.';
      const { labels, tags } = splitTags(order.labels);
      const pair = (chosen: readonly string[]): readonly [readonly string[], readonly string[]] => (reverse ? [[], chosen] : [chosen, []]);
      const [[create, negate], [add, remove]] = [pair(labels), pair(tags)];
      const tagging = tags.length === 0 ? null : { $type: `${EVENT}Tag`, ...said, add, remove };
      const labelling = labels.length === 0 ? null : { $type: `${EVENT}Label`, ...said, createLabelVals: create, negateLabelVals: negate };
      const event = labelling ?? tagging;
      if (event === null) return 'Choose at least one label.';
      return { ...plain, event, beside: labelling === null ? null : tagging, withReports: !reverse && labelling !== null, leavesOpen: !reverse, answersAppeal: !reverse };
    }
    case 'mute':
      if (reverse) return { ...plain, event: { $type: `${EVENT}Unmute`, ...said }, isSo: (status) => status?.muteUntil === undefined };
      return { ...plain, event: { $type: `${EVENT}Mute`, ...said, ...hours } };
    case 'warn':
    case 'message': {
      if (reverse) return 'A message that was sent cannot be taken back.';
      if (subject.authorId === null) return 'Ozone does not say whose this is, so nobody can be written to.';
      if (order.message === null || order.message.trim() === '') return 'Write the message first.';
      const warns = order.verb === 'warn';
      const event = { $type: `${EVENT}Email`, ...said, ...(warns ? under : {}) };
      // A message alone decides nothing: the item stays open here, and so it does there.
      return { ...plain, target: account(subject.authorId), event, leavesOpen: warns, answersAppeal: warns };
    }
    case 'lock':
      return 'Bluesky lets only the author close a thread.';
    case 'snooze':
      return 'Snoozing stays on this machine.';
  }
}

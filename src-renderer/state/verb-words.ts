import type { DecisionAction } from '../../src-main/contract/queue.ts';
import type { Category, Verb } from '../../src-main/contract/words.ts';
import { duration } from '../ui/time-words.ts';

type VerbWords = {
  readonly title: string;
  /** Where there is little room. */
  readonly short: string;
  /** What was done, to begin a sentence. */
  readonly past: string;
  /** Whether it rests on a guideline unless the person says otherwise. */
  readonly ruled: boolean;
  /** Whether nothing leaves this machine for it, whatever the platform. */
  readonly local: boolean;
};

export const VERB_WORDS: Readonly<Record<Verb, VerbWords>> = {
  remove: { title: 'Remove', short: 'remove', past: 'Removed', ruled: true, local: false },
  mute: { title: 'Mute', short: 'mute', past: 'Muted', ruled: true, local: false },
  warn: { title: 'Warn', short: 'warn', past: 'Warned', ruled: true, local: false },
  suspend: { title: 'Suspend', short: 'susp.', past: 'Suspended', ruled: true, local: false },
  dismiss: { title: 'Dismiss', short: 'dismiss', past: 'Dismissed', ruled: false, local: false },
  label: { title: 'Label', short: 'label', past: 'Labelled', ruled: true, local: false },
  lock: { title: 'Lock', short: 'lock', past: 'Locked', ruled: true, local: false },
  restore: { title: 'Restore', short: 'restore', past: 'Restored', ruled: false, local: false },
  escalate: { title: 'Escalate', short: 'escalate', past: 'Escalated', ruled: false, local: false },
  snooze: { title: 'Snooze', short: 'snooze', past: 'Snoozed', ruled: false, local: true },
  message: { title: 'Message', short: 'msg.', past: 'Message sent', ruled: false, local: false },
};

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  spam: 'Spam', harassment: 'Harassment', hate: 'Hate', violence: 'Violence', 'self-harm': 'Self-harm', sexual: 'Sexual', minors: 'Minors',
  privacy: 'Private information', impersonation: 'Impersonation', misinformation: 'Misinformation', 'off-topic': 'Off-topic',
  'ban-evasion': 'Ban evasion', illegal: 'Illegal', held: 'Held', appeal: 'Appeal', other: 'Other',
};

function detail({ verb, durationMs, labels }: DecisionAction): string {
  const forTime = durationMs === undefined ? '' : durationMs === null ? ' for good' : ` ${duration(durationMs)}`;
  const chosen = (labels ?? []).join(', ');
  if (chosen === '') return forTime;
  // Beside another verb they say how it is done: "Mute for good (kick only)".
  return verb === 'label' ? ` ${chosen}${forTime}` : `${forTime} (${chosen})`;
}

/** What was decided, in words: "Removed, muted 3 d". */
export function decidedWords(actions: readonly DecisionAction[]): string {
  return actions.map((action, index) => {
    const { past } = VERB_WORDS[action.verb];
    return `${index === 0 ? past : past.toLowerCase()}${detail(action)}`;
  }).join(', ');
}

/** What is to be done, in words: "Remove + mute 3 d". */
export function actionWords(actions: readonly DecisionAction[]): string {
  return actions.map((action, index) => {
    const { title } = VERB_WORDS[action.verb];
    return `${index === 0 ? title : title.toLowerCase()}${detail(action)}`;
  }).join(' + ');
}

import type { DecisionAction } from '../contract/queue.ts';
import type { DeliveryState } from '../contract/words.ts';

const UNITS = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000]] as const;

/** A length of time in its largest whole unit: "3 d", "90 min". */
export function sayDuration(ms: number): string {
  const [unit, size] = UNITS.find(([, size]) => ms >= size && ms % size === 0) ?? UNITS.find(([, size]) => ms >= size) ?? ['s', 1000];
  return `${Math.max(1, Math.round(ms / size))} ${unit}`;
}

/** One action in words: "mute 3 d", "suspend for good", "label spam". */
function sayAction(action: DecisionAction): string {
  const labels = action.labels?.length ? ` ${action.labels.join(', ')}` : '';
  if (action.durationMs === null) return `${action.verb}${labels} for good`;
  return `${action.verb}${labels}${action.durationMs === undefined ? '' : ` ${sayDuration(action.durationMs)}`}`;
}

/** A decision in words: "remove + mute 3 d". */
export function sayActions(actions: readonly DecisionAction[]): string {
  return actions.map(sayAction).join(' + ');
}

/** A guideline as people cite it: "2 No harassment". */
export function sayGuideline(guideline: { readonly number: string; readonly title: string }): string {
  return `${guideline.number} ${guideline.title}`;
}

/** Words with a capital at the start of a sentence. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Text on one line within `limit` characters, never cut through a character. */
export function excerpt(text: string, limit: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = Array.from(line.slice(0, limit + 1)).slice(0, limit - 1).join('');
  return `${cut.trimEnd()}…`;
}

export type DeliveryFact = { readonly state: DeliveryState; readonly instance: string; readonly theirs: string | null };

const SAID: Readonly<Record<Exclude<DeliveryState, 'local'>, (where: string, theirs: string | null) => string>> = {
  held: (where) => `held for ${where}`,
  pending: (where) => `waiting for ${where}`,
  sent: (where) => where,
  'handled-there': (where, theirs) => `already done on ${where}${theirs === null ? '' : ` by ${theirs}`}`,
  conflict: (where) => `conflict on ${where}`,
  refused: (where) => `refused by ${where}`,
  failed: (where) => `could not reach ${where}`,
  cancelled: () => 'not sent',
};

/** How deliveries went: one in full, several as counts ("11 of 12 sent, 1 refused"). Null where nothing had to be sent. */
export function sayDeliveries(facts: readonly DeliveryFact[]): string | null {
  const real = facts.flatMap(({ state, instance, theirs }) => (state === 'local' ? [] : [{ state, said: SAID[state](instance, theirs) }]));
  const [first] = real;
  if (first === undefined) return null;
  if (real.every(({ said }) => said === first.said)) return real.length > 1 && first.state === 'sent' ? `${first.said}, all ${real.length} sent` : first.said;
  const counts = new Map<string, number>();
  for (const { state } of real) counts.set(state, (counts.get(state) ?? 0) + 1);
  const sent = counts.get('sent') ?? 0;
  counts.delete('sent');
  return [`${sent} of ${real.length} sent`, ...[...counts].map(([state, n]) => `${n} ${state.replace('-', ' ')}`)].join(', ');
}

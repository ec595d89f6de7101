import type { SubjectType } from '../../contract/words.ts';
import { lookOf } from '../http/known.ts';

/**
 * What one source tells of one thing that AutoMod did. One trigger is told of several times: an event for each action, an
 * audit entry for each, and the alert message.
 */
export type Sighting = {
  readonly source: 'alert' | 'entry' | 'live';
  /** Which of AutoMod's actions; null where it is not told. */
  readonly action: number | null;
  /** By Discord's clock, ms. */
  readonly at: number;
  /** From when on it may have happened, where it was told only later, at `at`; null where `at` is the time. */
  readonly since: number | null;
  /** What stands for it where neither message nor alert has an id. */
  readonly anchor: string;
  readonly user: string | null;
  /** The rule's name. */
  readonly rule: string | null;
  readonly trigger: number | null;
  /** Where it was written, or was to be written. */
  readonly channel: string | null;
  /** The member's message; null where it was blocked, or where the source does not tell. */
  readonly message: string | null;
  readonly alert: string | null;
  readonly alertChannel: string | null;
  readonly content: string | null;
  readonly keyword: string | null;
  readonly matched: string | null;
  readonly timeoutSeconds: number | null;
  /** It is about the member's profile rather than about a message. */
  readonly profile: boolean;
  /** What a moderator did by the alert's own buttons. */
  readonly done: { readonly by: string | null; readonly at: number | null; readonly what: string; readonly deleted: boolean } | null;
};

/** All that is known of one trigger. */
export type Offence = Omit<Sighting, 'source' | 'action' | 'anchor' | 'since'> & {
  /** The report's id: the alert's, else the audit entry's, else made up; whichever was there first. */
  readonly id: string;
  /** Which sightings were united in it. */
  readonly slots: readonly string[];
  readonly actions: readonly number[];
  /** Stands for the content where only a cursor remembers it. */
  readonly look: string | null;
  /** What it is about, as the desk knows it: by then no more may have been known than that there is something. Null until it was given out. */
  readonly as: { readonly type: SubjectType; readonly remoteId: string } | null;
  /** False where only a cursor remembers it: then its words are not here. */
  readonly whole: boolean;
};

/** Sightings of one trigger lie no further apart. */
const TOGETHER_MS = 15_000;

export function slotOf({ source, action }: Sighting): string {
  return `${source.slice(0, 1)}${action ?? ''}`;
}

export function offenceOf(sighting: Sighting): Offence {
  const { source: _source, action, anchor, since: _since, ...told } = sighting;
  return {
    ...told, id: told.alert ?? anchor, slots: [slotOf(sighting)], actions: action === null ? [] : [action],
    look: lookIn(sighting), as: null, whole: true,
  };
}

/** Whether a sighting is of this trigger. Without ids in common, they must agree in all that both tell. */
export function isOf(offence: Offence, sighting: Sighting): boolean {
  if (offence.alert !== null && sighting.alert !== null) return offence.alert === sighting.alert;
  return sighting.user !== null && offence.user === sighting.user && apartMs(offence, sighting) <= TOGETHER_MS && !offence.slots.includes(slotOf(sighting))
    && agree(offence.rule, sighting.rule) && agree(offence.channel, sighting.channel) && agree(offence.message, sighting.message) && agree(offence.look, lookIn(sighting));
}

/** How far an offence lies from when a sighting may have been. */
function apartMs(offence: Offence, { at, since }: Sighting): number {
  return Math.max(0, (since ?? at) - offence.at, offence.at - at);
}

function lookIn({ content }: Sighting): string | null {
  return content === null || content === '' ? null : lookOf([content]);
}

function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

function words(a: string | null, b: string | null): string | null {
  return a === null || a === '' ? b : a;
}

/** What is known with one sighting more. */
export function united(offence: Offence, sighting: Sighting): Offence {
  const fresh = offenceOf(sighting);
  return {
    id: offence.id,
    slots: [...new Set([...offence.slots, ...fresh.slots])],
    actions: [...new Set([...offence.actions, ...fresh.actions])].toSorted((a, b) => a - b),
    at: offence.at, user: offence.user ?? fresh.user, rule: offence.rule ?? fresh.rule, trigger: offence.trigger ?? fresh.trigger,
    channel: offence.channel ?? fresh.channel, message: offence.message ?? fresh.message, alert: offence.alert ?? fresh.alert,
    alertChannel: offence.alertChannel ?? fresh.alertChannel, content: words(offence.content, fresh.content), keyword: words(offence.keyword, fresh.keyword),
    matched: words(offence.matched, fresh.matched), timeoutSeconds: offence.timeoutSeconds ?? fresh.timeoutSeconds,
    profile: offence.profile || fresh.profile, done: fresh.done ?? offence.done, look: offence.look ?? fresh.look, as: offence.as,
    // An audit entry has no words: what a cursor remembers stays without them.
    whole: offence.whole || sighting.source !== 'entry',
  };
}

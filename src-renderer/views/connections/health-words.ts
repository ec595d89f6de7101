import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { assertNever } from '../../../src-main/contract/words.ts';
import type { HealthState } from '../../../src-main/contract/words.ts';

/** How a state is to be taken: all well, nothing to do but wait, or a person has to act. */
export type Tone = 'good' | 'quiet' | 'wait' | 'act';

/** A state of health in words, with the tone that chooses its mark. */
export function healthWords(state: HealthState): { readonly words: string; readonly tone: Tone } {
  switch (state) {
    case 'starting': return { words: 'Starting', tone: 'quiet' };
    case 'first-sync': return { words: 'First sync', tone: 'quiet' };
    case 'live': return { words: 'Up to date', tone: 'good' };
    case 'paused': return { words: 'Paused', tone: 'quiet' };
    case 'offline': return { words: 'Offline', tone: 'wait' };
    case 'rate-limited': return { words: 'Waiting for its rate limit', tone: 'wait' };
    case 'sign-in-needed': return { words: 'Sign in again', tone: 'act' };
    case 'secrets-locked': return { words: 'Secrets are locked', tone: 'act' };
    case 'failing': return { words: 'Failing', tone: 'act' };
    default: return assertNever(state, 'health state');
  }
}

/** What a person can do about it, where there is something; the backend's `problem` says what happened. */
export function remedy(state: HealthState): { readonly words: string; readonly command: 'connection.sync' | 'connection.sign-in' | 'connection.pause' | 'connection.unlock' } | null {
  switch (state) {
    case 'offline': case 'failing': return { words: 'Try now', command: 'connection.sync' };
    case 'sign-in-needed': return { words: 'Sign in again', command: 'connection.sign-in' };
    case 'secrets-locked': return { words: 'Unlock the secrets', command: 'connection.unlock' };
    case 'paused': return { words: 'Resume', command: 'connection.pause' };
    case 'starting': case 'first-sync': case 'live': case 'rate-limited': return null;
    default: return assertNever(state, 'health state');
  }
}

/** A span as people say it: "12 s", "4 min", "3 h", "2 d". Never negative. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

const count = new Intl.NumberFormat();

/** Whether a connection's title already says platform and instance, as the one it gets by itself does. */
export function namesItself({ title, platformTitle, instance }: Pick<ConnectionView, 'title' | 'platformTitle' | 'instance'>): boolean {
  return title.includes(platformTitle) && title.includes(instance);
}

/** The facts beside a connection's name, each a label and a value; only what is known. */
export function healthFacts(health: ConnectionView['health'], now: number): readonly { readonly label: string; readonly value: string }[] {
  const { lastSyncAt, nextSyncAt, pulled, total, waiting, rateLimit, state } = health;
  const facts: ({ readonly label: string; readonly value: string } | null)[] = [
    { label: 'Last sync', value: lastSyncAt === null ? 'not yet' : `${span(now - lastSyncAt)} ago` },
    nextSyncAt === null || state === 'paused' ? null : { label: 'Next sync', value: nextSyncAt <= now ? 'now' : `in ${span(nextSyncAt - now)}` },
    { label: 'Brought in', value: total === null || pulled >= total ? count.format(pulled) : `${count.format(pulled)} of ${count.format(total)}` },
    { label: 'Waiting to be sent', value: waiting === 0 ? 'nothing' : count.format(waiting) },
    rateLimit === null ? null : { label: 'Requests left', value: budget(rateLimit, now) },
  ];
  return facts.filter((fact) => fact !== null);
}

function budget(limit: NonNullable<ConnectionView['health']['rateLimit']>, now: number): string {
  const left = limit.limit === null ? count.format(limit.remaining) : `${count.format(limit.remaining)} of ${count.format(limit.limit)}`;
  return limit.resetAt === null || limit.resetAt <= now ? left : `${left}, full again in ${span(limit.resetAt - now)}`;
}

/** How far a first sync is, from 0 to 1; null where the platform does not say how much there is. */
export function progress(health: ConnectionView['health']): number | null {
  if (health.state !== 'first-sync' || health.total === null || health.total === 0) return null;
  return Math.min(1, health.pulled / health.total);
}

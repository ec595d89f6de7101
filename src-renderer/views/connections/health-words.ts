import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { assertNever } from '../../../src-main/contract/words.ts';
import type { HealthState } from '../../../src-main/contract/words.ts';
import { countWords } from '../../ui/count-words.ts';
import { moment } from '../../ui/time-words.ts';

type Health = ConnectionView['health'];

/** How a state is to be taken: all well, nothing to do but wait, or a person has to act. */
export type Tone = 'good' | 'quiet' | 'wait' | 'act';

/** A state of health in words, with the tone that chooses its mark. */
function healthWords(state: HealthState): { readonly words: string; readonly tone: Tone } {
  switch (state) {
    case 'starting': return { words: 'Signing in', tone: 'quiet' };
    case 'first-sync': return { words: 'First sync', tone: 'quiet' };
    case 'live': return { words: 'Up to date', tone: 'good' };
    case 'paused': return { words: 'Paused', tone: 'quiet' };
    case 'offline': return { words: 'Offline', tone: 'wait' };
    case 'rate-limited': return { words: 'Rate limit', tone: 'wait' };
    case 'sign-in-needed': return { words: 'Sign in again', tone: 'act' };
    case 'secrets-locked': return { words: 'Secrets locked', tone: 'act' };
    case 'failing': return { words: 'Failing', tone: 'act' };
    default: return assertNever(state, 'health state');
  }
}

/** How a connection fares as a whole: one that still takes in what arrived is not up to date yet. */
export function stateWords({ state, arriving }: Pick<Health, 'state' | 'arriving'>): ReturnType<typeof healthWords> {
  return state === 'live' && arriving > 0 ? { words: 'Coming in', tone: 'quiet' } : healthWords(state);
}

/** Whether it goes on only once a person has done something. */
export function needsPerson(state: HealthState): boolean {
  return healthWords(state).tone === 'act';
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

/** One fact about a connection: `note` says more below it; `tone` marks what is not as it should be. */
export type Fact = { readonly label: string; readonly value: string; readonly note: string; readonly tone?: 'wait' | 'act' };

/** Later than this many polls, something keeps it from being asked. */
const LATE_POLLS = 3;
const LATE_GRACE_MS = 30_000;

/** The six facts of a connection, always in the same places. */
export function healthFacts(health: Health, now: number): readonly Fact[] {
  return [lastSync(health, now), lag(health, now), backlog(health), queued(health), outgoing(health), budget(health, now)];
}

function lastSync({ lastSyncAt, nextSyncAt, state }: Health, now: number): Fact {
  const note = state === 'paused' ? 'resumes when you say so' : nextSyncAt === null ? '' : nextSyncAt <= now ? 'next one now' : `next in ${span(nextSyncAt - now)}`;
  return { label: 'Last sync', value: lastSyncAt === null ? 'not yet' : `${span(now - lastSyncAt)} ago`, note };
}

/** What was reported there before the last sync is here; how much later it is now is all that can be missing. */
function lag({ caughtUp, lastSyncAt, newestAt, pollMs }: Health, now: number): Fact {
  const note = newestAt === null ? 'no report yet' : `newest report ${span(now - newestAt)} old`;
  if (!caughtUp || lastSyncAt === null) return { label: 'Lag', value: 'not known yet', note };
  const late = now - lastSyncAt > LATE_POLLS * (pollMs ?? 0) + LATE_GRACE_MS;
  return { label: 'Lag', value: `at most ${span(now - lastSyncAt)}`, note, ...(late ? { tone: 'wait' } : {}) };
}

/** How many reports are still there and not here; null where nobody knows. */
function toCome({ caughtUp, pulled, total, arriving }: Pick<Health, 'caughtUp' | 'pulled' | 'total' | 'arriving'>): number | null {
  if (caughtUp || arriving > 0) return arriving;
  return total === null ? null : Math.max(0, total - pulled);
}

function backlog(health: Health): Fact {
  const left = toCome(health);
  const note = `${countWords(health.pulled)} brought in`;
  if (left === null) return { label: 'Still to come', value: health.pulled === 0 ? 'not known yet' : 'it does not say', note };
  return { label: 'Still to come', value: left === 0 ? 'nothing' : countWords(left), note };
}

function queued({ open }: Health): Fact {
  return { label: 'Open in the queue', value: countWords(open), note: '' };
}

function outgoing({ waiting, attention }: Health): Fact {
  const value = waiting === 0 ? 'nothing' : countWords(waiting);
  if (attention === 0) return { label: 'Waiting to be sent', value, note: '' };
  return { label: 'Waiting to be sent', value, note: attention === 1 ? '1 more needs you' : `${countWords(attention)} more need you`, tone: 'act' };
}

/** Of a budget, so little is left that requests wait soon. */
const SCARCE = 0.1;

function budget({ rateLimit }: Health, now: number): Fact {
  const label = 'Requests left';
  if (rateLimit === null) return { label, value: 'no limit named', note: '' };
  const { remaining, limit, resetAt } = rateLimit;
  const value = limit === null ? countWords(remaining) : `${countWords(remaining)} of ${countWords(limit)}`;
  const note = resetAt === null || resetAt <= now ? '' : `full again in ${span(resetAt - now)}, at ${moment(resetAt, now)}`;
  return { label, value, note, ...(remaining <= (limit ?? 0) * SCARCE ? { tone: 'wait' } : {}) };
}

/** The one thing to know beside the state, for a line of a list. */
export function glance(health: Health, now: number): string {
  const { state, nextSyncAt, open, pulled, total, caughtUp, arriving } = health;
  if (arriving > 0 && caughtUp) return `${countWords(arriving)} to come`;
  if (!caughtUp && (state === 'first-sync' || pulled > 0)) return total === null || pulled > total ? `${countWords(pulled)} so far` : `${countWords(pulled)} of ${countWords(total)}`;
  if ((state === 'offline' || state === 'rate-limited' || state === 'failing') && nextSyncAt !== null) return nextSyncAt <= now ? 'trying now' : `again in ${span(nextSyncAt - now)}`;
  return open === 0 ? '' : `${countWords(open)} open`;
}

/** How far a first sync is, from 0 to 1; null where there is none, or the platform does not say how much there is. */
export function progress({ caughtUp, pulled, total }: Health): number | null {
  if (caughtUp || total === null || total === 0) return null;
  return Math.min(1, pulled / total);
}

/** How far a first sync is in words; null where there is none. */
export function firstSyncWords(health: Health): string | null {
  const { state, caughtUp, pulled, total } = health;
  if (caughtUp || (state !== 'first-sync' && pulled === 0)) return null;
  if (pulled === 0) return 'The first reports are being asked for.';
  const share = progress(health);
  const far = share !== null && total !== null && pulled > total
    // Some count a report of several posts once, which here is a report of each.
    ? `${countWords(pulled)} reports brought in; the platform counts ${countWords(total)} in all.`
    : share === null || total === null ? `${countWords(pulled)} reports brought in so far; the platform does not say how many there are.`
    : `${countWords(pulled)} of ${countWords(total)} reports brought in, ${Math.floor(share * 100)} percent.`;
  if (state === 'first-sync' || state === 'starting') return `${far} You can decide on them already.`;
  return `${far} It stopped there and goes on from there${state === 'paused' ? ' when you resume it' : ''}.`;
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { SUBJECT_TYPES } from '../../contract/words.ts';
import type { Offence } from './offence.ts';
import { snowflake } from './schemas.ts';
import type { Watched, WatchedReport } from './watched.ts';

/** How far sync has read each source. */
export type Position = {
  /** The last message read, by alert channel. */
  readonly alerts: Map<string, string>;
  /** The last entry read of the audit log. */
  audit: string | null;
  /** Up to when the sources were read, by Discord's clock. */
  head: number;
  recent: readonly Offence[];
  watched: readonly Watched[];
};

const maybe = snowflake.nullable();
const words = z.string().nullable();
const offence = z.tuple([z.string(), z.number(), maybe, words, z.number().nullable(), maybe, maybe, maybe, maybe, z.string(), z.array(z.number()), words, z.boolean(), z.string()]);
const shape = z.object({
  v: z.literal(1), alerts: z.record(snowflake, snowflake), audit: maybe, head: z.number(), recent: z.array(offence), watched: z.string(),
});

/** Reads sync's text; null and what is none of ours start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null): Position {
  try {
    const read = shape.parse(JSON.parse(cursor ?? ''));
    return {
      alerts: new Map(Object.entries(read.alerts)), audit: read.audit, head: read.head,
      recent: read.recent.map(([id, at, user, rule, trigger, channel, message, alert, alertChannel, slots, actions, look, profile, name]): Offence => ({
        id, at, user, rule, trigger, channel, message, alert, alertChannel, slots: slots.split(' '), actions, look, profile,
        content: null, keyword: null, matched: null, timeoutSeconds: null, done: null, whole: false, as: nameIn(name),
      })),
      watched: inflateRawSync(Buffer.from(read.watched, 'base64')).toString().split(' ').flatMap(watchedIn),
    };
  } catch {
    return { alerts: new Map(), audit: null, head: 0, recent: [], watched: [] };
  }
}

/** Short, since it is stored with every batch; without anyone's words. */
export function writePosition({ alerts, audit, head, recent, watched }: Position): string {
  return JSON.stringify({
    v: 1, alerts: Object.fromEntries(alerts), audit, head,
    recent: recent.map((one) => [
      one.id, one.at, one.user, one.rule, one.trigger, one.channel, one.message, one.alert, one.alertChannel, one.slots.join(' '), one.actions, one.look, one.profile,
      one.as === null ? '' : `${SUBJECT_TYPES.indexOf(one.as.type)}/${one.as.remoteId}`,
    ]),
    // Thousands of long numbers, many of them the same.
    watched: deflateRawSync(watched.map((one) => [SUBJECT_TYPES.indexOf(one.type), one.remoteId, one.message === one.remoteId ? '=' : one.message ?? '', one.author ?? '', one.channel ?? '', one.reports.map(reportOut).join(','), one.at].join('/')).join(' ')).toString('base64'),
  });
}

function nameIn(text: string): Offence['as'] {
  const [typeText, remoteId] = text.split('/');
  const type = SUBJECT_TYPES[Number(typeText)];
  return type === undefined || typeText === '' || remoteId === undefined ? null : { type, remoteId };
}

function watchedIn(text: string): Watched[] {
  const [typeText, remoteId, message, author, channel, reports = '', at] = text.split('/');
  const type = SUBJECT_TYPES[Number(typeText)];
  if (type === undefined || typeText === '' || remoteId === undefined || at === undefined) return [];
  return [{ type, remoteId, message: message === '=' ? remoteId : message || null, author: author || null, channel: channel || null, reports: reports.split(',').flatMap(reportIn), at: Number(at) }];
}

/** A report goes by its alert's id, as a rule: then the alert, which is `channel:message`, says both. */
function reportOut({ id, alert }: WatchedReport): string {
  if (alert === null) return id;
  return alert.endsWith(`:${id}`) ? alert : `${alert}:${id}`;
}

function reportIn(text: string): WatchedReport[] {
  const [first = '', alert, id = alert] = text.split(':');
  if (first === '') return [];
  return [alert === undefined || id === undefined ? { id: first, alert: null } : { id, alert: `${first}:${alert}` }];
}

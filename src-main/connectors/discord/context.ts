import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { isForbidden, isMissing } from './client.ts';
import type { Client } from './client.ts';
import type { Guild } from './guild.ts';
import { offenceOf } from './offence.ts';
import type { Offence } from './offence.ts';
import type { RecordBook } from './record.ts';
import { message as messageShape, messages } from './schemas.ts';
import type { WireMessage } from './schemas.ts';
import { sightingOfAlert } from './sightings.ts';
import { isAfter, snowflakeAt } from './snowflake.ts';
import { messageIn, subjectOfMessage, subjectOfOffence, unnamed, wordsOf } from './subjects.ts';
import type { Places } from './subjects.ts';

const AROUND = 20;

export type ContextInput = { readonly client: Client; readonly guild: Guild; readonly record: RecordBook; readonly whole: ReadonlyMap<string, Offence> };

/** What was said around a message in its channel, its author as they stand there, and what was done to them of late. */
export async function contextOf(input: ContextInput, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { client, guild, record } = input;
  const { channel } = subject.extra;
  const own = messageIn(subject);
  const near = own ?? subject.extra['near'];
  const userId = subject.type === 'member' ? subject.remoteId : subject.authorId;
  const places = await guild.places(signal);
  const [around, now, member, lines] = await Promise.all([
    channel === undefined || near === undefined ? null : client.glance(`/channels/${channel}/messages?around=${near}&limit=${AROUND}`, messages, 'the conversation', signal),
    subjectNow(input, subject, places, signal),
    userId === null ? null : guild.member(userId, signal),
    userId === null ? [] : record.of(userId, signal),
  ]);
  const members = new Map<string, RemoteMember>();
  if (userId !== null) members.set(userId, member ?? { ...guild.people.get(userId) ?? unnamed(userId), standing: ['not in the server'] });
  const told = (some: readonly WireMessage[]): RemoteSubject[] => some.flatMap((one) => {
    if (one.id === own || one.author === null) return [];
    if (!members.has(one.author.id)) members.set(one.author.id, guild.meet(one.author));
    return [subjectOfMessage(one, channel ?? '', places)];
  });
  const shown = told((around ?? []).toSorted((a, b) => (isAfter(a.id, b.id) ? 1 : -1)));
  const splits = near ?? snowflakeAt(0);
  return {
    before: shown.filter(({ remoteId }) => !isAfter(remoteId, splits)), after: shown.filter(({ remoteId }) => isAfter(remoteId, splits)),
    members: [...members.values()], recent: shown.filter(({ authorId }) => authorId === userId), record: lines,
    subject: now ?? (subject.type === 'member' ? profileOf(subject, member) : null),
  };
}

/** What is reported as it is now: the message itself; for what never was one, its alert; null where nothing is left. */
async function subjectNow({ client, guild, whole }: ContextInput, subject: SubjectRef, places: Places, signal: AbortSignal): Promise<RemoteSubject | null> {
  const { channel, alert } = subject.extra;
  const own = messageIn(subject);
  let posted: RemoteSubject | null = null;
  let worded = false;
  if (own !== null && channel !== undefined) {
    try {
      const now = await client.get(`/channels/${channel}/messages/${own}`, messageShape, 'the message', signal);
      const found = subjectOfMessage(now, channel, places);
      worded = wordsOf(now) !== '';
      posted = { ...found, remoteId: subject.remoteId, extra: { ...found.extra, ...subject.extra } };
    } catch (error) {
      if (isMissing(error)) return null;
      // A channel that the bot may not see tells nothing of whether the message is still there.
      if (!isForbidden(error) || alert === undefined) throw error;
    }
  }
  // Stickers, polls and cards have no words of their own: AutoMod's alert has what it read.
  if (posted !== null && (worded || alert === undefined)) return posted;
  const [alertChannel, alertId] = alert?.split(':') ?? [];
  const told = alertChannel === undefined || alertId === undefined ? null : await client.glance(`/channels/${alertChannel}/messages/${alertId}`, messageShape, 'the alert', signal);
  const triggers = new Map((await guild.rules(signal)).map(({ name, trigger_type: trigger }) => [name ?? '', trigger]));
  const offence = told === null || alertChannel === undefined ? whole.get(subject.remoteId.replace(/^automod-/, '')) : offenceOf(sightingOfAlert(told, alertChannel, triggers));
  if (offence === undefined) return posted;
  const found = subjectOfOffence(offence, places);
  if (posted !== null) return { ...posted, text: found.text || posted.text };
  // It keeps the name under which it was brought.
  return { ...found, type: subject.type, remoteId: subject.remoteId, authorId: subject.authorId, extra: { ...found.extra, ...subject.extra } };
}

function profileOf({ remoteId, extra }: SubjectRef, member: RemoteMember | null): RemoteSubject | null {
  if (member === null) return null;
  return {
    type: 'member', remoteId, authorId: remoteId, extra, text: `${member.name}\n\n${member.handle}`, html: null, createdAt: null, editedAt: null, deletedAt: null, removed: false,
    url: member.url, language: null, place: null, media: [], revision: null,
  };
}

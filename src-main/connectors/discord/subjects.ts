import type { Category } from '../../contract/words.ts';
import type { RemoteMedia, RemoteMember, RemoteReport, RemoteSubject, SubjectRef } from '../connector.ts';
import { ACTION, TRIGGER } from './codes.ts';
import type { Offence } from './offence.ts';
import type { WireAttachment, WireMember, WireMessage, WireUser } from './schemas.ts';
import { snowflakeAt, timeOf } from './snowflake.ts';
import { alertAbout } from './watched.ts';
import type { Watched } from './watched.ts';

/** What a server's subjects are described with. */
export type Places = { readonly guild: string; readonly nameOf: (channel: string) => string | null };

const SITE = 'https://discord.com/channels';

export function memberOf(user: WireUser, member: WireMember | null, now: number): RemoteMember {
  const handle = user.username === null ? `#${user.id}` : `@${user.username}`;
  const until = member?.communication_disabled_until ?? null;
  return {
    remoteId: user.id, name: member?.nick || user.global_name || user.username || `Member ${user.id}`, handle,
    joinedAt: member?.joined_at ?? null, postCount: null,
    standing: [
      ...(until !== null && until > now ? [`timed out until ${shownTime(until)}`] : []),
      ...(member?.pending === true ? ['has not passed membership screening'] : []),
      // resources/guild, "Guild Member Flags".
      ...(((member?.flags ?? 0) & ((1 << 7) | (1 << 10))) === 0 ? [] : ['quarantined by AutoMod']),
      ...(user.bot ? ['an app'] : []),
    ],
    url: `https://discord.com/users/${user.id}`,
  };
}

/** An account of which nothing but its id is told. */
export function unnamed(id: string): RemoteMember {
  return memberOf({ id, username: null, global_name: null, bot: false }, null, 0);
}

export function shownTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What an offence is about: the member's profile, their message, or what AutoMod did not let through. */
export function nameOf({ id, user, profile, message, as }: Offence): Pick<RemoteSubject, 'type' | 'remoteId'> {
  if (as !== null) return as;
  if (profile && user !== null) return { type: 'member', remoteId: user };
  return { type: 'message', remoteId: message ?? `automod-${id}` };
}

/** The id of the message that a subject is; null where it is none, or was not let through. */
export function messageIn({ type, remoteId, extra }: Pick<SubjectRef, 'type' | 'remoteId' | 'extra'>): string | null {
  if (type !== 'message') return null;
  return extra['message'] ?? (/^\d+$/.test(remoteId) ? remoteId : null);
}

/** The alert about it, `channel:message`; null where there is none. */
export function alertKey({ alert, alertChannel }: Pick<Offence, 'alert' | 'alertChannel'>): string | null {
  return alert === null || alertChannel === null ? null : `${alertChannel}:${alert}`;
}

export function subjectOfOffence(offence: Offence, { guild, nameOf: placeOf }: Places): RemoteSubject {
  const { type, remoteId } = nameOf(offence);
  const { message, channel, alert, alertChannel } = offence;
  const url = message !== null && channel !== null ? `${SITE}/${guild}/${channel}/${message}`
    : alert !== null && alertChannel !== null ? `${SITE}/${guild}/${alertChannel}/${alert}` : channel === null ? null : `${SITE}/${guild}/${channel}`;
  return {
    type, remoteId, authorId: offence.user,
    extra: {
      ...(channel === null ? {} : { channel }), ...(alertKey(offence) === null ? {} : { alert: alertKey(offence) ?? '' }),
      ...(message === null || message === remoteId ? {} : { message }),
      ...(type === 'member' ? {} : { near: message ?? alert ?? snowflakeAt(offence.at) }),
    },
    text: offence.content ?? '', html: null, createdAt: message === null ? offence.at : timeOf(message), editedAt: null, deletedAt: null,
    // An alert without a message's id is about something that was not let through (events/gateway-events, `message_id`).
    removed: type === 'message' && message === null && (offence.actions.includes(ACTION.block) || alert !== null), url: type === 'member' ? `https://discord.com/users/${remoteId}` : url,
    language: null, place: placeIn(channel, placeOf), media: [], revision: null,
  };
}

export function placeIn(channel: string | null, placeOf: Places['nameOf']): string | null {
  const name = channel === null ? null : placeOf(channel);
  return name === null ? null : `#${name}`;
}

/** Texts of rule triggers (resources/auto-moderation, "Trigger Types"). */
const TRIGGERS: ReadonlyMap<number, string> = new Map([
  [TRIGGER.keyword, 'keyword'], [TRIGGER.spam, 'spam'], [TRIGGER.preset, 'word list'], [TRIGGER.mentions, 'mention spam'], [TRIGGER.profile, 'member profile'],
]);

export function triggerWords(trigger: number): string {
  return TRIGGERS.get(trigger) ?? `trigger type ${trigger}`;
}

function categoryOf(trigger: number | null): Category {
  return trigger === TRIGGER.spam || trigger === TRIGGER.mentions ? 'spam' : 'other';
}

const DONE: ReadonlyMap<number, string> = new Map([
  [ACTION.block, 'It was blocked.'], [ACTION.alert, 'An alert was sent.'], [ACTION.quarantine, 'The member was quarantined.'],
]);

function commentOf({ rule, trigger, matched, keyword, actions, timeoutSeconds, content }: Offence): string {
  const what = rule !== null ? `AutoMod rule “${rule}”` : trigger === null ? 'AutoMod' : `AutoMod (${triggerWords(trigger)})`;
  const on = matched !== null && matched !== '' ? ` matched “${matched}”${keyword === null || keyword === '' || keyword === matched ? '' : ` (${keyword})`}`
    : keyword === null || keyword === '' ? ' was triggered' : ` matched ${keyword}`;
  const done = actions.map((action) => {
    if (action !== ACTION.timeout) return DONE.get(action) ?? `It did something else (action ${action}).`;
    return timeoutSeconds === null ? 'The member was timed out.' : `The member was timed out for ${timeoutSeconds} seconds.`;
  });
  // The audit log has no words, and without the Message Content Intent the rest has none either.
  return [`${what}${on}.`, ...done, ...(content === null || content === '' ? ['Discord does not tell here what was written.'] : [])].join(' ');
}

export function reportOfOffence(offence: Offence): RemoteReport {
  const { id, rule, trigger, at, done } = offence;
  return {
    remoteId: id, subject: nameOf(offence), reporterId: null, category: categoryOf(trigger),
    remoteCategory: rule ?? (trigger === null ? null : triggerWords(trigger)), comment: commentOf(offence), createdAt: at, open: done === null,
  };
}

/** A message's own words, and those that it forwards. */
export function wordsOf({ content, message_snapshots: forwarded }: WireMessage): string {
  return [content, ...forwarded.map(({ message }) => message.content)].filter((part) => part !== null && part !== '').join('\n\n');
}

/** What stands in a message beside words: a poll's question and answers, stickers by name, else the cards of an app. */
function shownIn({ poll, sticker_items: stickers, embeds }: WireMessage): string {
  const parts = [
    ...(poll === null ? [] : [poll.question.text, ...poll.answers.map(({ poll_media: { text } }) => (text === null ? '· ?' : `· ${text}`))]),
    ...stickers.map(({ name }) => `Sticker: ${name ?? '?'}`),
  ];
  const cards = embeds.flatMap(({ title, description }) => [title, description]);
  return (parts.length > 0 ? parts : cards).filter((part) => part !== null && part !== '').join('\n');
}

/** Its files, and those that it forwards. */
export function attachmentsOf({ attachments, message_snapshots: forwarded }: WireMessage): readonly WireAttachment[] {
  return [...attachments, ...forwarded.flatMap(({ message }) => message.attachments)];
}

/** A message as it is in its channel. */
export function subjectOfMessage(message: WireMessage, channel: string, { guild, nameOf: placeOf }: Places): RemoteSubject {
  return {
    type: 'message', remoteId: message.id, authorId: message.author?.id ?? null, extra: { channel, near: message.id },
    text: wordsOf(message) || shownIn(message), html: null, createdAt: message.timestamp ?? timeOf(message.id), editedAt: message.edited_timestamp, deletedAt: null, removed: false,
    url: `${SITE}/${guild}/${channel}/${message.id}`, language: null, place: placeIn(channel, placeOf), media: attachmentsOf(message).flatMap((one) => mediumOf(one, channel, message.id)), revision: null,
  };
}

/**
 * An attachment's address is signed and ends (reference, "Signed Attachment CDN URLs"): which message to ask for a new one
 * stands behind #, which no server sees.
 */
function mediumOf({ url, content_type: mime, description, filename, width, height }: WireAttachment, channel: string, message: string): RemoteMedia[] {
  if (!URL.canParse(url) || !/^(?:image|video|audio)\//.test(mime ?? '')) return [];
  return [{ url: `${url.split('#')[0] ?? url}#${channel}/${message}`, mime: mime ?? '', alt: description ?? filename ?? '', width, height }];
}

/** What is left of a watched message that was deleted: the words that were brought stay. */
export function deletedSubject(watched: Watched, at: number, { guild, nameOf: placeOf }: Places): RemoteSubject {
  const { type, remoteId, message, author, channel } = watched;
  const alert = alertAbout(watched);
  return {
    type, remoteId, authorId: author,
    extra: { ...(channel === null ? {} : { channel }), ...(alert === null ? {} : { alert }),
      ...(message === null ? {} : { near: message }), ...(message === null || message === remoteId ? {} : { message }),
    },
    text: '', html: null, createdAt: message === null ? null : timeOf(message), editedAt: null, deletedAt: at, removed: false,
    url: channel === null ? null : `${SITE}/${guild}/${channel}/${message ?? ''}`, language: null, place: placeIn(channel, placeOf), media: [], revision: null,
  };
}

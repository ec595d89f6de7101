import { lookOf } from '../http/known.ts';
import type { Rows } from '../http/pending.ts';
import type { RemoteMedia } from '../connector.ts';
import { readMessage } from './message.ts';
import type { ReadMessage } from './message.ts';
import { heldName, momentIn, tagOf } from './names.ts';
import type { List } from './names.ts';
import { memberOf } from './people.ts';
import { held } from './schemas.ts';
import type { WireHeld } from './schemas.ts';
import type { MailmanSettings } from './settings.ts';

/** A held message before its text is read: enough to know whether it is new. */
export type Glimpse = { readonly one: WireHeld; readonly requestId: string; readonly remoteId: string; readonly look: string };

/** Reads an entry of a list of held messages; null where it does not say which it is. */
export function glimpseOf(entry: unknown, list: string): Glimpse | null {
  const one = held.safeParse(entry).data;
  const requestId = one?.request_id ?? /\/held\/(\d+)$/.exec(one?.self_link ?? '')?.[1];
  if (one === undefined || requestId === undefined) return null;
  const at = momentIn(one.hold_date) === null ? null : one.hold_date ?? null;
  const isWhole = at !== null && [one.sender, one.subject, one.reason, one.msg].every((part) => part !== null) && typeof one.msg === 'string';
  return { one, requestId, remoteId: heldName(list, requestId, at), look: isWhole ? lookOf([one.message_id, tagOf(one.http_etag)]) : '' };
}

/** A message that waits for a moderator, in Docket's terms; it is its own report. */
export async function rowsOfHeld({ one, requestId, remoteId, look }: Glimpse, list: List, settings: MailmanSettings, now: number): Promise<Rows> {
  const message = await readMessage(one.msg ?? '');
  const sender = (one.sender || one.moderation_sender || message.from).trim().toLowerCase();
  const authorId = sender === '' ? null : sender;
  const tag = tagOf(one.http_etag);
  const createdAt = momentIn(one.hold_date);
  const about = { type: 'post' as const, remoteId };
  return {
    id: encodeURIComponent(remoteId),
    subject: {
      ...about, authorId, text: wordsOf(one, message), html: message.html, createdAt, editedAt: null, deletedAt: null, removed: false,
      extra: { list: list.id, address: list.address, held: requestId, ...(tag === null ? {} : { seen: tag }) },
      url: settings.web === null ? null : `${settings.web}/lists/${encodeURIComponent(list.id)}/held_messages`,
      language: null, place: `Held · ${list.address}`, media: mediaOf(message, remoteId), revision: tag,
    },
    members: authorId === null ? [] : [memberOf(authorId, message.nameOf(authorId))],
    reports: [{
      remoteId, subject: about, reporterId: null, category: 'held', remoteCategory: one.rule_hits?.join(', ') || null,
      comment: reasonsOf(one), createdAt: createdAt ?? now, open: true,
    }],
    resolutions: [], look, standIn: remoteId,
  };
}

/** Why it is held: the sentence, or the reasons it was made of. */
function reasonsOf({ reason, moderation_reasons: reasons }: WireHeld): string {
  if (reason) return reason;
  return (reasons ?? []).map((one) => {
    if (typeof one === 'string') return one;
    const [sentence = '', ...parts] = one;
    return parts.reduce((filled, part) => filled.replace('{}', part), sentence);
  }).join('; ');
}

function wordsOf(one: WireHeld, message: ReadMessage): string {
  const subject = subjectOf(one, message);
  const others = message.attachments.map(({ name, mime, bytes }) => `Attached: ${name} (${mime}, ${sizeWords(bytes)})`);
  const notes = [
    ...(message.cut || isBegun(one) ? [`(Only the beginning of the message is shown here${typeof one.original_size === 'number' ? `; it has ${sizeWords(one.original_size)}` : ''}.)`] : []),
    // The store keeps one text for each Message-ID; a later message with the same one is held with the earlier's text (measured, 3.3.8).
    ...(isAnothers(one, message) ? ['(Mailman kept the text of an earlier message with the same Message-ID. Accepting sends that text, not the one this subject line came with.)'] : []),
  ];
  return [subject, message.text, others.join('\n'), notes.join('\n')].filter((part) => part.trim() !== '').join('\n\n');
}

/** Whether the text is far from what arrived: one too large to be taken comes with its beginning. */
function isBegun({ msg, original_size: size }: WireHeld): boolean {
  return typeof size === 'number' && typeof msg === 'string' && size > msg.length * 2 + 10_000;
}

/** The subject line as Mailman decoded it, unless it lost letters by that. */
function subjectOf({ subject }: WireHeld, message: ReadMessage): string {
  return subject && !subject.includes('\u{fffd}') ? subject : message.subject ?? subject ?? '';
}

function isAnothers({ subject }: WireHeld, message: ReadMessage): boolean {
  // What the one reader or the other could not decode proves nothing.
  if (!subject || message.subject === null || /\u{fffd}|=\?/u.test(subject + message.subject)) return false;
  return message.subject !== 'Message content lost' && withoutGaps(subject) !== withoutGaps(message.subject);
}

function withoutGaps(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** Pictures, sound and video of a message; they stay reachable as long as it is held. */
function mediaOf({ attachments }: ReadMessage, remoteId: string): readonly RemoteMedia[] {
  return attachments.flatMap(({ name, mime }, place) => (
    /^(?:image|audio|video)\//.test(mime) ? [{ url: mediaUrl(remoteId, place), mime, alt: name, width: null, height: null }] : []
  ));
}

function mediaUrl(remoteId: string, place: number): string {
  return `mailman:${encodeURIComponent(remoteId)}/${place}`;
}

/** Which part of which held message a medium's address names; null for what is no address of this kind. */
export function mediumIn(url: string): { readonly remoteId: string; readonly place: number } | null {
  const [, name, place] = /^mailman:([^/]+)\/(\d{1,4})$/.exec(url) ?? [];
  return name === undefined || place === undefined ? null : { remoteId: decodeURIComponent(name), place: Number(place) };
}

function sizeWords(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

import PostalMime from 'postal-mime';
import type { Address, Attachment, Email, Mailbox } from 'postal-mime';
import { plainText } from '../http/html.ts';

/** What an e-mail says, as far as it can be read. */
export type ReadMessage = {
  readonly subject: string | null;
  /** The address in it; empty where there is none. */
  readonly from: string;
  /** The display name that goes with an address in lower case. */
  readonly nameOf: (address: string) => string;
  readonly text: string;
  readonly html: string | null;
  /** By their place in the message. */
  readonly attachments: readonly { readonly name: string; readonly mime: string; readonly bytes: number }[];
  /** Whether only its beginning was read. */
  readonly cut: boolean;
};

/** So much of a message is parsed where it is shown: a large one would hold up everything else for seconds. */
const MOST_PARSED = 500_000;
/** So much of its words is kept. */
const MOST_WORDS = 60_000;
const ENOUGH_RAW = 4000;

/** Reads a message as Mailman hands it over. What is broken comes as far as it can, at worst as it was written. */
export async function readMessage(raw: string): Promise<ReadMessage> {
  const cut = raw.length > MOST_PARSED;
  const email = await parse(raw.slice(0, MOST_PARSED));
  if (email === null) return { subject: null, from: '', nameOf: () => '', text: raw.slice(0, ENOUGH_RAW), html: null, attachments: [], cut: cut || raw.length > ENOUGH_RAW };
  const html = email.html === undefined || email.html.trim() === '' ? null : email.html.slice(0, MOST_WORDS);
  const written = email.text?.trim() || plainText(html);
  const nothing = written === '' && email.attachments.length === 0 && (email.subject ?? '') === '';
  return {
    subject: email.subject ?? null,
    from: mailboxesIn(email.from)[0]?.address ?? '',
    nameOf: (address) => mailboxesIn(email.from).find((one) => one.address.toLowerCase() === address)?.name.trim() ?? '',
    text: nothing ? raw.slice(0, ENOUGH_RAW).trim() : written.slice(0, MOST_WORDS),
    html,
    attachments: email.attachments.map((one, place) => ({ name: one.filename || one.description || `part ${place + 1}`, mime: one.mimeType, bytes: bytesOf(one).byteLength })),
    cut: cut || written.length > MOST_WORDS,
  };
}

/** One attachment's bytes; null where the message has no such part any more. */
export async function attachmentIn(raw: string, place: number): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
  const one = (await parse(raw))?.attachments[place];
  return one === undefined ? null : { mime: one.mimeType, bytes: bytesOf(one) };
}

/** Python writes header bytes of no known charset as "unknown-8bit" (email.header); nearly always they are UTF-8. */
async function parse(raw: string): Promise<Email | null> {
  try {
    return await PostalMime.parse(raw.replaceAll(/=\?unknown-8bit\?/gi, '=?utf-8?'));
  } catch {
    return null;
  }
}

function mailboxesIn(from: Address | undefined): readonly Mailbox[] {
  return from === undefined ? [] : from.group ?? [from];
}

function bytesOf({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}

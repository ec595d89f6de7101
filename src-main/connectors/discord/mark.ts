/** What an audit entry's reason ends with where an order of Docket's caused it: the order's id, in fewer letters. */
const MARK = /\[docket ([\w-]{22})\]$/;
/** "1-512 URL-encoded UTF-8 characters" (resources/audit-log, "Audit Log Entry Object"). */
const MOST = 512;

/** A reason without its mark, for people. */
export function reasonWords(reason: string | null): string {
  return (reason ?? '').replace(MARK, '').trim();
}

/** An order's id, a uuid, as 22 letters. */
export function shortId(orderId: string): string {
  return Buffer.from(orderId.replaceAll('-', ''), 'hex').toString('base64url');
}

/** The header X-Audit-Log-Reason, URL-encoded: the reason as far as there is room, and the mark. */
export function auditReason(words: string, orderId: string): string {
  const mark = encodeURIComponent(`[docket ${shortId(orderId)}]`);
  let text = '';
  for (const letter of words.toWellFormed().replaceAll(/\s+/g, ' ').trim()) {
    const encoded = encodeURIComponent(letter);
    if (text.length + encoded.length + 3 + mark.length > MOST) break;
    text += encoded;
  }
  return text === '' ? mark : `${text}%20${mark}`;
}

/** The order that caused an entry with this reason; null where none of ours did. */
export function orderIn(reason: string | null): string | null {
  const hex = Buffer.from(MARK.exec(reason ?? '')?.[1] ?? '', 'base64url').toString('hex');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
}

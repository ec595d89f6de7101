import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a message's time may be off (Standard Webhooks specification, "Webhook timestamp"). */
const TOLERANCE_MS = 5 * 60_000;

/** The shortest key that the specification knows; what is shorter is a phrase and no base64. */
const LEAST_KEY_BYTES = 24;

/**
 * The keys a signing secret may stand for, the likeliest first. `whsec_` marks base64 (Standard Webhooks, "Signature
 * scheme"); its libraries take a secret without the mark as base64 too, while a phrase somebody made up is meant as it is.
 */
export function keysOf(secret: string): readonly Buffer[] {
  const text = secret.trim();
  // An empty key would let anybody sign.
  if (text === '') return [];
  const marked = text.startsWith('whsec_');
  const rest = marked ? text.slice('whsec_'.length) : text;
  const decoded = Buffer.from(rest, 'base64');
  const isBase64 = decoded.length > 0 && decoded.toString('base64').replace(/=+$/, '') === rest.replace(/=+$/, '');
  if (marked && isBase64) return [decoded];
  return isBase64 && decoded.length >= LEAST_KEY_BYTES ? [decoded, Buffer.from(text, 'utf8')] : [Buffer.from(text, 'utf8')];
}

/** Signs a message as Standard Webhooks says: the headers to send with it. `at` in ms; `secret` is not empty. */
export function signMessage(secret: string, id: string, at: number, body: string): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const [key = Buffer.alloc(0)] = keysOf(secret);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${standardDigest(key, id, timestamp, Buffer.from(body, 'utf8')).toString('base64')}` };
}

function standardDigest(key: Buffer, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

/** Why a message is not believed: what the sender is not told, but the person at the desk may have to know. */
export type Disbelief = 'unsigned' | 'old' | 'wrong-signature';

/** Checks a message signed as Standard Webhooks says; answers its id, or why it is not believed. */
export function checkStandard(secret: string, headers: Headers, body: Uint8Array, now: number): { readonly id: string } | Disbelief {
  // Svix, where the scheme comes from, sends it under its own name too (Svix documentation, "Verifying webhooks manually").
  const [id = '', timestamp = '', signatures = ''] = ['id', 'timestamp', 'signature'].map((name) => headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`) ?? '');
  if (id === '' || !/^\d{1,12}$/.test(timestamp) || signatures === '') return 'unsigned';
  // Several at once while a secret is changed over, each with its version ("Multiple signatures").
  const given = signatures.split(' ').flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []));
  const right = keysOf(secret).some((key) => {
    const wanted = standardDigest(key, id, timestamp, body);
    return given.some((each) => sameBytes(each, wanted));
  });
  if (!right) return 'wrong-signature';
  return Math.abs(now - Number(timestamp) * 1000) > TOLERANCE_MS ? 'old' : { id };
}

/**
 * Checks a plain HMAC-SHA256 of the body in hexadecimal or base64, with `sha256=` before it or not: X-Hub-Signature-256
 * (GitHub, "Validating webhook deliveries"), X-Hub-Signature (Mastodon, "Admin webhooks"), X-Discourse-Event-Signature;
 * in base64 X-Shopify-Hmac-SHA256 (Shopify, "Verify a webhook").
 */
export function checkHmac(secret: string, signature: string | null, body: Uint8Array): 'right' | Disbelief {
  const [, hex, base64] = /^(?:sha256=)?(?:([0-9a-f]{64})|([0-9a-z+/_-]{43}=?))$/i.exec(signature?.trim() ?? '') ?? [];
  const given = hex === undefined ? base64 === undefined ? null : Buffer.from(base64, 'base64') : Buffer.from(hex, 'hex');
  const key = secret.trim();
  if (given === null || key === '') return signature === null ? 'unsigned' : 'wrong-signature';
  return sameBytes(given, createHmac('sha256', key).update(body).digest()) ? 'right' : 'wrong-signature';
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

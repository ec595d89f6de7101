import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { checkHmac, checkStandard, signMessage } from '../../../../src-main/connectors/mapped/sign.ts';

/** The test vector of the Standard Webhooks libraries ("sign function works"). */
const VECTOR = { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}', signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
function headers(more: Readonly<Record<string, string>> = {}): Headers {
  return new Headers({ 'webhook-id': VECTOR.id, 'webhook-timestamp': String(VECTOR.at / 1000), 'webhook-signature': VECTOR.signature, ...more });
}

describe('Standard Webhooks', () => {
  test.each([VECTOR.secret, VECTOR.secret.slice('whsec_'.length), ` ${VECTOR.secret}\n`])('the published vector is signed and believed, with the secret as %j', (secret) => {
    expect(signMessage(secret, VECTOR.id, VECTOR.at, VECTOR.body)['webhook-signature']).toBe(VECTOR.signature);
    expect(checkStandard(secret, headers(), bytes(VECTOR.body), VECTOR.at)).toEqual({ id: VECTOR.id });
  });

  test.each([
    ['one of several signatures', { 'webhook-signature': `v1a,c2lnbmVk v1,AAAA ${VECTOR.signature}` }, VECTOR.at, { id: VECTOR.id }],
    ['at the end of five minutes', {}, VECTOR.at + 300_000, { id: VECTOR.id }],
    ['after five minutes', {}, VECTOR.at + 301_000, 'old'],
    ['more than five minutes early', {}, VECTOR.at - 301_000, 'old'],
    ['another id', { 'webhook-id': 'msg_other' }, VECTOR.at, 'wrong-signature'],
    ['another time', { 'webhook-timestamp': String(VECTOR.at / 1000 + 1) }, VECTOR.at, 'wrong-signature'],
    ['a version that nobody knows', { 'webhook-signature': VECTOR.signature.replace('v1', 'v9') }, VECTOR.at, 'wrong-signature'],
    ['a signature that is cut off', { 'webhook-signature': VECTOR.signature.slice(0, 20) }, VECTOR.at, 'wrong-signature'],
    ['no signature', { 'webhook-signature': '' }, VECTOR.at, 'unsigned'],
    ['no id', { 'webhook-id': '' }, VECTOR.at, 'unsigned'],
    ['a time that is none', { 'webhook-timestamp': 'yesterday' }, VECTOR.at, 'unsigned'],
  ])('%s', (_, more, now, wanted) => {
    expect(checkStandard(VECTOR.secret, headers(more), bytes(VECTOR.body), now)).toEqual(wanted);
  });

  test('headers under Svix’s own name are the same', () => {
    const given = new Headers({ 'svix-id': VECTOR.id, 'svix-timestamp': String(VECTOR.at / 1000), 'svix-signature': VECTOR.signature });
    expect(checkStandard(VECTOR.secret, given, bytes(VECTOR.body), VECTOR.at)).toEqual({ id: VECTOR.id });
  });

  test('another body, and another secret, are not believed', () => {
    expect(checkStandard(VECTOR.secret, headers(), bytes(`${VECTOR.body} `), VECTOR.at)).toBe('wrong-signature');
    expect(checkStandard('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', headers(), bytes(VECTOR.body), VECTOR.at)).toBe('wrong-signature');
  });

  test('agrees with the library about any message; a phrase is a secret too', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.string({ unit: 'grapheme' }), fc.uuid(), (key, body, id) => {
      const secret = `whsec_${Buffer.from(key).toString('base64')}`;
      const sent = signMessage(secret, id, VECTOR.at, body);
      expect(sent['webhook-signature']).toBe(new Webhook(secret).sign(id, new Date(VECTOR.at), body));
      expect(checkStandard(secret, new Headers(sent), bytes(body), VECTOR.at)).toEqual({ id });
    }));
    const raw = new Webhook('a phrase that we made up', { format: 'raw' });
    expect(signMessage('a phrase that we made up', 'm', VECTOR.at, '{}')['webhook-signature']).toBe(raw.sign('m', new Date(VECTOR.at), '{}'));
  });

  test.each(['whsec_', 'whsec_!!', '', ' '])('the secret %j never becomes an empty key', (secret) => {
    const forged = `v1,${createHmac('sha256', '').update(`m.${VECTOR.at / 1000}.{}`).digest('base64')}`;
    expect(checkHmac(secret, createHmac('sha256', '').update('{}').digest('hex'), bytes('{}'))).toBe('wrong-signature');
    const given = new Headers({ 'webhook-id': 'm', 'webhook-timestamp': String(VECTOR.at / 1000), 'webhook-signature': forged });
    expect(checkStandard(secret, given, bytes('{}'), VECTOR.at)).toBe('wrong-signature');
  });
});

describe('HMAC of the body', () => {
  // GitHub, "Validating webhook deliveries", "Testing the webhook payload validation".
  const signature = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  const secret = 'It\'s a Secret to Everybody';

  const base64 = Buffer.from(signature, 'hex').toString('base64');
  test.each([`sha256=${signature}`, signature, ` sha256=${signature.toUpperCase()} `, base64, `sha256=${base64}`, base64.replace('=', '')])('the published vector is believed as %j', (given) => {
    expect(checkHmac(secret, given, bytes('Hello, World!'))).toBe('right');
  });

  test.each([[null, 'unsigned'], ['', 'wrong-signature'], ['sha1=abc', 'wrong-signature'], [`sha256=${signature.slice(1)}0`, 'wrong-signature'], [`sha512=${signature}`, 'wrong-signature'], [`${base64}AA`, 'wrong-signature'], [base64.toLowerCase(), 'wrong-signature']])('%j is not', (given, why) => {
    expect(checkHmac(secret, given, bytes('Hello, World!'))).toBe(why);
  });
});

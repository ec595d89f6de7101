import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import type { WireFault } from '../../support/wire-faults.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { KEY, USER_KEY } from './server.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

/** A session of a form that was filled in anew. */
function opened(values: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): Session {
  desk.io.secrets.clear();
  return again(values, secrets);
}

function again(values: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): Session {
  const whole = { url: desk.forum.server.origin, ...values };
  desk.io.use(whole, secrets);
  return discourse.open(desk.io, whole);
}

/** What the forum shows after the moderator allowed it: the key, encrypted, in lines of Base64 (UserApiKeysController#create). */
function shown(page: string, change: Readonly<Record<string, string>> = {}): string {
  const asked = new URL(page).searchParams;
  const text = JSON.stringify({ key: USER_KEY, nonce: asked.get('nonce'), push: false, api: 4, ...change });
  const encrypted = publicEncrypt({ key: createPublicKey(asked.get('public_key') ?? ''), padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text));
  return `${encrypted.toString('base64').replaceAll(/.{60}/g, '$&\n')}\n`;
}

/** How a key that the forum does not know is answered, as is what an account may not see. */
const REFUSED: WireFault = { name: 'refused', means: [], send: (response) => void response.writeHead(403, { 'content-type': 'application/json' }).end('{"errors":["You are not permitted to view the requested resource."],"error_type":"invalid_access"}') };

describe('a key of the moderator\'s own', () => {
  test('is asked for in the browser, pasted, and kept', async () => {
    await expect(opened({}, {}).verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('paste it into “Text from the forum”') });
    const page = new URL(desk.io.opened.at(-1) ?? '');
    expect([page.pathname, page.searchParams.get('scopes'), page.searchParams.has('auth_redirect')]).toEqual(['/user-api-key/new', 'read,write', false]);
    const account = await again({}, { answer: shown(page.href) }).verify(signal);
    expect(account).toMatchObject({ name: '@ines', scopes: ['review', 'moderator'], missing: [], pollMs: 120_000 });
    const sent = desk.forum.server.requests.at(-1)?.headers;
    expect([sent?.['user-api-key'], sent?.['user-api-client-id'], sent?.['api-key']]).toEqual([USER_KEY, page.searchParams.get('client_id'), undefined]);
    // The next session needs the text no more; the private key was never written down.
    expect(await again({}, {}).verify(signal)).toMatchObject({ name: '@ines' });
    expect([...desk.io.secrets.values()].join(' ')).not.toMatch(/PRIVATE KEY/);
  });

  test.each([
    ['another machine\'s', (page: string) => shown(page, { nonce: 'other' })], ['half a', (page: string) => shown(page).slice(0, 90)], ['no', () => 'see the forum'],
  ])('from %s text is refused, and says how to go on', async (_whose, text) => {
    await expect(opened({}, {}).verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
    await expect(again({}, { answer: text(desk.io.opened.at(-1) ?? '') }).verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('paste the new text') });
  });

  test('that was revoked asks for a new one', async () => {
    await expect(opened({}, {}).verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
    const stale = again({}, { answer: shown(desk.io.opened.at(-1) ?? '', { key: 'revoked' }) });
    await expect(stale.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('may have been revoked') });
  });

  test('that ends while it is at work is not taken for an account without a role, and is asked for again in the browser; the new text serves for the form\'s test and for what is saved', async () => {
    await expect(opened({}, {}).verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
    const session = again({}, { answer: shown(desk.io.opened.at(-1) ?? '') });
    await session.verify(signal);
    const heal = desk.forum.server.plan({ fault: REFUSED });
    await expect(session.pull(null, signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('Choose “Sign in again”') });
    expect(desk.io.opened).toHaveLength(1);
    await expect(session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('paste it into “Text from the forum”') });
    expect(desk.io.opened).toHaveLength(2);
    heal();
    const answer = shown(desk.io.opened.at(-1) ?? '');
    expect(await opened({}, { answer }).verify(signal)).toMatchObject({ name: '@ines' });
    expect(await opened({}, { answer }).verify(signal)).toMatchObject({ name: '@ines' });
  });

  test('names the account by itself, so that its own claims and reviews are known', async () => {
    await expect(opened({}, {}).verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
    const session = again({}, { answer: shown(desk.io.opened.at(-1) ?? '') });
    desk.forum.claiming = 'optional';
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    await desk.pull();
    desk.forum.claims.set(item.topicId ?? 0, desk.ines);
    expect(await session.deliver(desk.order('dismiss', post), signal)).toMatchObject({ kind: 'done' });
  });
});

describe('what is missing is said with where to get it', () => {
  test('an API key without a username', async () => {
    await expect(opened({}, { key: KEY }).verify(signal)).rejects.toMatchObject({ kind: 'settings', message: expect.stringContaining('username is missing') });
  });

  test('an account that the forum knows and does not let into the queue', async () => {
    const heal = desk.forum.server.plan({ route: 'GET /review.json', fault: REFUSED });
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('make it a moderator') });
    heal();
  });

  test('an address where no forum is, such as one without its subfolder', async () => {
    const elsewhere = discourse.open(desk.io, { url: `${desk.forum.server.origin}/not-here`, username: 'ines' });
    await expect(elsewhere.verify(signal)).rejects.toMatchObject({ kind: 'unintelligible', message: expect.stringContaining('subfolder') });
  });

  test('a key that does not say whose it is signs in by the profile', async () => {
    desk.forum.bareKeys = true;
    expect(await desk.session.verify(signal)).toMatchObject({ name: '@ines', scopes: ['review', 'moderator'] });
  });
});

import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectorIo } from '../../../src-main/connectors/connector.ts';
import { waitForRedirect } from '../../../src-main/connectors/http/oauth-redirect.ts';
import { refreshTokens, signInWithBrowser } from '../../../src-main/connectors/http/oauth.ts';
import type { OAuthClient } from '../../../src-main/connectors/http/oauth.ts';
import { noIntake, noSocket } from '../../support/connector-io.ts';
import { startFarSide } from '../../support/http-far-side.ts';
import type { FarSide } from '../../support/http-far-side.ts';

const never = new AbortController().signal;
let far: FarSide;
let granted: URLSearchParams[];
beforeEach(async () => {
  far = await startFarSide();
  granted = [];
  far.answer((request, response) => void text(request).then((body) => {
    const form = new URLSearchParams(body);
    granted.push(form);
    if (form.get('refresh_token') === 'revoked') return response.writeHead(400).end('{"error":"invalid_grant"}');
    if (form.get('refresh_token') === 'ended') return response.end('{"error":"invalid_grant"}');
    if (request.headers.authorization === `Basic ${btoa('docket:wrong')}`) return response.writeHead(401).end('{"message":"Unauthorized","error":401}');
    return response.end(JSON.stringify({ access_token: 'access', expires_in: 60, scope: 'read write', ...(form.has('code') ? { refresh_token: 'refresh' } : {}) }));
  }));
});
afterEach(() => far.close());

/** A person at the system's browser: sees the page's address and does something about it. */
function ioWith(browse: (page: URL) => unknown): ConnectorIo {
  return {
    connectionId: 'c', fetch, socket: noSocket, ...noIntake, now: () => 1000, random: () => 0.5, secret: () => Promise.resolve(null), keepSecret: () => Promise.resolve(),
    log: () => undefined, wake: () => undefined,
    async openExternal(url) {
      await browse(new URL(url));
    },
  };
}

const client = (): OAuthClient => ({ authorizeUrl: `${far.origin}/authorize`, tokenUrl: `${far.origin}/token`, clientId: 'docket', scopes: ['read', 'write'] });

describe('signing in through the browser', () => {
  test('the code that comes back with our state is changed for tokens, proved by the verifier', async () => {
    let challenge: string | null = null;
    let page = '';
    const io = ioWith(async (url) => {
      challenge = url.searchParams.get('code_challenge');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      expect([back.hostname, url.searchParams.get('code_challenge_method'), url.searchParams.get('scope')]).toEqual(['127.0.0.1', 'S256', 'read write']);
      for (const [state, status] of [['forged', 404], [url.searchParams.get('state') ?? '', 200]] as const) {
        back.search = new URLSearchParams({ code: `code-${state === 'forged' ? 'forged' : 'real'}`, state }).toString();
        const answer = await fetch(back);
        expect(answer.status).toBe(status);
        page = await answer.text();
      }
    });
    const { tokens } = await signInWithBrowser(io, async () => client(), never);
    expect(tokens).toEqual({ accessToken: 'access', refreshToken: 'refresh', expiresAt: 61_000, scopes: ['read', 'write'] });
    expect(page).toBe('Docket is signed in. You can close this page.');
    expect(granted.map((form) => form.get('code'))).toEqual(['code-real']);
    expect(createHash('sha256').update(granted[0]?.get('code_verifier') ?? '').digest('base64url')).toBe(challenge);
  });

  test('access denied in the browser is told', async () => {
    const io = ioWith((url) => fetch(`${url.searchParams.get('redirect_uri')}?error=access_denied&state=${url.searchParams.get('state')}`));
    await expect(signInWithBrowser(io, async () => client(), never)).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('a redirect address that is registered beforehand is the one that is used; a taken port is told', async () => {
    const taken = await startFarSide();
    const io = ioWith(async (url) => {
      await fetch(`${url.searchParams.get('redirect_uri')}?code=c&state=${url.searchParams.get('state')}`);
    });
    await expect(signInWithBrowser(io, async () => client(), never, `${taken.origin}/back`)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining(`${taken.origin}/back`) });
    await taken.close();
    await signInWithBrowser(io, async () => ({ ...client(), parameters: { duration: 'permanent' } }), never, `${taken.origin}/back`);
    expect(granted.map((form) => form.get('redirect_uri'))).toEqual([`${taken.origin}/back`]);
  });

  test('one that was given up before the port was open waits for nobody', async () => {
    const stop = new AbortController();
    const opening = waitForRedirect('state', stop.signal);
    stop.abort(new Error('another session took over'));
    const redirect = await opening;
    await expect(redirect.code).rejects.toThrow('another session took over');
    redirect.close();
  });

  test('a person who changes their mind ends it', async () => {
    const stop = new AbortController();
    const io = ioWith(() => stop.abort(new Error('cancelled')));
    await expect(signInWithBrowser(io, async () => client(), stop.signal)).rejects.toThrow('cancelled');
  });
});

describe('refreshing', () => {
  test('keeps the refresh token where the server sends no new one', async () => {
    expect(await refreshTokens(ioWith(() => undefined), client(), 'old', never)).toMatchObject({ accessToken: 'access', refreshToken: 'old' });
  });

  test('a revoked one asks to sign in again', async () => {
    await expect(refreshTokens(ioWith(() => undefined), client(), 'revoked', never)).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('so does one that is refused with status 200', async () => {
    await expect(refreshTokens(ioWith(() => undefined), client(), 'ended', never)).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('where the client signs its requests in a header, nothing of it is in the body, and a wrong secret is named', async () => {
    await refreshTokens(ioWith(() => undefined), { ...client(), basic: true }, 'old', never);
    expect([...granted[0]?.keys() ?? []]).toEqual(['grant_type', 'refresh_token']);
    await expect(refreshTokens(ioWith(() => undefined), { ...client(), basic: true, clientSecret: 'wrong' }, 'old', never)).rejects.toMatchObject({ message: expect.stringContaining('client id') });
  });
});

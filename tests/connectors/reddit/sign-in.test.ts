import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reddit } from '../../../src-main/connectors/reddit/reddit.ts';
import { allowing } from '../../support/allowing.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { CLIENT } from './server.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.far.close());

const REDIRECT = 'http://127.0.0.1:18231/back';

function values(): { readonly client: string; readonly api: string; readonly redirect: string } {
  return { client: CLIENT, api: desk.far.server.origin, redirect: REDIRECT };
}

function tokenRequests(): readonly string[] {
  return desk.far.server.requests.filter(({ path }) => path.startsWith('/api/v1/access_token')).map(({ text }) => new URLSearchParams(text).get('grant_type') ?? '');
}

describe('the form', () => {
  test('the host is the instance, the same for the API and the site', () => {
    expect([reddit.instance({ client: 'x' }), reddit.instance({ client: 'x', api: 'https://oauth.reddit.com' }), reddit.instance({ client: 'x', api: 'http://127.0.0.1:8080' })]).toEqual(['reddit.com', 'reddit.com', '127.0.0.1:8080']);
  });

  test.each([[{}, 'client id'], [{ client: 'x', subreddits: 'no/name!' }, 'subreddit'], [{ client: 'x', redirect: 'https://elsewhere.example/' }, 'this machine']])('refuses %o with what is wrong', (given, words) => {
    expect(() => reddit.instance(given)).toThrow(expect.objectContaining({ kind: 'settings', message: expect.stringContaining(words) }));
  });
});

describe('signing in', () => {
  test('in the browser: permanent, with PKCE, at the registered address; id and secret go in a header', async () => {
    desk.io.secrets.delete('refreshToken');
    const session = reddit.open(allowing(desk.io, () => 'good'), values());
    expect((await session.verify(signal)).name).toBe('u/ines');
    const page = new URL(desk.io.opened[0] ?? '');
    expect([page.origin + page.pathname, ...['client_id', 'response_type', 'duration', 'redirect_uri', 'code_challenge_method'].map((name) => page.searchParams.get(name))]).toEqual([
      `${desk.far.server.origin}/api/v1/authorize`, CLIENT, 'code', 'permanent', REDIRECT, 'S256',
    ]);
    expect(page.searchParams.get('scope')).toBe('identity mysubreddits read history modposts modcontributors modlog modnote modmail modconfig');
    await reddit.open(allowing(desk.io, () => 'good'), values()).verify(signal);
    expect([tokenRequests(), desk.io.opened.length]).toEqual([['authorization_code'], 1]);
  });

  test('a code that Reddit refuses with status 200 is no sign-in', async () => {
    desk.io.secrets.delete('refreshToken');
    await expect(reddit.open(allowing(desk.io, () => 'bad'), values()).verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('a token that ends in the middle of the work is renewed without a person', async () => {
    await desk.session.verify(signal);
    desk.far.accessToken = 'revoked';
    desk.far.report(desk.far.add({ sub: 'harbour', author: 'piet' }).name, 'Rude');
    await desk.pull();
    expect([desk.subjects.size, tokenRequests().length, desk.io.opened]).toEqual([1, 2, []]);
    desk.io.pass(86_400_000);
    await desk.pull();
    expect(tokenRequests()).toHaveLength(3);
  });

  test('a refresh token that was revoked says what to do; a new one is taken', async () => {
    await desk.session.verify(signal);
    desk.far.refreshToken = 'refresh-2';
    desk.far.accessToken = 'revoked';
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('Give a new one') });
    desk.io.secrets.set('refreshToken', 'refresh-2');
    await expect(desk.session.verify(signal)).resolves.toMatchObject({ name: 'u/ines' });
    expect(desk.io.opened).toEqual([]);
  });

  test('an app with a secret needs it', async () => {
    desk.far.secret = 'hush';
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('client id') });
    desk.io.secrets.set('clientSecret', 'hush');
    await expect(desk.session.verify(signal)).resolves.toMatchObject({ name: 'u/ines' });
  });

  test('each request says who runs the client, by name as soon as it is known', async () => {
    await desk.session.verify(signal);
    expect([...new Set(desk.far.server.requests.map(({ headers }) => headers['user-agent']))]).toEqual([
      'desktop:docket.docket-app:v0.1.0 (moderation desk)', 'desktop:docket.docket-app:v0.1.0 (by /u/ines)',
    ]);
  });

  test('a spent budget is waited out', async () => {
    desk.far.remaining = 0;
    await desk.session.verify(signal).catch(() => undefined);
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'rate-limited' });
    desk.io.pass(56_000);
    desk.far.remaining = 100;
    await expect(desk.session.verify(signal)).resolves.toMatchObject({ name: 'u/ines' });
  });
});

describe('what is missing is named, and where to grant it', () => {
  test('nothing, where all is there', async () => {
    const { missing, capabilities } = await desk.session.verify(signal);
    expect([missing, Object.values(capabilities.post ?? {}).every(({ can }) => can)]).toEqual([[], true]);
  });

  test('scopes by name, and what cannot be done without them', async () => {
    desk.far.scopes = 'identity read modposts mysubreddits history modlog modnote';
    const { missing, capabilities, scopes } = await desk.session.verify(signal);
    expect(missing).toEqual(['The sign-in lacks modcontributors, modmail, modconfig. Sign in again and allow everything that is asked for, or make the refresh token with these scopes.']);
    expect(scopes).toContain('modposts');
    expect([capabilities.post?.dismiss?.can, capabilities.post?.suspend?.can, capabilities.post?.warn?.can]).toEqual([true, false, false]);
    expect(capabilities.post?.remove).toMatchObject({ can: true, message: false });
  });

  test('permissions by subreddit', async () => {
    desk.far.subs.set('harbour', { permissions: ['posts', 'mail'] });
    desk.far.subs.set('harbourtalk', { permissions: ['all'] });
    const one = await desk.session.verify(signal);
    expect(one.missing).toEqual(['u/ines has no "access" permission (Manage Users) in r/harbour, and cannot ban and mute there. Someone with all permissions can give it under Mod tools, Moderators.']);
    expect(one.capabilities.post?.suspend?.can).toBe(true);
    desk.far.subs.delete('harbourtalk');
    expect((await desk.session.verify(signal)).capabilities.post?.suspend).toEqual({ can: false, why: one.missing[0] });
  });

  test('permissions that the list leaves out are looked up; none at all are none', async () => {
    desk.far.saysPermissions = false;
    expect((await desk.session.verify(signal)).missing).toEqual([]);
    desk.far.subs.set('harbour', { permissions: [] });
    const { missing, capabilities } = await desk.session.verify(signal);
    expect([missing.length, capabilities.post?.dismiss?.can]).toEqual([3, false]);
  });

  test('subreddits that the account does not moderate', async () => {
    const session = reddit.open(desk.io, { ...values(), subreddits: 'Harbour, elsewhere' });
    expect((await session.verify(signal)).missing).toEqual(['u/ines does not moderate r/elsewhere. Someone with all permissions there can invite the account under Mod tools, Moderators.']);
    desk.far.subs.clear();
    const { missing, capabilities } = await desk.session.verify(signal);
    expect(missing).toEqual(['u/ines does not moderate any subreddit. Sign in with a moderator\'s account.']);
    expect(capabilities.post?.dismiss).toEqual({ can: false, why: missing[0] });
  });

  test('a sign-in that does not show what is moderated is tried', async () => {
    desk.far.scopes = 'identity read modposts';
    expect((await desk.session.verify(signal)).capabilities.post?.dismiss?.can).toBe(true);
  });

  test('a queue that is not shown says what to change', async () => {
    desk.far.subs.set('harbour', { permissions: ['mail'] });
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('"posts" permission') });
  });

  test('a page of Reddit\'s network is no lack of a permission', async () => {
    const heal = desk.far.server.plan({ route: 'GET /r/:sub/about/:list', fault: { name: 'blocked', means: ['refused'], send(response) { response.writeHead(403, { 'content-type': 'text/html' }).end('<html><body>whoa there, pardner!</body></html>'); } } });
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('block this network') });
    heal();
  });

  test('a name that Reddit answers with a search of subreddits', async () => {
    const heal = desk.far.server.plan({ route: 'GET /r/:sub/about/:list', fault: { name: 'search', means: ['refused'], send(response) { response.writeHead(200, { 'content-type': 'application/json' }).end('{"kind":"Listing","data":{"after":null,"children":[{"kind":"t5","data":{"name":"t5_1","id":"1","display_name":"other"}}]}}'); } } });
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'settings' });
    heal();
  });
});

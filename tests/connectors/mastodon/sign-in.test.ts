import { afterEach, describe, expect, test } from 'vitest';
import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import { allowing } from '../../support/allowing.ts';
import { openDesk, startFarDesk } from './desk.ts';
import type { FarDesk } from './desk.ts';
import type { Kind } from './world.ts';

let at: FarDesk;
afterEach(() => at.far.close());

async function start(kind: Kind = 'mastodon', token?: string | null): Promise<FarDesk> {
  at = await startFarDesk(kind, token);
  return at;
}

/** The scripted server checks the verifier against it. */
function challenge(page: URL): string {
  return page.searchParams.get('code_challenge') ?? '';
}

function registrations(): number {
  return at.far.server.requests.filter(({ path }) => path === '/api/v1/apps').length;
}

describe('the form', () => {
  test('the host is the instance', async () => {
    await start();
    expect(mastodon.instance({ server: 'https://far.example:8443/' })).toBe('far.example:8443');
  });

  test.each([{}, { server: 'no address' }])('refuses %o with what is missing', async (values) => {
    await start();
    expect(() => mastodon.instance(values)).toThrow(expect.objectContaining({ kind: 'settings' }));
  });
});

describe('signing in without a token', () => {
  test('registers an app, sends the person to the browser with PKCE, and keeps the sign-in', async () => {
    const { far, io, desk } = await start('mastodon', null);
    const session = mastodon.open(allowing(io, challenge), { server: far.server.origin });
    expect((await session.verify(desk.signal)).name).toMatch(/^@rosa@127\.0\.0\.1/);
    const page = new URL(io.opened[0] ?? '');
    expect({ path: page.pathname, scope: page.searchParams.get('scope'), method: page.searchParams.get('code_challenge_method') }).toEqual({
      path: '/oauth/authorize', scope: 'read admin:read:reports admin:write:reports admin:read:accounts admin:write:accounts', method: 'S256',
    });
    await openDesk(io, far).session.verify(desk.signal);
    expect({ opened: io.opened.length, registrations: registrations() }).toEqual({ opened: 1, registrations: 1 });
  });

  test('GoToSocial is asked for the scope that every version of it knows', async () => {
    const { far, io, desk } = await start('gotosocial', null);
    await mastodon.open(allowing(io, challenge), { server: far.server.origin }).verify(desk.signal);
    expect(new URL(io.opened[0] ?? '').searchParams.get('scope')).toBe('read admin');
  });

  test('a token that ends is renewed in the middle of the work, without a person', async () => {
    const { far, io, desk } = await start('akkoma', null);
    const session = mastodon.open(allowing(io, challenge), { server: far.server.origin });
    await session.verify(desk.signal);
    far.setup.token = 'another';
    await session.verify(desk.signal);
    io.pass(3_600_000);
    await session.verify(desk.signal);
    expect({ opened: io.opened.length, renewed: far.server.requests.filter(({ text }) => text.includes('refresh_token')).length }).toEqual({ opened: 1, renewed: 2 });
  });

  test('a sign-in that was taken back asks for a person, and takes the next one', async () => {
    const { far, io, desk } = await start('mastodon', null);
    const session = mastodon.open(allowing(io, challenge), { server: far.server.origin });
    await session.verify(desk.signal);
    far.setup.token = 'taken back';
    await expect(session.verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('Sign in again.') });
    await session.verify(desk.signal);
    expect(io.opened).toHaveLength(2);
  });

  test('a sign-in at one server is not used at another', async () => {
    const { far, io, desk } = await start('mastodon', null);
    await io.keepSecret('sign-in', JSON.stringify({ server: 'https://other.example', client: { clientId: 'a', clientSecret: 'b' }, tokens: { accessToken: far.setup.token, refreshToken: null, expiresAt: null, scopes: [] } }));
    await mastodon.open(allowing(io, challenge), { server: far.server.origin }).verify(desk.signal);
    expect(io.opened).toHaveLength(1);
  });
});

describe('a token that the server does not know', () => {
  test.each(['mastodon', 'gotosocial', 'akkoma'] as const)('is told from a missing role by %s, although an admin API may answer both alike', async (kind) => {
    const { desk } = await start(kind, 'wrong');
    const signedOut = { kind: 'sign-in', message: expect.stringContaining('Give a new access token.') };
    await expect(desk.session.verify(desk.signal)).rejects.toMatchObject(signedOut);
    await expect(desk.pull()).rejects.toMatchObject(signedOut);
  });

  test('is renewed where an admin API alone is asked, and the request is sent again', async () => {
    const { far, io, desk } = await start('akkoma', null);
    const { id } = far.world.report({ about: far.world.account('piet') });
    const session = mastodon.open(allowing(io, challenge), { server: far.server.origin });
    await session.verify(desk.signal);
    far.setup.token = 'another';
    const got: string[] = [];
    for await (const { reports } of session.pull(null, desk.signal)) got.push(...reports.map(({ remoteId }) => remoteId));
    expect({ got, opened: io.opened.length }).toEqual({ got: [id], opened: 1 });
  });

  test('is not what a web page before the server speaks of', async () => {
    const { far, desk } = await start();
    for (const status of [401, 403]) {
      const heal = far.server.plan({ route: 'GET /api/v1/admin/reports', fault: { name: `a page with ${status}`, means: ['unreachable'], send: (response) => { response.writeHead(status, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Are you human?</title>'); } } });
      await expect(desk.pull()).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringContaining('web page') });
      heal();
    }
    await desk.pull();
  });
});

describe('what is missing is named, and where to grant it', () => {
  test('nothing, where role and scopes are right', async () => {
    const { desk } = await start();
    expect((await desk.session.verify(desk.signal)).missing).toEqual([]);
  });

  test('a role without Manage Users can dismiss and nothing else', async () => {
    const { far, desk } = await start();
    far.setup.permissions = String(0x10);
    const { missing, capabilities } = await desk.session.verify(desk.signal);
    expect(missing).toEqual([expect.stringMatching(/Manage Users.*Administration, Roles\.$/)]);
    expect(capabilities.post?.suspend).toEqual({ can: false, why: missing[0] });
    expect(capabilities.post?.dismiss).toMatchObject({ can: true });
  });

  test('a role without Manage Reports', async () => {
    const { far, desk } = await start();
    far.setup.permissions = '0';
    expect((await desk.session.verify(desk.signal)).missing[0]).toMatch(/Manage Reports/);
  });

  test('scopes by name', async () => {
    const { far, desk } = await start();
    far.setup.scopes = ['read', 'admin:read'];
    const { missing, capabilities } = await desk.session.verify(desk.signal);
    expect(missing).toEqual([
      'The sign-in lacks admin:write:reports, admin:write:accounts. Sign in again and allow it all, or make a token with the scopes read admin:read:reports admin:write:reports admin:read:accounts admin:write:accounts under Preferences, Development.',
    ]);
    expect(capabilities.post?.suspend).toEqual({ can: false, why: missing[0] });
  });

  test('a token that may not even say whose it is', async () => {
    const { far, desk } = await start();
    far.setup.scopes = ['admin:read', 'admin:write'];
    await expect(desk.session.verify(desk.signal)).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(/lacks read:accounts.*Preferences, Development/) });
  });

  test('an account that is disabled is told in the server\'s own words', async () => {
    const { far, desk } = await start();
    far.server.plan({ route: 'GET /api/v1/accounts/verify_credentials', fault: { name: 'disabled', means: ['refused'], send: (response) => { response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"Your login is currently disabled"}'); } } });
    await expect(desk.session.verify(desk.signal)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('Your login is currently disabled') });
  });

  test('a token that decides and sees no threads', async () => {
    const { far, desk } = await start();
    far.setup.scopes = ['read:accounts', 'admin:read', 'admin:write'];
    const { missing, capabilities } = await desk.session.verify(desk.signal);
    expect(missing).toEqual([expect.stringMatching(/lacks read:statuses, read:notifications: threads/)]);
    expect(capabilities.post?.suspend).toMatchObject({ can: true });
  });

  test('a server that does not tell the scopes is tried', async () => {
    const { far, desk } = await start();
    far.setup.scopes = null;
    expect((await desk.session.verify(desk.signal)).missing).toEqual([]);
    far.setup.permissions = '0';
    expect((await desk.session.verify(desk.signal)).missing).not.toEqual([]);
  });

  test('GoToSocial shows reports to administrators only', async () => {
    const { far, desk } = await start('gotosocial');
    expect((await desk.session.verify(desk.signal)).missing).toEqual([]);
    far.setup.permissions = '0';
    expect((await desk.session.verify(desk.signal)).missing).toEqual([expect.stringMatching(/administrators only.*promote/)]);
  });

  test('Akkoma names privileges', async () => {
    const { far, desk } = await start('akkoma');
    far.setup.privileges = ['reports_manage_reports', 'users_manage_activation_state', 'users_manage_tags'];
    const { missing, capabilities } = await desk.session.verify(desk.signal);
    expect(missing).toEqual([expect.stringContaining('messages_delete')]);
    expect(capabilities.post?.remove).toMatchObject({ can: false });
  });
});

describe('what the server runs', () => {
  test.each([
    ['mastodon', { name: 'hometown', version: '4.2.10' }, false],
    ['mastodon', { name: 'some-fork', version: '1' }, false],
    ['akkoma', { name: 'pleroma', version: '2.9.0' }, true],
    ['akkoma', null, true],
    ['gotosocial', null, false],
  ] as const)('%s, known as %o, can remove a post: %s', async (kind, software, can) => {
    const { far, desk } = await start(kind);
    far.setup.software = software;
    expect((await desk.session.verify(desk.signal)).capabilities.post?.remove).toMatchObject({ can });
  });

  test('a server that shows nothing to those who are not signed in is taken for a Mastodon', async () => {
    const { far, desk } = await start();
    far.setup.software = null;
    far.server.plan({ route: 'GET /api/v1/instance', fault: { name: '401', means: ['refused'], send: (response) => { response.writeHead(401).end(); } } });
    expect((await desk.session.verify(desk.signal)).capabilities.post?.mute).toMatchObject({ can: true });
  });

  test('software of another family is refused by its name', async () => {
    const { far, desk } = await start();
    far.setup.software = { name: 'misskey', version: '2026.5.1' };
    await expect(desk.session.verify(desk.signal)).rejects.toMatchObject({ kind: 'settings', message: expect.stringContaining('misskey') });
  });

  test('an instance that moves to other software while Docket runs is noticed', async () => {
    const { far, io } = await start();
    const other = await startFarDesk('akkoma');
    const { id } = other.far.world.report({ about: other.far.world.account('olle') });
    // One address, and behind it first the one and then the other.
    const moved = { now: false };
    const session = mastodon.open({ ...io, fetch: (input, init) => {
      const url = new URL(String(input));
      return fetch(moved.now ? `${other.far.server.origin}${url.pathname}${url.search}` : url, init);
    } }, { server: far.server.origin });
    const got: string[] = [];
    const pull = async (): Promise<void> => {
      for await (const { reports } of session.pull(null, new AbortController().signal)) got.push(...reports.map(({ remoteId }) => remoteId));
    };
    await pull();
    moved.now = true;
    await expect(pull()).rejects.toMatchObject({ kind: 'refused' });
    await pull();
    expect(got).toEqual([id]);
    await session.close();
    await other.far.close();
  });

  test('an instance that moves to other software starts over and loses nothing', async () => {
    const { far, io, desk } = await start();
    const about = far.world.account('piet');
    far.world.report({ about });
    await desk.pull();
    const other = await startFarDesk('akkoma');
    other.far.world.report({ about: other.far.world.account('olle') });
    io.use({ server: other.far.server.origin }, {});
    const after = openDesk(io, other.far, desk, JSON.stringify({ paging: 'ids', floor: '1', top: null, at: null, held: '01', missing: '', sweptAt: 0 }));
    await after.pull();
    expect(other.far.world.open().filter(({ id }) => !after.reports.has(id))).toEqual([]);
    await other.far.close();
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, enter, trySocket } from '../support/raw-http.ts';
import type { Session } from '../support/raw-http.ts';
import { startServe, temporaryDataDir } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

/** A 1×1 PNG. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const HASH = 'a'.repeat(64);
const SCRIPT_HASH = 'b'.repeat(64);

let docket: Served;
let session: Session;

function cookies(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { cookie: session.cookie, ...extra };
}

beforeAll(async () => {
  const dataDir = temporaryDataDir();
  docket = await startServe({ dataDir });
  // At its start the backend takes away files that its database does not know.
  mkdirSync(path.join(dataDir, 'media'), { recursive: true });
  writeFileSync(path.join(dataDir, 'media', HASH), PNG);
  writeFileSync(path.join(dataDir, 'media', SCRIPT_HASH), '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  session = await enter(docket.url);
});

afterAll(() => docket.stop());

describe('who gets in', () => {
  test('a token opens one window, once', async () => {
    await expect(enter(docket.url)).rejects.toThrow('401');
    await expect(enter(`${docket.origin}/#guess`)).rejects.toThrow('401');
  });

  test('the cookie is out of reach of scripts and other sites', async () => {
    const fresh = await startServe();
    const answer = await ask(`${fresh.origin}/session`, { method: 'POST', headers: { origin: fresh.origin }, body: new URL(fresh.url).hash.slice(1) });
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^docket-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)]);
    await fresh.stop();
  });

  test('without the cookie nothing of the desk is given out', async () => {
    const [page, desk, script, media] = await Promise.all([
      ask(`${docket.origin}/`), ask(`${docket.origin}/desk`), ask(`${docket.origin}/assets/index.js`), ask(`${docket.origin}/media/${HASH}`),
    ]);
    expect([page.status, desk.status, desk.headers.location, script.status, media.status]).toEqual([200, 302, '/#expired', 401, 401]);
    expect(page.body).not.toContain('/assets/');
  });

  test('with the cookie a reload of the desk works', async () => {
    const desk = await ask(`${docket.origin}/desk`, { headers: cookies() });
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(desk.body)?.[1] ?? '';
    expect([desk.status, (await ask(`${docket.origin}${script}`, { headers: cookies() })).status]).toEqual([200, 200]);
  });

  test.each([
    ['a rebound name', { host: 'attacker.example' }],
    ['another spelling of this machine', { host: 'localhost' }],
    ['another site\'s page', { origin: 'https://attacker.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a request that the browser marks as from elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a request that the browser marks as from another port', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused, even with the cookie', async (_who, headers) => {
    const answers = await Promise.all([
      ask(`${docket.origin}/desk`, { headers: cookies(headers) }),
      ask(`${docket.origin}/media/${HASH}`, { headers: cookies(headers) }),
      ask(`${docket.origin}/session`, { method: 'POST', headers: cookies(headers), body: 'x' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test('a request to change something has to say where it comes from', async () => {
    expect((await ask(`${docket.origin}/session`, { method: 'POST', body: 'x' })).status).toBe(403);
  });

  test('the socket wants the page\'s origin, the cookie and the window\'s own key', async () => {
    const { origin } = docket;
    const good = { origin, cookie: session.cookie };
    expect(await Promise.all([
      trySocket(origin, ['docket', session.key], good),
      trySocket(origin, ['docket'], good),
      trySocket(origin, ['docket', 'guess'], good),
      trySocket(origin, ['docket', session.key], { origin }),
      trySocket(origin, ['docket', session.key], { cookie: session.cookie }),
      trySocket(origin, ['docket', session.key], { ...good, origin: 'https://attacker.example' }),
      trySocket(origin, ['docket', session.key], { ...good, host: 'attacker.example' }),
    ])).toEqual(['open', 403, 403, 403, 403, 403, 403]);
  });

  test('a message over the limit ends the socket, not the process', async () => {
    const socket = new WebSocket(`${docket.origin.replace('http', 'ws')}/socket`, ['docket', session.key], { headers: { origin: docket.origin, cookie: session.cookie } });
    const code = await new Promise<number>((resolve) => {
      // The limit in parts, then one byte: whoever is still sending when the other side hangs up may hear a reset and no reason.
      socket.on('open', () => {
        for (let part = 0; part < 4 * 64; part += 1) socket.send('x'.repeat(16 * 1024), { fin: false });
        socket.send('x');
      });
      socket.on('error', () => undefined);
      socket.on('close', resolve);
    });
    expect(code).toBe(1009);
    expect((await ask(`${docket.origin}/desk`, { headers: cookies() })).status).toBe(200);
  });
});

describe('what the answers say', () => {
  test('every answer carries the safe headers, and none a CORS header', async () => {
    const answers = await Promise.all([
      ask(`${docket.origin}/`), ask(`${docket.origin}/enter.js`), ask(`${docket.origin}/nothing`), ask(`${docket.origin}/desk`, { headers: { host: 'x' } }),
      ask(`${docket.origin}/desk`, { headers: cookies() }), ask(`${docket.origin}/media/${HASH}`, { headers: cookies() }),
    ]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('the desk\'s policy lets it reach nothing but itself', async () => {
    const { headers } = await ask(`${docket.origin}/desk`, { headers: cookies() });
    expect(String(headers['content-security-policy']).split('; ').toSorted()).toEqual([
      "base-uri 'none'", `connect-src 'self' ws://${new URL(docket.origin).host}`, "default-src 'none'", "font-src 'self'", "form-action 'none'", "frame-ancestors 'none'",
      "img-src 'self'", "media-src 'self'", "require-trusted-types-for 'script'", "script-src 'self'", "style-src 'self'", "trusted-types 'none'",
    ]);
  });

  test('media come from the cache alone, with their type by their bytes, and can be sought', async () => {
    const whole = await ask(`${docket.origin}/media/${HASH}`, { headers: cookies() });
    expect([whole.status, whole.headers['content-type'], whole.body]).toEqual([200, 'image/png', PNG.toString('latin1')]);
    expect(whole.headers['content-security-policy']).toContain('sandbox');
    const part = await ask(`${docket.origin}/media/${HASH}`, { headers: cookies({ range: 'bytes=1-3' }) });
    expect([part.status, part.headers['content-range'], part.body]).toEqual([206, `bytes 1-3/${PNG.length}`, 'PNG']);
    expect((await ask(`${docket.origin}/media/${HASH}`, { headers: cookies({ range: 'bytes=900-' }) })).status).toBe(416);
  });

  test.each([
    `/media/${SCRIPT_HASH}`, '/media/..%2fdocket.db', '/media/../docket.db', '/media/', `/media/${HASH}/..`, '/../package.json', '/..%2f..%2fpackage.json', '/assets/..%2f..%2fmain%2fserve.js', '/docket.db',
  ])('%s is not there', async (name) => {
    expect((await ask(`${docket.origin}${name}`, { headers: cookies() })).status).toBe(404);
  });
});

test('the log names no token, cookie or key', async () => {
  const { stop, stderr } = docket;
  expect(stderr()).toContain('request-refused');
  for (const secret of [new URL(docket.url).hash.slice(1), session.key, session.cookie.split('=')[1] ?? '']) expect(stderr()).not.toContain(secret);
  expect(await stop()).toBe(0);
});

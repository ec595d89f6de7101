import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { innerAddressError } from '../../../src-main/connectors/http/guarded-fetch.ts';
import { startMedia } from '../../../src-main/services/media.ts';
import { mediaByUrl } from '../../../src-main/store/media.ts';
import { makeWorld } from '../../support/platform-world.ts';
import type { World } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';
import type { ScriptedPlatform } from '../../support/scripted-platform.ts';

let platform: ScriptedPlatform;
let world: World;
let n: number;
beforeEach(async () => {
  platform = scriptedPlatform('tidepool');
  platform.publish(40);
  world = makeWorld([platform.connector]);
  [n = 0] = world.connect(platform.connector);
  for (let round = 0; round < 20; round += 1) await world.clock.settle();
});
afterEach(() => world.stop());

const kept = () => world.ctx.store.sql<[], { subject: number; body: string }>('test-contexts', 'SELECT subject, body FROM contexts ORDER BY subject').all();
const asked = (): number => platform.calls.filter(({ call }) => call === 'context').length;

describe('contexts', () => {
  test('the next items\' are here before anyone looks', () => {
    expect(kept()).toHaveLength(30);
    const [first, second] = world.subjects(n).slice(-2);
    expect(kept().map(({ subject }) => subject)).toContain(second);
    const body: unknown = JSON.parse(kept().at(-1)?.body ?? '');
    expect(body).toEqual({ before: [(first ?? 0) - 1, first], after: [], recent: [], record: [{ at: 1, text: 'Warned once', by: null }] });
  });

  test('fetching them raises no item\'s version, so that no decision becomes stale by it', () => {
    expect(world.ctx.store.db.prepare('SELECT max(version) AS v FROM items').get()).toEqual(world.ctx.store.db.prepare('SELECT min(version) AS v FROM items').get());
  });

  test('they are fetched again only when they are old', async () => {
    const before = asked();
    await world.clock.advance(5 * 60_000);
    expect(asked()).toBe(before);
    await world.clock.advance(6 * 60_000);
    for (let round = 0; round < 20; round += 1) await world.clock.settle();
    expect(asked()).toBe(before + 30);
  });

  test('what the desk shows is fetched first; one that is refused is left alone for a while', async () => {
    const far = world.subjects(n)[0] ?? 0;
    platform.faults.context.push({ when: 'before', error: new ConnectorError('refused', 'Not for you.') });
    world.platforms.contexts.want([far]);
    await world.clock.settle();
    const { length } = kept();
    world.platforms.contexts.want([far]);
    await world.clock.settle();
    expect(kept()).toHaveLength(length);
    await world.clock.advance(6 * 60_000);
    world.platforms.contexts.want([far]);
    await world.clock.settle();
    expect(kept().map(({ subject }) => subject)).toContain(far);
  });

  test('offline what is kept stays', async () => {
    platform.down = new ConnectorError('unreachable', 'Gone.');
    await world.clock.advance(60 * 60_000);
    expect(kept()).toHaveLength(30);
  });
});

/** A media cache before a far side and a session; answers what became of an address. */
function cache(far: (url: string) => Response | Promise<Response>, own: Session['media'] = undefined) {
  const session = { media: own } as unknown as Session;
  const media = startMedia(world.ctx, { sync: { usable: () => session }, guardedFetch: async (input) => far(String(input)) });
  return async (url: string) => {
    media.want(n, [url, url], 1);
    await media.idle();
    const row = mediaByUrl(world.ctx.store, url);
    return { hash: row?.hash, problem: row?.problem };
  };
}

describe('media', () => {
  const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const hash = createHash('sha256').update(PNG).digest('hex');

  test('are kept under the hash of their bytes', async () => {
    const get = cache(() => new Response(PNG, { headers: { 'content-type': 'text/html' } }));
    expect(await get('https://cdn.example/a')).toEqual({ hash, problem: null });
    expect(readFileSync(path.join(world.ctx.dataDir, 'media', hash))).toEqual(PNG);
  });

  test('come through the session where only it can have them', async () => {
    const get = cache(() => Response.error(), () => Promise.resolve({ mime: 'image/png', bytes: PNG }));
    expect(await get('at://blob')).toEqual({ hash, problem: null });
  });

  test.each([
    ['a page that calls itself an image', () => new Response('<svg onload="x()">', { headers: { 'content-type': 'image/png' } }), /no kind of image/],
    ['more bytes than allowed', () => new Response(new Uint8Array(15_000_001)), /more than 15 MB/],
    ['a redirect to plain http', () => new Response(null, { status: 302, headers: { location: 'http://cdn.example/' } }), /https only/],
    ['a redirect to this machine', (url: string) => {
      if (url.includes('127.0.0.1')) throw innerAddressError('127.0.0.1');
      return new Response(null, { status: 302, headers: { location: 'https://127.0.0.1/' } });
    }, /private network/],
    ['a redirect without end', () => new Response(null, { status: 302, headers: { location: '/' } }), /on and on/],
    ['404', () => new Response(null, { status: 404 }), /404/],
  ])('%s is not kept, and it is said why', async (_name, far, problem) => {
    const found = await cache(far)('https://cdn.example/b');
    expect(found).toEqual({ hash: null, problem: expect.stringMatching(problem) });
    expect(existsSync(path.join(world.ctx.dataDir, 'media', hash))).toBe(false);
  });

  test('an address that is not https is never asked', async () => {
    let asks = 0;
    const get = cache(() => {
      asks += 1;
      return new Response(PNG);
    });
    expect([await get('http://cdn.example/c'), await get('file:///etc/passwd'), asks]).toMatchObject([{ hash: null }, { hash: null }, 0]);
  });
});

import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { pixelsOf } from '../../../src-main/domain/image-size.ts';
import { startMedia } from '../../../src-main/services/media.ts';
import type { MediaCache, MediaOptions } from '../../../src-main/services/media.ts';
import { mediaByUrl, mediaBytes } from '../../../src-main/store/media.ts';
import { makeWorld } from '../../support/platform-world.ts';
import type { World } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';

let world: World;
let n: number;
let items: readonly number[];
beforeEach(async () => {
  const platform = scriptedPlatform('tidepool');
  platform.publish(4);
  world = makeWorld([platform.connector]);
  [n = 0] = world.connect(platform.connector);
  for (let round = 0; round < 10; round += 1) await world.clock.settle();
  items = world.subjects(n);
});
afterEach(() => world.stop());

const session = {} as unknown as Session;
const folder = (): string => path.join(world.ctx.dataDir, 'media');
const files = (): string[] => (existsSync(folder()) ? readdirSync(folder()) : []);

function start(more: Partial<MediaOptions> & { readonly far?: (url: string) => Response | Promise<Response> } = {}): MediaCache {
  const { far = (url) => new Response(png(1, 1, url)), ...options } = more;
  return startMedia(world.ctx, { sync: { usable: () => session }, guardedFetch: async (input) => far(String(input)), ...options });
}

/** A PNG's beginning with a size, and something that makes it its own file, 1,000 bytes in all. */
function png(width: number, height: number, own: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(1000);
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.write(own, 40);
  return bytes;
}

/** A file that begins so. */
function bytes(hex: string): Buffer {
  return Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(32)]);
}

async function get(media: MediaCache, url: string, item = items[0] ?? 0): Promise<ReturnType<typeof mediaByUrl>> {
  media.want(n, [url], item);
  await media.idle();
  return mediaByUrl(world.ctx.store, url);
}

test('all media together stay within their bound: what no open item needs goes first, then the oldest, and the hash of each stays', async () => {
  const media = start({ mostBytes: 4500 });
  const [decided = 0, open = 0] = items;
  world.ctx.store.db.prepare(`UPDATE items SET state = 'decided' WHERE subject = ?`).run(decided);
  const urls = ['open-1', 'decided-1', 'open-2', 'decided-2', 'open-3'].map((name) => `https://cdn.example/${name}`);
  for (const url of urls) {
    await world.clock.advance(1000);
    await get(media, url, url.includes('decided') ? decided : open);
  }
  const here = (): string[] => urls.filter((url) => (mediaByUrl(world.ctx.store, url)?.hash ?? null) !== null).map((url) => url.replace('https://cdn.example/', ''));
  expect([here(), mediaBytes(world.ctx.store), files().length]).toEqual([['open-1', 'open-2', 'decided-2', 'open-3'], 4000, 4]);
  for (const more of ['open-4', 'open-5']) await get(media, `https://cdn.example/${more}`, open);
  expect([here(), files().length]).toEqual([['open-2', 'open-3'], 4]);
  expect(world.ctx.store.db.prepare('SELECT count(*) FROM media WHERE hash IS NULL').pluck().get()).toBe(0);
  // Wanted again, it is here again, under the same hash.
  expect((await get(media, urls[0] ?? '', open))?.hash).toBe(createHash('sha256').update(png(1, 1, urls[0] ?? '')).digest('hex'));
});

test('a connection whose files come slowly does not hold up another\'s', async () => {
  const slow = Promise.withResolvers<Response>();
  const media = start({ far: (url) => (url.includes('slow') ? slow.promise : new Response(png(1, 1, url))) });
  media.want(n, Array.from({ length: 20 }, (_, at) => `https://slow.example/${at}`), items[0] ?? 0);
  media.want(n + 1, ['https://quick.example/a'], items[1] ?? 0);
  await expect.poll(() => mediaByUrl(world.ctx.store, 'https://quick.example/a')?.hash ?? null).not.toBeNull();
  slow.resolve(new Response(null, { status: 404 }));
  await media.idle();
});

test('what only the account may have is asked for again once the connection can be used', async () => {
  let usable: Session | null = null;
  const own = { media: async () => ({ mime: 'image/png', bytes: png(1, 1, 'own') }) } as unknown as Session;
  const media = start({ sync: { usable: () => usable }, far: () => new Response(null, { status: 403 }) });
  expect(await get(media, 'mxc://matrix.example/abc')).toMatchObject({ hash: null, problem: expect.stringContaining('https only') });
  usable = own;
  await world.clock.advance(11 * 60_000);
  expect((await get(media, 'mxc://matrix.example/abc'))?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('an image that unfolds to more than the machine can draw is not kept', async () => {
  const media = start({ far: (url) => new Response(png(60_000, 60_000, url)) });
  expect(await get(media, 'https://cdn.example/bomb')).toMatchObject({ hash: null, problem: expect.stringContaining('megapixels') });
  expect(files()).toEqual([]);
});

test('what a crash left without a record, or half-written, is swept away; other files are left alone', async () => {
  mkdirSync(folder(), { recursive: true });
  for (const name of ['0'.repeat(64), `.${randomUUID()}`, 'readme.txt']) writeFileSync(path.join(folder(), name), 'x');
  const media = start();
  const kept = await get(media, 'https://cdn.example/a');
  expect(files().toSorted()).toEqual([kept?.hash, 'readme.txt']);
});

test('the size of an image is read from its own header, whatever its kind', () => {
  expect([
    pixelsOf(png(640, 480, '')),
    pixelsOf(bytes('474946383961 8002 e001 f7 00 00')),
    // RIFF….WEBPVP8X, flags, then 24-bit width and height less one.
    pixelsOf(bytes('52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100')),
    pixelsOf(bytes('52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001')),
    pixelsOf(bytes('52494646 00000000 57454250 5650384c 00000000 2f 7fc27700')),
    // SOI, an APP0 of 16 bytes, SOF0 with height before width.
    pixelsOf(bytes('ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 01e0 0280 03')),
    pixelsOf(bytes('0000001c 66747970 61766966 00000000 61766966 00000014 69737065 00000000 00000280 000001e0')),
    pixelsOf(Buffer.from('nothing like it, but long enough to be looked at')),
    pixelsOf(new Uint8Array(3)),
  ]).toEqual([307_200, 307_200, 307_200, 307_200, 307_200, 307_200, 307_200, null, null]);
});

test('whatever an image says of itself, reading its size breaks nothing', () => {
  const beginnings = ['89504e47', '47494638', '52494646 00000000 57454250 56503858', '52494646 00000000 57454250 5650384c', 'ffd8 ffe0', 'ffd8 ffff', '0000001c 66747970 61766966', ''];
  fc.assert(fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 120 }), (beginning, rest) => {
    const pixels = pixelsOf(Buffer.concat([Buffer.from(beginning.replaceAll(' ', ''), 'hex'), rest]));
    expect(pixels === null || pixels >= 0).toBe(true);
  }), { numRuns: 2000 });
});

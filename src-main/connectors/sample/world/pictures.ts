import { deflateSync } from 'node:zlib';
import type { RemoteMedia } from '../../connector.ts';
import { diceFor, SALT } from './dice.ts';

const WIDTH = 480;
const HEIGHT = 320;
const ADDRESS = /^sample:picture\/(\d+)$/;

const SCENES = [
  'A small boat on calm water under a pale sky', 'Harbour at dusk with a red hull', 'Grey morning, one sail far out', 'Boats before the breakwater', 'Evening sun over the moorings',
] as const;

/** The picture that goes with subject `index`; its bytes come from {@link drawPicture}. */
export function pictureFor(index: number): RemoteMedia {
  return { url: `sample:picture/${index}`, mime: 'image/png', alt: SCENES[index % SCENES.length] ?? SCENES[0], width: WIDTH, height: HEIGHT };
}

/** The PNG behind one of our own addresses; null for any other address. */
export function drawPicture(seed: number, url: string): Uint8Array | null {
  const index = ADDRESS.exec(url)?.[1];
  return index === undefined ? null : png(paint(seed, Number(index)));
}

type Colour = readonly [number, number, number];

const SKIES: readonly (readonly [Colour, Colour])[] = [
  [[186, 206, 222], [240, 228, 205]], [[88, 96, 140], [236, 160, 120]], [[168, 176, 182], [214, 216, 214]], [[120, 170, 205], [222, 236, 240]], [[196, 150, 120], [248, 214, 160]],
];
const HULLS: readonly Colour[] = [[170, 52, 48], [32, 62, 104], [236, 232, 222], [44, 96, 80], [222, 170, 60]];

/** Sky, sea and a few boats, as rows of RGB. */
function paint(seed: number, index: number): Uint8Array {
  const dice = diceFor(seed, SALT.picture, index);
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  const [high, low] = SKIES[index % SKIES.length] ?? [[200, 200, 200], [230, 230, 230]];
  const horizon = 130 + dice.below(60);
  const wave = 0.02 + dice.unit() * 0.05;
  for (let y = 0; y < HEIGHT; y += 1) {
    const share = y < horizon ? y / horizon : 1 - (y - horizon) / (HEIGHT - horizon) * 0.8;
    for (let x = 0; x < WIDTH; x += 1) {
      const glint = y < horizon ? 0 : Math.sin((x + y * 3) * wave + y * 0.4) * 9 - 26;
      set(pixels, x, y, [mixed(high[0], low[0], share) + glint, mixed(high[1], low[1], share) + glint, mixed(high[2], low[2], share) + glint * 0.5]);
    }
  }
  for (let boat = 1 + dice.below(3); boat > 0; boat -= 1) drawBoat(pixels, 60 + dice.below(WIDTH - 120), horizon + 20 + dice.below(90), 26 + dice.below(44), dice.pick(HULLS));
  return pixels;
}

function drawBoat(pixels: Uint8Array, centre: number, water: number, length: number, hull: Colour): void {
  const depth = Math.round(length / 4);
  for (let y = 0; y < depth; y += 1) {
    const half = Math.round(length / 2 - y * 0.8);
    for (let x = -half; x <= half; x += 1) set(pixels, centre + x, water - depth + y, hull);
  }
  const mast = Math.round(length * 1.4);
  for (let y = 0; y < mast; y += 1) {
    const reach = Math.round((y / mast) * length * 0.42);
    for (let x = 1; x <= reach; x += 1) set(pixels, centre + x, water - depth - mast + y, [244, 242, 236]);
    set(pixels, centre, water - depth - mast + y, [70, 62, 54]);
  }
}

function set(pixels: Uint8Array, x: number, y: number, colour: Colour): void {
  if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) return;
  const at = (y * WIDTH + x) * 3;
  for (let part = 0; part < 3; part += 1) pixels[at + part] = Math.max(0, Math.min(255, Math.round(colour[part] ?? 0)));
}

function mixed(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** PNG, third edition (W3C), sections 5 and 11: signature, IHDR, one IDAT, IEND; rows unfiltered. */
function png(pixels: Uint8Array): Uint8Array {
  const rows = new Uint8Array(HEIGHT * (WIDTH * 3 + 1));
  for (let y = 0; y < HEIGHT; y += 1) rows.set(pixels.subarray(y * WIDTH * 3, (y + 1) * WIDTH * 3), y * (WIDTH * 3 + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 6 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = (CRC[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return framed;
}

/** Enough of a file to find an image's size in, wherever its metadata stand. */
const LOOK_AT = 512 * 1024;

/**
 * How many pixels an image unfolds to, by its own header; null where it does not say or is none. A file of a few
 * kilobytes can ask for gigabytes of memory when it is drawn.
 */
export function pixelsOf(bytes: Uint8Array): number | null {
  const size = sizeOf(new DataView(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOK_AT)));
  return size === null ? null : size.width * size.height;
}

type Size = { readonly width: number; readonly height: number };

function sizeOf(view: DataView): Size | null {
  if (view.byteLength < 30) return null;
  const start = text(view, 0, 4);
  // PNG, "Image header"; GIF89a, "Logical Screen Descriptor".
  if (start === '\u0089PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
  if (start === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (start === 'RIFF') return webpSize(view);
  if (view.getUint16(0) === 0xff_d8) return jpegSize(view);
  return text(view, 4, 4) === 'ftyp' ? avifSize(view) : null;
}

function text(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}

/** RFC 9649, 2.5 to 2.7. */
function webpSize(view: DataView): Size | null {
  const u24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  switch (text(view, 12, 4)) {
    case 'VP8X': return { width: 1 + u24(24), height: 1 + u24(27) };
    case 'VP8 ': return { width: view.getUint16(26, true) & 0x3f_ff, height: view.getUint16(28, true) & 0x3f_ff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3f_ff), height: 1 + ((bits >>> 14) & 0x3f_ff) };
    }
    default: return null;
  }
}

/** The first frame header: ITU-T T.81, B.2.2. Markers C4, C8 and CC are something else. */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The largest "ispe" property: ISO/IEC 23008-12, 6.5.3. */
function avifSize(view: DataView): Size | null {
  let largest: Size | null = null;
  for (let at = 8; at + 16 <= view.byteLength; at += 1) {
    if (view.getUint32(at) !== 0x69_73_70_65) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

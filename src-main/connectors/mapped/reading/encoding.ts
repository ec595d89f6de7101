import { isUtf8 } from 'node:buffer';
import type { FileFormat } from '../../../contract/imports.ts';

type Encoding = FileFormat['encoding'];

/** What bytes 0x80 to 0x9F stand for in windows-1252 (Encoding standard, index windows-1252). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** The encoding that the first bytes show; null where it takes the whole to tell UTF-8 from windows-1252. */
export function encodingOf(head: Uint8Array): Encoding | null {
  const [a, b, c] = head;
  if (a === 0xEF && b === 0xBB && c === 0xBF) return 'utf-8';
  if (a === 0xFF && b === 0xFE) return 'utf-16le';
  if (a === 0xFE && b === 0xFF) return 'utf-16be';
  // Without a mark: text in Latin letters has every other byte zero.
  const zeros = [0, 0];
  for (let at = 0; at < Math.min(head.length, 4096); at += 1) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd > head.length / 20) return odd > even ? 'utf-16le' : 'utf-16be';
  return null;
}

/** Tells, chunk by chunk, whether bytes are UTF-8 throughout. */
export function makeUtf8Check(): { readonly push: (bytes: Uint8Array, ended: boolean) => void; readonly valid: () => boolean } {
  let rest: Uint8Array = new Uint8Array();
  let valid = true;
  return {
    push(bytes, ended) {
      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      const whole = ended ? all.length : wholeUntil(all);
      valid = valid && isUtf8(all.subarray(0, whole));
      rest = all.slice(whole);
    },
    valid: () => valid,
  };
}

/** Where the last character that may be cut begins: at most three bytes before the end. */
function wholeUntil(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xC0) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** Turns bytes into text as they come, without a byte order mark. */
export function makeDecoder(encoding: Encoding): { readonly push: (bytes: Uint8Array, ended: boolean) => string } {
  if (encoding === 'windows-1252') {
    return {
      push: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
        .replaceAll(/[\u0080-\u009F]/g, (letter) => WINDOWS_1252[letter.charCodeAt(0) - 0x80] ?? letter),
    };
  }
  const decoder = new TextDecoder(encoding);
  return { push: (bytes, ended) => decoder.decode(bytes, { stream: !ended }) };
}

/** Bytes that {@link mediaTypeOf} needs to see. */
export const MEDIA_HEAD_BYTES = 16;

/**
 * What a medium is by its first bytes, whatever its server says; null for all that is never kept or shown. Nothing that
 * can carry script (SVG, HTML, PDF) is among the known kinds.
 */
export function mediaTypeOf(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head.subarray(0, MEDIA_HEAD_BYTES));
  if (text.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (text.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  if (text.startsWith('RIFF')) return { WEBP: 'image/webp', WAVE: 'audio/wav' }[text.slice(8, 12)] ?? null;
  if (text.slice(4, 8) === 'ftyp') return /^avi[fs]/.test(text.slice(8, 12)) ? 'image/avif' : text.slice(8, 11) === 'M4A' ? 'audio/mp4' : 'video/mp4';
  if (text.startsWith('\u001aE\u00df\u00a3')) return 'video/webm';
  if (text.startsWith('OggS')) return 'audio/ogg';
  if (text.startsWith('ID3') || /^\u00ff[\u00fb\u00f3\u00f2]/.test(text)) return 'audio/mpeg';
  return null;
}

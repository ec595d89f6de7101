import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { MEDIA_POLICY, SAFE_HEADERS } from '../content-policy.ts';
import { byteRange, mediaFile } from '../media-files.ts';

/** Answers `/media/<hash>` from the cache, whole or one range of it (players seek). */
export async function answerMedia(dataDir: string, hash: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { ...SAFE_HEADERS, 'content-security-policy': MEDIA_POLICY };
  const media = await mediaFile(dataDir, hash);
  if (media === null) {
    response.writeHead(404, headers).end();
    return;
  }
  const range = byteRange(request.headers.range, media.bytes);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${media.bytes}` }).end();
    return;
  }
  const { first, last } = range ?? { first: 0, last: media.bytes - 1 };
  response.writeHead(range === null ? 200 : 206, {
    ...headers,
    'content-type': media.type,
    'content-length': String(last - first + 1),
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${media.bytes}` }),
  });
  // A player that seeks hangs up in the middle; that is no error.
  await pipeline(media.stream(first, last), response).catch(() => undefined);
}

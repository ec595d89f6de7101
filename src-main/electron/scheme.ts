import { protocol, session } from 'electron';
import { contentPolicy, MEDIA_POLICY, SAFE_HEADERS } from '../host/content-policy.ts';
import { mediaFile, byteRange } from '../host/media-files.ts';
import { rendererFile } from '../host/renderer-files.ts';
import { Readable } from 'node:stream';

/** The page's only origin. Nothing of the app is served over `file:` or `http:`. */
export const APP_ORIGIN = 'docket://app';
export const APP_PAGE = `${APP_ORIGIN}/index.html`;
const MEDIA_ORIGIN = 'docket-media://cache';
/** Where the page finds a medium: this and its hash. */
export const MEDIA_BASE = `${MEDIA_ORIGIN}/`;

const POLICY = contentPolicy({ connect: [], media: ['docket-media:'] });

/** Has to be called before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'docket', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true } },
    { scheme: 'docket-media', privileges: { standard: true, secure: true, stream: true } },
  ]);
}

function nothing(status: number): Response {
  return new Response(null, { status, headers: { ...SAFE_HEADERS, 'content-security-policy': MEDIA_POLICY } });
}

async function answerPage(rendererRoot: string, request: { readonly url: string; readonly method: string }): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.host !== 'app') return nothing(404);
  const file = await rendererFile(rendererRoot, url.pathname);
  if (file === null) return nothing(404);
  return new Response(file.bytes, { headers: { ...SAFE_HEADERS, 'content-type': file.type, 'content-security-policy': POLICY } });
}

async function answerMedia(dataDir: string, request: { readonly url: string; readonly method: string; readonly headers: { get(name: string): string | null } }): Promise<Response> {
  const url = new URL(request.url);
  const media = request.method === 'GET' && url.host === 'cache' ? await mediaFile(dataDir, url.pathname.slice(1)) : null;
  if (media === null) return nothing(404);
  const range = byteRange(request.headers.get('range') ?? undefined, media.bytes);
  if (range === 'unsatisfiable') return nothing(416);
  const { first, last } = range ?? { first: 0, last: media.bytes - 1 };
  return new Response(Readable.toWeb(media.stream(first, last)), {
    status: range === null ? 200 : 206,
    headers: {
      ...SAFE_HEADERS,
      // The page is of another scheme; no other page can reach this one.
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': MEDIA_POLICY,
      'content-type': media.type,
      'content-length': String(last - first + 1),
      'accept-ranges': 'bytes',
      ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${media.bytes}` }),
    },
  });
}

/** Serves the built page and the media cache, with the same headers as the loopback host. */
export function serveSchemes(rendererRoot: string, dataDir: string): void {
  session.defaultSession.protocol.handle('docket', (request) => answerPage(rendererRoot, request));
  session.defaultSession.protocol.handle('docket-media', (request) => answerMedia(dataDir, request));
}

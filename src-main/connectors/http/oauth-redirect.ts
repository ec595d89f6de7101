import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { ConnectorError } from '../connector.ts';

export type AwaitedRedirect = {
  readonly uri: string;
  readonly code: Promise<string>;
  readonly close: () => void;
};

/** A person may look for a password first. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Listens on a port of 127.0.0.1 for the one redirect that carries our `state`; everything else gets a 404. `uri` is an
 * address of this machine that the server knows already; without it any free port will do.
 */
export async function waitForRedirect(
  state: string, signal: AbortSignal, { uri: registered = null, patienceMs = PATIENCE_MS }: { readonly uri?: string | null; readonly patienceMs?: number } = {},
): Promise<AwaitedRedirect> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  // The caller may fail before it waits for the code.
  code.catch(() => undefined);
  let uri = '';
  const server = createServer((request, response) => {
    const url = URL.canParse(request.url ?? '', uri) ? new URL(request.url ?? '', uri) : null;
    if (request.method !== 'GET' || request.headers.host !== new URL(uri).host || url?.pathname !== new URL(uri).pathname || url.searchParams.get('state') !== state) {
      return say(response, 404, 'Nothing here.');
    }
    const given = url.searchParams.get('code');
    if (given === null) {
      say(response, 200, 'Docket was not given access. You can close this page.');
      return reject(new ConnectorError('sign-in', 'The sign-in was not finished in the browser. Try again to allow the access.'));
    }
    say(response, 200, 'Docket is signed in. You can close this page.');
    resolve(given);
  });
  await new Promise<void>((ready, failed) => {
    server.once('error', () => failed(new ConnectorError('sign-in', `Docket cannot listen at ${registered ?? '127.0.0.1'} for the end of the sign-in: another program may use that port. Close it and sign in again.`)));
    server.listen(registered === null ? 0 : Number(new URL(registered).port || 80), '127.0.0.1', ready);
  });
  const address = server.address();
  uri = registered ?? `http://127.0.0.1:${typeof address === 'object' ? address?.port ?? 0 : 0}/callback`;

  const giveUp = (): void => reject(new ConnectorError('sign-in', 'Nobody signed in within five minutes. Try again when you are ready.'));
  const abort = (): void => reject(signal.reason);
  const timer = setTimeout(giveUp, patienceMs);
  signal.addEventListener('abort', abort, { once: true });
  // An abort while the port was being opened is heard by nobody.
  if (signal.aborted) abort();
  return {
    uri,
    code,
    close() {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      server.close();
      server.closeIdleConnections();
    },
  };
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', connection: 'close' }).end(sentence);
}

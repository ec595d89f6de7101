import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';

export type RawAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export type RawRequest = {
  readonly method?: string;
  /** Sent as they are, a wrong Host among them, which `fetch` would not send. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** One request with exactly these headers. */
export function ask(url: string, { method = 'GET', headers = {}, body = '' }: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (part: string) => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a browser's window has once it spent its token. */
export type Session = { readonly cookie: string; readonly key: string };

/** Spends the token of a window's address, as the enter page does. */
export async function enter(windowUrl: string): Promise<Session> {
  const { origin, hash } = new URL(windowUrl);
  const answer = await ask(`${origin}/session`, { method: 'POST', headers: { origin }, body: hash.slice(1) });
  if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${answer.body}`);
  return { cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '', key: answer.body };
}

/** Whether a socket opens with these headers and protocols; the HTTP status where it is refused. */
export function trySocket(origin: string, protocols: readonly string[], headers: Readonly<Record<string, string>>): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, [...protocols], { headers: { ...headers } });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One exchange as it was, without its credentials. */
export type Exchange = { readonly method: string; readonly path: string; readonly form: string; readonly status: number; readonly answer: unknown };

export type Recorder = {
  readonly fetch: typeof globalThis.fetch;
  /** Writes the last exchange of a kind to the folder of recordings; the port is not kept. */
  readonly keep: (name: string, method: string, where: RegExp, status: number) => void;
};

const FOLDER = path.resolve(import.meta.dirname, '../../connectors/mailman/recorded');

/** A fetch that remembers what was asked and answered. */
export function makeRecorder(): Recorder {
  const exchanges: Exchange[] = [];
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const form = request.method === 'GET' ? '' : await request.clone().text();
      const response = await fetch(request);
      const url = new URL(request.url);
      const text = await response.clone().text();
      exchanges.push({ method: request.method, path: url.pathname + url.search, form, status: response.status, answer: text === '' ? null : JSON.parse(text.replaceAll(url.host, '127.0.0.1:8001')) });
      return response;
    },
    keep(name, method, where, status) {
      const found = exchanges.findLast((one) => one.method === method && one.status === status && where.test(one.path));
      if (found === undefined) throw new Error(`nothing was recorded for ${name}`);
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path.join(FOLDER, `${name}.json`), `${JSON.stringify(found, null, 1)}\n`);
    },
  };
}

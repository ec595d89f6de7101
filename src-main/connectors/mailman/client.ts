import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { readJson } from '../http/read-json.ts';
import { refusedThere, unlessRefused } from '../http/refused.ts';
import { page, refusal } from './schemas.ts';
import type { MailmanSettings } from './settings.ts';

type Values = Readonly<Record<string, string>>;
export type Page = z.infer<typeof page>;

/** Calls to one server's core. */
export type Client = {
  readonly settings: MailmanSettings;
  readonly get: <Answer>(path: string, query: Values, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** The same; null where Mailman says that there is no such thing. */
  readonly glance: <Answer>(path: string, query: Values, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | null>;
  /** How an answer that is too large to be taken begins; all of a short one. */
  readonly beginning: (path: string, query: Values, signal: AbortSignal) => Promise<string>;
  /** One page of a collection, counted from 1. */
  readonly page: (path: string, query: Values, count: number, number: number, what: string, signal: AbortSignal) => Promise<Page>;
  /** All entries of a collection; some may be there twice, where it shifted between two pages. */
  readonly all: (path: string, query: Values, what: string, signal: AbortSignal) => Promise<readonly unknown[]>;
  /** Carries a change out. Answers false where Mailman said 202: it waits for someone's confirmation. */
  readonly change: (method: 'POST' | 'PATCH' | 'DELETE', path: string, form: Values, what: string, signal: AbortSignal) => Promise<boolean>;
};

const PER_PAGE = 100;
export const BEGINNING = 64_000;
const MOST_PAGES = 200;

/** Makes the calls: basic authentication, forms as every version since 3.0 reads them (core docs, "Basic operation"). */
export function makeClient(io: ConnectorIo, settings: MailmanSettings): Client {
  const { host } = settings;

  async function send(method: string, path: string, values: Values, signal: AbortSignal): Promise<Response> {
    const password = await io.secret('password');
    if (password === null || password === '') throw new ConnectorError('sign-in', `The password for ${host} is missing. Enter it in the connection's settings.`);
    const url = new URL(`${settings.url}${path}`);
    const form = new URLSearchParams(values);
    if (method === 'GET') url.search = form.toString();
    const authorization = `Basic ${Buffer.from(`${settings.user}:${password}`, 'utf8').toString('base64')}`;
    const response = await io.fetch(url, { method, headers: { accept: 'application/json', authorization }, ...(method === 'GET' ? {} : { body: form }), signal });
    if (response.ok) return response;
    const said = await response.text();
    if (response.status === 401) {
      throw new ConnectorError('sign-in', `${host} does not accept this user name and password. They are admin_user and admin_pass of the section [webservice] in mailman.cfg; after a change there, restart Mailman.`);
    }
    if (response.status >= 500) throw statusError(response, host, io.now());
    // Mailman refuses in JSON, or in three words: a page is a proxy's, and says nothing of what is held.
    if (said.trimStart().startsWith('<')) throw new ConnectorError('unintelligible', `${host} answered with a web page instead of data (${response.status}). Check the address; a proxy may stand before the server.`);
    throw refusedThere(host, response.status, saidIn(said));
  }

  const get: Client['get'] = async (path, query, schema, what, signal) => {
    const response = await send('GET', path, query, signal);
    return readJson(response, schema, { host, what, now: io.now() });
  };
  // Both are always given: one alone ends in an error of the server's own (measured).
  const pageOf: Client['page'] = (path, query, count, number, what, signal) => get(path, { ...query, count: String(count), page: String(number) }, page, what, signal);
  return {
    settings,
    get,
    page: pageOf,
    glance: (path, query, schema, what, signal) => unlessRefused([400, 404], get(path, query, schema, what, signal)),
    async beginning(path, query, signal) {
      const response = await send('GET', path, query, signal);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let part = await reader?.read(); part?.done === false && text.length < BEGINNING; part = await reader?.read()) text += part.value;
      await reader?.cancel();
      return text.slice(0, BEGINNING);
    },
    async all(path, query, what, signal) {
      const found: unknown[] = [];
      for (let number = 1; number <= MOST_PAGES; number += 1) {
        const answer = await pageOf(path, query, PER_PAGE, number, what, signal);
        const entries = entriesOf(answer, PER_PAGE, number, host, what);
        found.push(...entries);
        if (entries.length === 0 || number * PER_PAGE >= answer.total_size) break;
      }
      return found;
    },
    async change(method, path, form, what, signal) {
      const response = await send(method, path, form, signal);
      await response.body?.cancel();
      if ([201, 202, 204].includes(response.status)) return response.status !== 202;
      throw new ConnectorError('unintelligible', `${host} answered ${what} in a way that Mailman does not. Check the address; a login page or a proxy may stand before the server.`);
    },
  };
}

/** What a page holds. One that ought to hold something and does not is no empty page. */
export function entriesOf({ entries, total_size }: Page, count: number, number: number, host: string, what: string): readonly unknown[] {
  if (entries === undefined && total_size > (number - 1) * count) {
    throw new ConnectorError('unintelligible', `${host} answered ${what} without what it says is there. Nothing is lost: Docket tries again.`);
  }
  return entries ?? [];
}

function saidIn(text: string): string {
  try {
    const { title, description } = refusal.parse(JSON.parse(text));
    return (description ?? title ?? '').slice(0, 300);
  } catch {
    return '';
  }
}

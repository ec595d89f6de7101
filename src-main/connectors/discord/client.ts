import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { rateLimitedError, statusError } from '../http/errors.ts';
import { checkShape, parseJson } from '../http/read-json.ts';
import { CODE } from './codes.ts';
import { refusal } from './schemas.ts';
import type { DiscordSettings } from './settings.ts';

/** A request that was understood and refused. */
export class DiscordRefused extends ConnectorError {
  readonly status: number;
  /** Discord's own number for why; 0 where it said none. */
  readonly code: number;
  constructor(status: number, code: number, said: string) {
    super('refused', `Discord refused: ${said === '' ? `status ${status}` : said}${code === 0 ? '' : ` (${code})`}.`);
    this.status = status;
    this.code = code;
  }
}

/** Whether something is not there. */
export function isMissing(error: unknown, code?: number): boolean {
  return error instanceof DiscordRefused && error.status === 404 && (code === undefined || error.code === code || error.code === 0);
}

/** Whether the bot may not see or do it. */
export function isForbidden(error: unknown): error is DiscordRefused {
  return error instanceof DiscordRefused && (error.status === 403 || error.code === CODE.missingAccess || error.code === CODE.missingPermissions);
}

export type Change = {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Stands in the audit log: 1-512 URL-encoded characters (resources/audit-log, "Audit Log Entry Object"). */
  readonly reason?: string;
};

/**
 * Calls in the bot's name. Not through the official libraries' REST client: its queue, timers and network stack would stand
 * beside those of `io.fetch`, which keeps the pace, the limits and the addresses already.
 */
export type Client = {
  readonly settings: DiscordSettings;
  readonly get: <Answer>(path: string, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** The same; null where there is no such thing or the bot may not see it. */
  readonly glance: <Answer>(path: string, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | null>;
  /** Changes something; answers what it is now, null where Discord says nothing. */
  readonly change: <Answer>(change: Change, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** The time by Discord's clock, as its last answer told it, ms since the epoch. */
  readonly serverNow: () => number;
  /** A time of this machine's clock by Discord's. */
  readonly toServer: (ms: number) => number;
  /** A token that was refused is tried again. */
  readonly forgive: () => void;
};

/** 10,000 answers of 401, 403 or 429 in ten minutes shut a whole address out (topics/rate-limits, "Invalid Request Limit"); Docket stops well before. */
const MOST_INVALID = 1000;
const INVALID_WINDOW_MS = 600_000;

export function makeClient(io: ConnectorIo, settings: DiscordSettings): Client {
  const { host } = settings;
  let offsetMs = 0;
  let refusedToken: string | null = null;
  let invalid = { since: -Infinity, count: 0 };

  function countInvalid(): void {
    invalid = io.now() - invalid.since > INVALID_WINDOW_MS ? { since: io.now(), count: 1 } : { ...invalid, count: invalid.count + 1 };
  }

  async function send({ method, path, body, reason }: Omit<Change, 'method'> & { readonly method: string }, signal: AbortSignal): Promise<{ readonly response: Response; readonly text: string }> {
    const token = await tokenOf(io);
    // "By stopping further requests after a token becomes invalid" (topics/rate-limits, "Invalid Request Limit").
    if (token === refusedToken) throw signedOut();
    const leftMs = invalid.since + INVALID_WINDOW_MS - io.now();
    if (invalid.count >= MOST_INVALID && leftMs > 0) throw rateLimitedError(host, leftMs);
    try {
      const response = await io.fetch(`${settings.url}${path}`, {
        method, signal,
        headers: {
          accept: 'application/json', authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (docket, 1)',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(reason === undefined ? {} : { 'x-audit-log-reason': reason }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const told = Date.parse(response.headers.get('date') ?? '');
      // The header tells whole seconds: half of one more is the likeliest.
      if (!Number.isNaN(told)) offsetMs = told + 500 - io.now();
      if (response.status === 401 || response.status === 403) countInvalid();
      if (response.status === 401) refusedToken = token;
      return { response, text: await response.text() };
    } catch (error) {
      if (error instanceof ConnectorError && error.kind === 'rate-limited') countInvalid();
      throw error;
    }
  }

  async function call<Answer>(change: Omit<Change, 'method'> & { readonly method: string }, schema: z.ZodType<Answer>, what: string, signal: AbortSignal): Promise<Answer> {
    const { response, text } = await send(change, signal);
    const about = { host, what, now: io.now() };
    const type = response.headers.get('content-type') ?? '';
    if (response.ok) return checkShape(text.trim() === '' && change.method !== 'GET' ? null : parseJson(text, type, about), schema, about);
    if (response.status === 401) throw signedOut();
    if (response.status < 400 || response.status >= 500) throw statusError(response, host, about.now);
    const said = saidIn(text);
    // Discord itself answers in JSON; what stands before it, or at another address, does not (reference, "User Agent"; code 40333).
    if (said === null || said.code === CODE.blocked) throw notDiscord(response.status, host);
    throw new DiscordRefused(response.status, said.code ?? 0, said.message ?? '');
  }

  const get: Client['get'] = (path, schema, what, signal) => call({ method: 'GET', path }, schema, what, signal);
  return {
    settings, get,
    async glance(path, schema, what, signal) {
      try {
        return await get(path, schema, what, signal);
      } catch (error) {
        if (isMissing(error) || isForbidden(error)) return null;
        throw error;
      }
    },
    change: call,
    serverNow: () => io.now() + offsetMs,
    toServer: (ms) => ms + offsetMs,
    forgive() {
      refusedToken = null;
    },
  };
}

/** The bot's token; a pasted "Bot " before it is left out. */
export async function tokenOf(io: ConnectorIo): Promise<string> {
  const token = (await io.secret('token'))?.trim().replace(/^Bot\s+/i, '') ?? '';
  if (token === '') throw new ConnectorError('sign-in', 'Docket has no bot token. Make one in the Developer Portal (your app, Bot, Reset Token) and paste it in the connection\'s settings.');
  return token;
}

export function signedOut(): ConnectorError {
  return new ConnectorError('sign-in', 'Discord no longer accepts the bot token. Reset it in the Developer Portal (your app, Bot, Reset Token) and paste the new one in the connection\'s settings.');
}

function notDiscord(status: number, host: string): ConnectorError {
  if (status === 403) return new ConnectorError('unreachable', `Something before ${host} does not let this machine's requests through at present. Docket tries again later.`, INVALID_WINDOW_MS);
  return new ConnectorError('unintelligible', `What answers at ${host} is not Discord's API (${status}). Check the API address in the connection's settings.`);
}

/** What Discord says of a refusal; null where that is not its way of saying it. */
function saidIn(body: string): z.infer<typeof refusal> | null {
  if (body.trim() === '') return { code: null, message: null };
  try {
    return refusal.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

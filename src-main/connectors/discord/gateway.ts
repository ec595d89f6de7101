import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo, Socket } from '../connector.ts';
import { sleepByTimer } from '../http/sleep.ts';
import type { Sleep } from '../http/sleep.ts';
import { signedOut, tokenOf } from './client.ts';
import type { Client } from './client.ts';
import { INTENT, OP } from './codes.ts';
import { gatewayBot } from './schemas.ts';

/** Listens at Discord's gateway (events/gateway). What it misses, the poll finds. */
export type Gateway = {
  /** Begins to listen, where it does not yet. `intents`: of which events. */
  readonly start: (intents: number) => void;
  /** Why it will not be let in again before a person acts; null while all is well. */
  readonly trouble: () => ConnectorError | null;
  /** A person acted: it is tried again. */
  readonly forgive: () => void;
  readonly stop: () => Promise<void>;
};

export type GatewayOptions = {
  readonly io: ConnectorIo;
  readonly client: Client;
  /** `since`: where it was missed and is told now ("Resuming"), from when on it may have happened, ms; null for one that just happened. */
  readonly onEvent: (name: string, data: unknown, since: number | null) => void;
  /** A session began, or went on: something may have been missed before. */
  readonly onReady: () => void;
  readonly sleep?: Sleep;
};

const packet = z.object({ op: z.number(), d: z.unknown().optional(), s: z.number().nullish().catch(null), t: z.string().nullish().catch(null) });
const hello = z.object({ heartbeat_interval: z.number().positive() });
const ready = z.object({ session_id: z.string(), resume_gateway_url: z.string() });

/** What is needed to go on where a connection broke ("Preparing to Resume"). */
type Resumable = {
  readonly id: string; readonly url: string; seq: number;
  /** When the last heartbeat that was answered was sent: what happened before was heard, however late it was read, as after a sleep. */
  heardAt: number;
};

/** Failures in a row after which it rests until a pull asks for it again. */
const MOST_FAILURES = 6;
const REST_MS = 60_000;
const LONGEST_WAIT_MS = 60_000;
/** A connection that ends sooner counts as a failure, whatever it said: a gateway that greets and hangs up is not asked on and on. */
const STEADY_MS = 10_000;
const HELLO_WITHIN_MS = 20_000;
/** After these a session cannot be resumed: not authenticated, invalid sequence, timed out, and a normal close ("Gateway Close Event Codes", "Initiating a Disconnect"). */
const ANEW = new Set([1000, 1001, 4003, 4007, 4009]);

export function makeGateway({ io, client, onEvent, onReady, sleep = sleepByTimer }: GatewayOptions): Gateway {
  let running: { readonly control: AbortController; readonly done: Promise<void> } | null = null;
  let socketNow: Socket | null = null;
  let trouble: ConnectorError | null = null;
  let restsUntil = -Infinity;
  let resumable: Resumable | null = null;

  async function addressToIdentify(signal: AbortSignal): Promise<{ readonly url: string; readonly shard: readonly [number, number] | null }> {
    const { url, shards, session_start_limit: limit } = await client.get('/gateway/bot', gatewayBot, 'the gateway\'s address', signal);
    // Beyond the daily number of identifies Discord resets the token ("Identifying").
    if (limit?.remaining === 0) await sleep(Math.max(1000, limit.reset_after ?? LONGEST_WAIT_MS), signal);
    const count = shards ?? 1;
    // "Sharding": events of a server come to one shard only.
    return { url, shard: count > 1 ? [Number((BigInt(client.settings.guild) >> 22n) % BigInt(count)), count] : null };
  }

  /** One connection from beginning to end; answers its close code, whether it got as far as a session, and whether that lasted. */
  async function connect(intents: number, signal: AbortSignal): Promise<{ readonly code: number; readonly lived: boolean; readonly steady: boolean; readonly asked: boolean }> {
    const token = await tokenOf(io);
    const from = resumable;
    const { url, shard } = from === null ? await addressToIdentify(signal) : { url: from.url, shard: null };
    const address = new URL(url);
    address.searchParams.set('v', '10');
    address.searchParams.set('encoding', 'json');
    // Ending the connection without a close frame keeps the session resumable.
    const life = new AbortController();
    const both = AbortSignal.any([signal, life.signal]);
    const socket = await io.socket(address.href, { signal: both });
    socketNow = socket;
    const began = io.now();
    let beatAt = began;
    let seq = from?.seq ?? null;
    let acked = true;
    let greeted = false;
    let lived = false;
    /** Until RESUMED comes what was missed since then. */
    let missedSince = from?.heardAt ?? null;
    /** Discord asked for a new connection: no wait. */
    let asked = false;
    const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
    const end = (): void => life.abort(new Error('the gateway connection ended'));

    async function heartbeat(intervalMs: number): Promise<void> {
      await sleep(intervalMs * io.random(), both);
      for (;;) {
        // "Zombied": no ACK between two heartbeats.
        if (!acked) return end();
        acked = false;
        beatAt = io.now();
        send(OP.heartbeat, seq);
        await sleep(intervalMs, both);
      }
    }

    function hear(text: string): void {
      const told = packet.safeParse(readJson(text)).data;
      if (told === undefined) return;
      if (typeof told.s === 'number') {
        // What is sent again while resuming was heard already.
        if (seq !== null && told.s <= seq) return;
        seq = told.s;
        if (resumable !== null) resumable.seq = told.s;
      }
      switch (told.op) {
        case OP.hello: {
          const interval = hello.safeParse(told.d).data?.heartbeat_interval;
          if (interval === undefined || greeted) return;
          greeted = true;
          background(heartbeat(interval));
          if (from === null) send(OP.identify, { token, intents, properties: { os: process.platform, browser: 'docket', device: 'docket' }, ...(shard === null ? {} : { shard }) });
          else send(OP.resume, { token, session_id: from.id, seq });
          return;
        }
        case OP.heartbeat: return send(OP.heartbeat, seq);
        case OP.heartbeatAck:
          acked = true;
          if (lived && resumable !== null) resumable.heardAt = beatAt;
          return;
        case OP.reconnect:
          asked = true;
          return end();
        case OP.invalidSession:
          if (told.d !== true) resumable = null;
          return end();
        case OP.dispatch:
          if (told.t === 'READY') {
            const session = ready.safeParse(told.d).data;
            resumable = session === undefined || !URL.canParse(session.resume_gateway_url) ? null : { id: session.session_id, url: session.resume_gateway_url, seq: seq ?? 0, heardAt: beatAt };
          }
          if (told.t === 'READY' || told.t === 'RESUMED') {
            lived = true;
            missedSince = null;
            onReady();
          } else if (typeof told.t === 'string') onEvent(told.t, told.d, missedSince);
          return;
        default: return;
      }
    }

    background(sleep(HELLO_WITHIN_MS, both).then(() => (greeted ? undefined : end())));
    for await (const text of socket.messages) {
      if (both.aborted) break;
      hear(text);
    }
    const { code } = await socket.closed;
    end();
    socketNow = null;
    if (ANEW.has(code)) resumable = null;
    return { code, lived, asked, steady: lived && io.now() - began >= STEADY_MS };
  }

  async function listen(intents: number, signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted && failures < MOST_FAILURES) {
      const resuming = resumable !== null;
      const ended = await connect(intents, signal).catch((error: unknown) => {
        if (signal.aborted || (error instanceof ConnectorError && ['sign-in', 'secrets-locked'].includes(error.kind))) throw error;
        return null;
      });
      signal.throwIfAborted();
      trouble = ended === null ? null : fatal(ended.code, intents);
      if (trouble !== null) return;
      // "If the reconnect fails", a new session is begun; a network that is away for a moment is no answer yet.
      if (resuming && (ended === null ? failures > 1 : !ended.lived)) resumable = null;
      failures = ended?.steady === true ? 0 : failures + 1;
      if (ended?.asked === true && ended.steady) continue;
      await sleep(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures) * (0.5 + io.random() / 2), signal);
    }
  }

  return {
    start(intents) {
      if (running !== null || trouble !== null || io.now() < restsUntil) return;
      const control = new AbortController();
      const done = listen(intents, control.signal).catch((error: unknown) => {
        if (!control.signal.aborted) io.log('discord-gateway-ended', { name: error instanceof Error ? error.name : '' });
      }).finally(() => {
        restsUntil = io.now() + REST_MS;
        running = null;
      });
      running = { control, done };
    },
    trouble: () => trouble,
    forgive() {
      trouble = null;
      restsUntil = -Infinity;
    },
    async stop() {
      const was = running;
      const socket = socketNow;
      // 1000 says goodbye: the bot no longer appears online.
      socket?.close(1000);
      if (socket !== null) await Promise.race([socket.closed, sleep(1000, new AbortController().signal)]);
      was?.control.abort(new Error('the session was closed'));
      await was?.done;
    },
  };
}

/** What runs beside a connection ends with it. */
function background(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Close codes after which Discord wants no new connection ("Gateway Close Event Codes"), as what a person can do about them. */
function fatal(code: number, intents: number): ConnectorError | null {
  const portal = 'in the Developer Portal (discord.com/developers/applications): your app, Bot, Privileged Gateway Intents';
  switch (code) {
    case 4004: return signedOut();
    case 4010: case 4011: return new ConnectorError('settings', `Discord wants this bot to listen in parts (shards) that Docket could not tell (${code}). Use a bot of your own for moderation.`);
    case 4012: return new ConnectorError('settings', 'Discord no longer takes version 10 of its gateway (4012). Docket has to be updated.');
    case 4013: case 4014: return new ConnectorError('settings', `Discord does not let the bot listen to what it asked for (${code})${(intents & INTENT.content) === 0 ? '' : ': Message Content Intent is not enabled'}. Switch on Message Content Intent ${portal}; for a bot in many servers Discord has to approve it first. Then choose “Sign in again”.`);
    default: return null;
  }
}

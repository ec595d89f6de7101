import { ConnectorError } from '../connector.ts';
import type { Connector, Session } from '../connector.ts';
import { sleepByTimer } from '../http/sleep.ts';
import { checkAccount } from './account.ts';
import { makeClient } from './client.ts';
import { INTENT } from './codes.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { makeGateway } from './gateway.ts';
import { guidelinesOf } from './guidelines.ts';
import { makeGuild } from './guild.ts';
import { INTENTS, makeLive } from './live.ts';
import { mediumOf } from './media.ts';
import { pull } from './pull.ts';
import type { Memory } from './pull.ts';
import { makeRecordBook } from './record.ts';
import { guild as guildShape } from './schemas.ts';
import { fields, readSettings } from './settings.ts';

/** One trigger's events, alert and audit entry come within moments of each other, and are pulled together. */
const TOGETHER_MS = 500;

/** What AutoMod does in a Discord server, seen with a bot's eyes. */
export const discord: Connector = {
  id: 'discord',
  title: 'Discord',
  summary: 'What AutoMod blocks and flags in a Discord server, and what moderators do there, through a bot of your own. Reports that members send to Discord itself are shown to nobody but Discord.',
  fields,
  instance(values) {
    const { host, guild } = readSettings(values);
    return `${host}/${guild}`;
  },
  open(io, values): Session {
    const settings = readSettings(values);
    const client = makeClient(io, settings);
    const guild = makeGuild(io, client);
    const memory: Memory = { whole: new Map(), lookedAt: -Infinity, seen: null, counts: new Map() };
    const live = makeLive(settings.guild, client.serverNow, guild.forget);
    const record = makeRecordBook(client, io.now);
    const closed = new AbortController();
    let waking = false;
    /** What keeps the gateway shut, once it was told; the next check of the account says it for as long as it lasts. */
    let shut: { readonly why: string; said: boolean } | null = null;
    // Without a word from Discord the intent is asked for; where it is not enabled, the gateway's refusal says so.
    let content = true;

    async function wakeTogether(): Promise<void> {
      if (waking) return;
      waking = true;
      await sleepByTimer(TOGETHER_MS, closed.signal).catch(() => undefined);
      waking = false;
      if (!closed.signal.aborted) io.wake();
    }
    const wakeSoon = (): void => void wakeTogether();
    const gateway = makeGateway({
      io, client, onReady: wakeSoon,
      onEvent(name, data, since) {
        if (live.hear(name, data, since === null ? null : client.toServer(since))) wakeSoon();
      },
    });

    return {
      async verify(signal) {
        client.forgive();
        guild.forget();
        const { account, content: mayRead } = await checkAccount(client, guild, signal);
        content = mayRead !== false;
        if (shut !== null && !shut.said) {
          shut.said = true;
          return { ...account, missing: [...account.missing, shut.why] };
        }
        // A person may have acted since: it is tried again.
        shut = null;
        gateway.forgive();
        return account;
      },
      async* pull(cursor, signal) {
        gateway.start(content ? INTENTS | INTENT.content : INTENTS);
        yield* pull({ io, client, guild, live, memory }, cursor, signal);
        const trouble = gateway.trouble();
        if (trouble === null || shut !== null) return;
        if (trouble.kind === 'sign-in') throw trouble;
        // Told once: without the gateway all else goes on, and alerts and log are polled.
        shut = { why: trouble.message, said: false };
        throw new ConnectorError('refused', trouble.message);
      },
      context: (subject, signal) => contextOf({ client, guild, record, whole: memory.whole }, subject, signal),
      deliver: (order, signal) => deliver({
        client, seen: memory.seen,
        async who(abort) {
          const [me, here] = await Promise.all([guild.me(abort), client.glance(`/guilds/${settings.guild}`, guildShape, 'the server', abort)]);
          return { me: me.id, server: here?.name ?? 'the server' };
        },
      }, order, signal),
      guidelines: (signal) => guidelinesOf(client, guild, signal),
      media: (url, signal) => mediumOf(io, client, url, signal),
      async close() {
        closed.abort(new Error('the session was closed'));
        await gateway.stop();
      },
    };
  },
};

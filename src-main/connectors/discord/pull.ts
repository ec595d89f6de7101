import type { Batch, ConnectorIo } from '../connector.ts';
import { actOf } from './acts.ts';
import type { Client } from './client.ts';
import { makeClosings } from './closings.ts';
import type { Closings } from './closings.ts';
import { alertFeed, auditFeed, merged } from './feeds.ts';
import type { Feed, Line } from './feeds.ts';
import { alertChannelsOf } from './guild.ts';
import type { Guild } from './guild.ts';
import type { Heard, Live } from './live.ts';
import type { Offence } from './offence.ts';
import { readPosition, writePosition } from './position.ts';
import { makeRound } from './round.ts';
import type { Round } from './round.ts';
import { messages } from './schemas.ts';
import type { WireMessage } from './schemas.ts';
import { isAlert, sightingOfAlert, sightingOfEntry, sightingOfExecution } from './sightings.ts';
import type { HeardExecution } from './sightings.ts';
import { FIRST, laterOf, snowflakeAt, timeOf } from './snowflake.ts';
import { subjectOfMessage, wordsOf } from './subjects.ts';
import { alertAbout } from './watched.ts';

/** What a session remembers between pulls. */
export type Memory = {
  /** Offences of the last minutes with their words, by id. */
  readonly whole: Map<string, Offence>;
  /** When the alerts were last looked through for completed ones, ms. */
  lookedAt: number;
  /** The audit log's entries up to here are known to the desk; null before the first pull. */
  seen: string | null;
  readonly counts: Map<string, number>;
};

export type PullInput = {
  readonly io: ConnectorIo; readonly client: Client; readonly guild: Guild; readonly live: Live; readonly memory: Memory;
};

/** A batch is given out when it is that full and nothing more of its last offence can be near, or at the latest when it is this full. */
const FULL = 60;
const FULLEST = 150;
const QUIET_MS = 15_000;
const LOOK_AGAIN_MS = 300_000;
const LOOK = 100;

/** Alerts and audit log, side by side in the order in which they were written, with what the gateway told meanwhile. */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { client, guild, live, memory } = input;
  const position = readPosition(cursor);
  memory.seen = position.audit;
  const rules = await guild.rules(signal);
  const round = makeRound(position, guild, await guild.places(signal), memory.whole);
  const closings = makeClosings({ client, guild, counts: memory.counts }, round, signal);
  const heard = live.waiting();
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  await takeExecutions(round, guild, heard.executions.filter(({ since }) => since === null), names, signal);

  async function* flush(always: boolean): AsyncGenerator<Batch> {
    for (const batch of round.flush(always)) {
      signal.throwIfAborted();
      yield batch;
    }
    // Who asks for the next batch has stored this one.
    live.forget({ executions: heard.executions, alerts: [], edits: [], gone: [] });
  }

  const named = client.settings.alerts;
  const channels = new Set(named.length > 0 ? named : [...alertChannelsOf(rules), ...live.channels, ...position.alerts.keys()]);
  const triggers = new Map(rules.map(({ name, trigger_type: trigger }) => [name ?? '', trigger]));
  async function* read(feeds: readonly Feed[]): AsyncGenerator<Batch> {
    for await (const line of merged(feeds)) {
      const at = timeOf(line.id);
      if (round.size() >= FULLEST || (round.size() >= FULL && at - position.head > QUIET_MS)) yield* flush(false);
      await takeLine(round, guild, closings, triggers, line);
      position.head = Math.max(position.head, at);
    }
  }
  const alertFeeds = (): readonly Feed[] => [...channels].map((channel) => alertFeed(client, channel, position.alerts.get(channel) ?? null, signal));
  yield* read([...alertFeeds(), auditFeed(client, position.audit ?? firstEntry(position.head), signal)]);
  // The log was read after the alerts: an alert may have come between.
  if (round.book.expectsMore(client.serverNow() - QUIET_MS)) yield* read(alertFeeds());
  // What came late is joined to what log and alerts told of its time.
  await takeExecutions(round, guild, heard.executions.filter(({ since }) => since !== null), names, signal);
  await takeChanges(input, round, closings, heard, cursor === null ? new Set() : channels, signal);
  yield* flush(round.size() > 0 || writePosition(position) !== cursor);
  live.forget(heard);
  memory.seen = position.audit ?? FIRST;
  live.watch(new Set(round.watch.all().flatMap(({ message }) => message ?? [])));
}

/** Where the log becomes readable only later, it is read from where the alerts were read to: what is before is known by them. */
function firstEntry(head: number): string | null {
  return head === 0 ? null : snowflakeAt(head - QUIET_MS);
}

async function takeExecutions(round: Round, guild: Guild, executions: readonly HeardExecution[], names: ReadonlyMap<string, string | null>, signal: AbortSignal): Promise<void> {
  for (const heard of executions) {
    const { event } = heard;
    if (event.user_id !== null && !guild.people.has(event.user_id)) await guild.member(event.user_id, signal);
    round.book.take(sightingOfExecution(heard, names.get(event.rule_id ?? '') ?? null));
  }
}

async function takeLine({ position, book, settle }: Round, guild: Guild, closings: Closings, triggers: ReadonlyMap<string, number | null>, line: Line): Promise<void> {
  if (line.kind === 'message') {
    const { channel, message } = line;
    if (isAlert(message)) {
      if (message.author !== null) guild.meet(message.author);
      const sighting = sightingOfAlert(message, channel, triggers);
      book.take(sighting);
      if (sighting.done !== null) {
        settle();
        await closings.completed(`${channel}:${message.id}`, sighting.done);
      }
    }
    position.alerts.set(channel, laterOf(position.alerts.get(channel) ?? FIRST, message.id));
    return;
  }
  const { entry, users } = line;
  for (const user of users.values()) if (user.id === entry.target_id || user.id === entry.user_id) guild.meet(user);
  const sighting = sightingOfEntry(entry);
  const act = actOf(entry, users);
  if (sighting !== null) book.take(sighting);
  if (act !== null) {
    settle();
    await closings.act(act);
  }
  position.audit = laterOf(position.audit ?? FIRST, entry.id);
}

/** What happened to things that were read before: alerts marked as completed, messages edited or deleted. */
async function takeChanges(input: PullInput, round: Round, closings: Closings, heard: Heard, channels: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
  const { io, client, guild, memory } = input;
  round.settle();
  const changed: { readonly channel: string; readonly message: WireMessage }[] = heard.alerts.map((message) => ({ channel: message.channel_id ?? '', message }));
  // While nobody listened, an alert may have been marked: the newest are looked through.
  if (channels.size > 0 && io.now() - memory.lookedAt > LOOK_AGAIN_MS) {
    for (const channel of channels) {
      const page = await client.glance(`/channels/${channel}/messages?limit=${LOOK}`, messages, 'the alert channel', signal) ?? [];
      changed.push(...page.filter(isAlert).map((message) => ({ channel, message })));
    }
    memory.lookedAt = io.now();
  }
  for (const { channel, message } of changed) {
    const { done } = sightingOfAlert(message, channel, new Map());
    if (done !== null) await closings.completed(`${channel}:${message.id}`, done);
  }
  for (const message of heard.edits) {
    const before = round.watch.message(message.id);
    // Without the Message Content Intent an edit comes without words: what is known stays.
    if (before === null || wordsOf(message) === '') continue;
    if (message.author !== null) guild.meet(message.author);
    const alert = alertAbout(before);
    const now = subjectOfMessage(message, before.channel ?? message.channel_id ?? '', round.places);
    round.describe({
      ...now, type: before.type, remoteId: before.remoteId,
      extra: { ...now.extra, ...(alert === null ? {} : { alert }), ...(before.remoteId === message.id ? {} : { message: message.id }) },
    });
  }
  await closings.gone(new Set(heard.gone));
}

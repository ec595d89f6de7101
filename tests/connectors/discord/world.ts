import { snowflakeAt } from '../../../src-main/connectors/discord/snowflake.ts';

export type FarUser = { readonly id: string; readonly username: string; nick: string | null; roles: string[]; readonly joinedAt: number; timedOutUntil: number | null; here: boolean; takesMessages: boolean };
export type FarMessage = { readonly id: string; readonly channel: string; readonly author: string; content: string; readonly type: number; editedAt: number | null; embeds: FarEmbed[]; attachments: Record<string, unknown>[]; readonly nonce: string | null; readonly reactions: Set<string>; /** Such as a poll. */ readonly more?: Record<string, unknown> };
export type FarEmbed = { readonly type: string; readonly description: string; readonly fields: { readonly name: string; readonly value: string; readonly inline: boolean }[] };
export type FarEntry = { readonly id: string; readonly action_type: number; readonly target_id: string | null; readonly user_id: string | null; reason?: string; changes?: { key: string; new_value?: unknown; old_value?: unknown }[]; options?: Record<string, string> };
export type FarChannel = { readonly id: string; readonly name: string; readonly type: number; thread: { locked: boolean; archived: boolean } | null; overwrites: { id: string; type: number; allow: string; deny: string }[] };
export type FarRule = { readonly id: string; readonly name: string; readonly trigger_type: number; readonly actions: readonly Record<string, unknown>[]; readonly keywords: readonly string[] };

/** What AutoMod does at one trigger. */
export type Trigger = { readonly rule?: FarRule; readonly content?: string; readonly channel?: string; readonly blocks?: boolean; readonly alerts?: boolean; readonly timesOut?: boolean; readonly keyword?: string; readonly profile?: boolean };
export type Told = { readonly message: string | null; readonly alert: string | null; readonly entries: readonly string[]; readonly events: readonly Record<string, unknown>[] };

export const GUILD = '613425648685547541';
export const BOT = '100000000000000001';

function field(name: string, value: string): FarEmbed['fields'][number] {
  return { name, value, inline: false };
}

/** A time as the documentation's examples write it. */
function iso(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}

/** A server and what happens in it, by the rules of Discord's documentation. */
export function makeWorld(now: () => number) {
  let count = 0;
  const next = (): string => {
    count += 1;
    return String(BigInt(snowflakeAt(now())) + BigInt(count % 4_000_000));
  };
  const users = new Map<string, FarUser>();
  const channels = new Map<string, FarChannel>();
  const messages = new Map<string, FarMessage>();
  const byChannel = new Map<string, FarMessage[]>();
  const entries: FarEntry[] = [];
  const bans = new Map<string, string | null>();

  const addUser = (username: string, id = next()): FarUser => {
    const user: FarUser = { id, username, nick: null, roles: [], joinedAt: now() - 86_400_000, timedOutUntil: null, here: true, takesMessages: true };
    users.set(id, user);
    return user;
  };
  const addChannel = (name: string, type = 0): FarChannel => {
    const channel: FarChannel = { id: next(), name, type, thread: type === 11 ? { locked: false, archived: false } : null, overwrites: [] };
    channels.set(channel.id, channel);
    return channel;
  };
  const write = (channel: string, author: string, content: string, more: Partial<FarMessage> = {}): FarMessage => {
    const message: FarMessage = { id: next(), channel, author, content, type: 0, editedAt: null, embeds: [], attachments: [], nonce: null, reactions: new Set(), ...more };
    messages.set(message.id, message);
    byChannel.set(channel, [...byChannel.get(channel) ?? [], message]);
    return message;
  };
  const log = (action_type: number, user_id: string | null, target_id: string | null, more: Partial<FarEntry> = {}): FarEntry => {
    const entry: FarEntry = { id: next(), action_type, user_id, target_id, ...more };
    entries.push(entry);
    return entry;
  };
  const unwrite = (id: string): void => {
    const message = messages.get(id);
    if (message === undefined) return;
    messages.delete(id);
    byChannel.set(message.channel, (byChannel.get(message.channel) ?? []).filter((one) => one.id !== id));
  };

  const bot = addUser('docketbot', BOT);
  const tomas = addUser('tomas');
  const general = addChannel('general');
  const alerts = addChannel('automod-alerts');
  const thread = addChannel('watches', 11);
  const rulesChannel = addChannel('rules');
  const rule: FarRule = { id: next(), name: 'Keyword Filter 1', trigger_type: 1, keywords: ['*watches*'], actions: [{ type: 1, metadata: { custom_message: 'No' } }, { type: 2, metadata: { channel_id: alerts.id } }, { type: 3, metadata: { duration_seconds: 60 } }] };
  const rules = [rule];

  /** AutoMod meets something: its entries, its alert, and the gateway's events, one for each action. */
  function trigger(user: FarUser, how: Trigger = {}): Told {
    const { content = 'buy cheap watches', channel = general.id, blocks = false, alerts: alerted = true, timesOut = false, keyword = '*watches*', profile = false } = how;
    const by = how.rule ?? rule;
    const message = blocks || profile ? null : write(channel, user.id, content).id;
    const options = { auto_moderation_rule_name: by.name, auto_moderation_rule_trigger_type: String(by.trigger_type), ...(profile ? {} : { channel_id: channel }) };
    const told: string[] = [];
    const entry = (type: number): void => void told.push(log(type, user.id, user.id, { options }).id);
    if (profile) entry(146);
    if (blocks) entry(143);
    const alert = alerted ? write(alerts.id, user.id, '', {
      type: 24,
      embeds: [{ type: 'auto_moderation_message', description: content, fields: [
        field('rule_name', by.name), field('decision_id', next()), ...(profile ? [field('quarantine_user', 'display_name'), field('quarantine_user_action', 'quarantine_user')] : [field('channel_id', channel)]),
        field('keyword', keyword), field('keyword_matched_content', keyword.replaceAll('*', '')), ...(message === null ? [] : [field('flagged_message_id', message)]), ...(timesOut ? [field('timeout_duration', '60')] : []),
      ] }],
    }).id : null;
    if (alerted) entry(144);
    if (timesOut) {
      entry(145);
      user.timedOutUntil = now() + 60_000;
    }
    const shared = { guild_id: GUILD, rule_id: by.id, rule_trigger_type: by.trigger_type, user_id: user.id, ...(profile ? {} : { channel_id: channel }), ...(message === null ? {} : { message_id: message }), content, matched_keyword: keyword, matched_content: keyword.replaceAll('*', '') };
    const events = [
      ...(profile ? [{ ...shared, action: { type: 4, metadata: {} } }] : []),
      ...(blocks ? [{ ...shared, action: { type: 1, metadata: {} } }] : []),
      ...(alert === null ? [] : [{ ...shared, action: { type: 2, metadata: { channel_id: alerts.id } }, alert_system_message_id: alert }]),
      ...(timesOut ? [{ ...shared, action: { type: 3, metadata: { duration_seconds: 60 } } }] : []),
    ];
    return { message, alert, entries: told, events };
  }

  function timeOut(by: FarUser, user: FarUser, until: number | null, reason?: string): void {
    const before = user.timedOutUntil;
    user.timedOutUntil = until;
    log(24, by.id, user.id, {
      changes: [{ key: 'communication_disabled_until', ...(before === null ? {} : { old_value: iso(before) }), ...(until === null ? {} : { new_value: iso(until) }) }],
      ...(reason === undefined ? {} : { reason }),
    });
  }

  function lock(by: FarUser, channel: FarChannel, thread: { locked: boolean; archived: boolean }, reason?: string): void {
    if (channel.thread?.locked !== thread.locked) log(111, by.id, channel.id, { changes: [{ key: 'locked', old_value: !thread.locked, new_value: thread.locked }], ...(reason === undefined ? {} : { reason }) });
    channel.thread = thread;
  }

  function ban(by: FarUser, user: FarUser, reason?: string): void {
    bans.set(user.id, reason ?? null);
    user.here = false;
    log(22, by.id, user.id, reason === undefined ? {} : { reason });
  }

  function kick(by: FarUser, user: FarUser, reason?: string): void {
    user.here = false;
    log(20, by.id, user.id, reason === undefined ? {} : { reason });
  }

  /** Deletions of one member's messages in one channel join one entry, as far as nothing distinguishes them. */
  function remove(by: FarUser, id: string, reason?: string): void {
    const message = messages.get(id);
    if (message === undefined) return;
    unwrite(id);
    if (by.id === message.author) return;
    const joined = entries.findLast((one) => one.action_type === 72 && one.user_id === by.id && one.target_id === message.author && one.options?.['channel_id'] === message.channel && one.reason === reason);
    if (joined?.options !== undefined) joined.options['count'] = String(Number(joined.options['count']) + 1);
    else log(72, by.id, message.author, { options: { channel_id: message.channel, count: '1' }, ...(reason === undefined ? {} : { reason }) });
  }

  /** A whole channel, or a thread, with all that was written in it. */
  function erase(by: FarUser, { id, thread: isThread }: FarChannel): void {
    for (const message of byChannel.get(id) ?? []) unwrite(message.id);
    channels.delete(id);
    log(isThread === null ? 12 : 112, by.id, id, { changes: [{ key: 'type', old_value: isThread === null ? 0 : 11 }] });
  }

  return { now, next, erase, users, channels, messages, byChannel, entries, bans, rules, bot, tomas, general, alerts, thread, rulesChannel, rule, addUser, addChannel, write, unwrite, log, trigger, timeOut, lock, ban, kick, remove };
}
export type World = ReturnType<typeof makeWorld>;

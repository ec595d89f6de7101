import type { ConnectorIo, RemoteMember } from '../connector.ts';
import { remembered } from '../http/remembered.ts';
import { ACTION } from './codes.ts';
import type { Client } from './client.ts';
import { activeThreads, channels, member, rules, user } from './schemas.ts';
import type { WireRule, WireUser } from './schemas.ts';
import { memberOf } from './subjects.ts';
import type { Places } from './subjects.ts';

/** What a session knows of its server, asked for when it is wanted and again after a while. */
export type Guild = {
  readonly me: (signal: AbortSignal) => Promise<WireUser>;
  /** The AutoMod rules; none where the bot may not read them. */
  readonly rules: (signal: AbortSignal) => Promise<readonly WireRule[]>;
  readonly places: (signal: AbortSignal) => Promise<Places>;
  /** Members as they were met last. */
  readonly people: Map<string, RemoteMember>;
  /** Takes up a user who was named somewhere; what is known better stays. */
  readonly meet: (user: WireUser) => RemoteMember;
  /** A member as they are now; null where they are not in the server. */
  readonly member: (userId: string, signal: AbortSignal) => Promise<RemoteMember | null>;
  readonly forget: () => void;
};

const FRESH_MS = 600_000;
const MOST_PEOPLE = 5000;

export function makeGuild(io: ConnectorIo, client: Client): Guild {
  const { guild } = client.settings;
  const me = remembered((signal) => client.get('/users/@me', user, 'the bot\'s account', signal));
  const ruleList = remembered(async (signal) => await client.glance(`/guilds/${guild}/auto-moderation/rules`, rules, 'the AutoMod rules', signal) ?? []);
  const names = remembered(async (signal) => {
    const list = await client.glance(`/guilds/${guild}/channels`, channels, 'the channels', signal) ?? [];
    const threads = await client.glance(`/guilds/${guild}/threads/active`, activeThreads, 'the threads', signal);
    return new Map([...list, ...threads?.threads ?? []].map(({ id, name }) => [id, name]));
  });
  const people = new Map<string, RemoteMember>();
  let freshUntil = -Infinity;

  function forget(): void {
    ruleList.forget();
    names.forget();
  }

  function renew(): void {
    if (io.now() < freshUntil) return;
    forget();
    freshUntil = io.now() + FRESH_MS;
  }

  function keep(one: RemoteMember): RemoteMember {
    people.delete(one.remoteId);
    people.set(one.remoteId, one);
    for (const oldest of people.keys()) {
      if (people.size <= MOST_PEOPLE) break;
      people.delete(oldest);
    }
    return one;
  }

  return {
    me: (signal) => me.get(signal),
    async rules(signal) {
      renew();
      const list = await ruleList.get(signal);
      // None may soon be some: the right to read them is granted, or the first rule made.
      if (list.length === 0) ruleList.forget();
      return list;
    },
    async places(signal) {
      renew();
      const known = await names.get(signal);
      return { guild, nameOf: (channel) => known.get(channel) ?? null };
    },
    people, forget,
    meet(user) {
      const before = people.get(user.id);
      const now = memberOf(user, null, io.now());
      return keep(before === undefined || before.handle !== now.handle ? now : before);
    },
    async member(userId, signal) {
      const found = await client.glance(`/guilds/${guild}/members/${userId}`, member, 'the member', signal);
      return found === null ? null : keep(memberOf(found.user ?? { id: userId, username: null, global_name: null, bot: false }, found, client.serverNow()));
    },
  };
}

/** Where the rules send their alerts (resources/auto-moderation, "Action Metadata"). */
export function alertChannelsOf(list: readonly WireRule[]): readonly string[] {
  return list.flatMap(({ actions }) => actions.flatMap(({ type, metadata }) => (type === ACTION.alert && metadata.channel_id !== null ? [metadata.channel_id] : [])));
}

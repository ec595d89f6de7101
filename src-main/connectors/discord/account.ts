import type { Account } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import { capabilitiesFor } from './capabilities.ts';
import { isForbidden, isMissing } from './client.ts';
import type { Client } from './client.ts';
import { alertChannelsOf } from './guild.ts';
import type { Guild } from './guild.ts';
import { has, PERMISSION, permissionsIn, permissionsInChannel } from './permissions.ts';
import type { PermissionName } from './permissions.ts';
import { application, channel as channelShape, guild as guildShape, member as memberShape } from './schemas.ts';
import type { WireGuild, WireMember } from './schemas.ts';

const POLL_MS = 30_000;
const WHERE = 'Grant it in Discord: Server settings, Roles, the bot\'s role, Permissions.';
/** Message Content Intent, for bots in many servers and in few (resources/application, "Application Flags"). */
const CONTENT_FLAGS = (1 << 18) | (1 << 19);

export type Checked = { readonly account: Account; /** Whether the bot may read what members write; null where Discord does not say. */ readonly content: boolean | null };

/** Who the bot is, and what its roles allow. */
export async function checkAccount(client: Client, guild: Guild, signal: AbortSignal): Promise<Checked> {
  const { settings } = client;
  const me = await guild.me(signal);
  const here = await serverOf(client, signal);
  const member = await client.glance(`/guilds/${settings.guild}/members/${me.id}`, memberShape, 'the bot\'s membership', signal);
  if (member === null) throw notThere(client);
  const bits = permissionsIn(here, member, me.id);
  const names: PermissionName[] = ['manageServer', 'auditLog', 'viewChannels', 'history', 'manageMessages', 'timeOut', 'kick', 'ban', 'manageThreads'];
  const content = await contentOf(client, signal);
  const missing = names.flatMap((name) => (has(bits, name) ? [] : [`The bot's role lacks “${PERMISSION[name].name}”, needed ${PERMISSION[name].why}. ${WHERE}`]));
  missing.push(...await missingInAlerts(client, guild, bits, member, me.id, signal));
  if (content === false) {
    missing.push('The bot may not read what members write. Switch on Message Content Intent in the Developer Portal (discord.com/developers/applications): your app, Bot, Privileged Gateway Intents.');
  }
  return {
    content,
    account: {
      name: `@${me.username ?? me.id}`, instance: here.name ?? settings.guild, missing, pollMs: POLL_MS,
      scopes: [...names.filter((name) => has(bits, name)).map((name) => PERMISSION[name].name), ...(content === true ? ['Message Content Intent'] : [])],
      capabilities: capabilitiesFor(bits, settings),
    },
  };
}

async function serverOf(client: Client, signal: AbortSignal): Promise<WireGuild> {
  try {
    return await client.get(`/guilds/${client.settings.guild}`, guildShape, 'the server', signal);
  } catch (error) {
    if (isMissing(error) || isForbidden(error)) throw notThere(client);
    throw error;
  }
}

function notThere({ settings }: Client): ConnectorError {
  return new ConnectorError('settings', `The bot is not a member of the server ${settings.guild}, or the server ID is wrong. Invite it from the Developer Portal: your app, OAuth2, URL Generator, with the scope “bot” and the permissions that it needs.`);
}

/** Null where the endpoint does not answer. */
async function contentOf(client: Client, signal: AbortSignal): Promise<boolean | null> {
  const app = await client.glance('/applications/@me', application, 'the app', signal);
  return app === null || app.flags === null ? null : (app.flags & CONTENT_FLAGS) !== 0;
}

/** Channels have permissions of their own, over the server's. */
async function missingInAlerts(client: Client, guild: Guild, bits: bigint, member: WireMember, me: string, signal: AbortSignal): Promise<readonly string[]> {
  const { settings } = client;
  const ids = new Set(settings.alerts.length > 0 ? settings.alerts : alertChannelsOf(await guild.rules(signal)));
  const missing: string[] = [];
  if (ids.size === 0) missing.push('No AutoMod rule sends alerts to a channel that the bot knows of, so that only the audit log tells what AutoMod did, without words. Let a rule send an alert (Server settings, AutoMod), or name the channel in the connection\'s settings.');
  for (const id of ids) {
    const channel = await client.get(`/channels/${id}`, channelShape, 'an alert channel', signal).catch((error: unknown) => {
      if (isMissing(error)) return 'gone';
      if (isForbidden(error)) return null;
      throw error;
    });
    if (channel === 'gone') {
      missing.push(`The alert channel ${id} is not there any more. Choose another one in Server settings, AutoMod, or in the connection's settings.`);
      continue;
    }
    const allowed = channel === null ? 0n : permissionsInChannel(bits, channel, settings.guild, member, me);
    const called = channel?.name ?? null;
    for (const name of ['viewChannels', 'history'] as const) {
      if (!has(allowed, name)) missing.push(`In the alert channel ${called === null ? id : `#${called}`} the bot lacks “${PERMISSION[name].name}”, needed ${PERMISSION[name].why}. Grant it in the channel's settings, Permissions.`);
    }
  }
  return missing;
}

import type { Client } from './client.ts';
import { isByMachine } from './machine-tags.ts';
import { readEvent } from './reports.ts';
import { eventPage } from './schemas.ts';
import type { TeamSettings } from './team-settings.ts';
import { XrpcRefused } from './xrpc.ts';

/** Tags stand among the labels under this sign; label values hold none (https://atproto.com/specs/label "Label Values"). */
const SIGN = '#';
const TAG = 'tools.ozone.moderation.defs#modEventTag';
/** How many tags that colleagues used lately are offered. */
const OFFERED = 12;

/** The chosen labels apart from the chosen tags. */
export function splitTags(chosen: readonly string[]): { readonly labels: readonly string[]; readonly tags: readonly string[] } {
  return { labels: chosen.filter((one) => !one.startsWith(SIGN)), tags: chosen.filter((one) => one.startsWith(SIGN)).map((one) => one.slice(SIGN.length)) };
}

/** The tags that this moderator may set, as they stand among the labels: the team's protected ones, and those in use. */
export async function tagChoices(client: Client, labeler: string, me: { readonly did: string; readonly role: string }, team: TeamSettings, signal: AbortSignal): Promise<readonly string[]> {
  const isMine = (tag: string): boolean => {
    const { roles, moderators } = team.tags.get(tag) ?? {};
    if (me.role === 'admin') return true;
    return moderators?.includes(me.did) !== false && roles?.some((role) => role.toLowerCase().endsWith(`#role${me.role}`)) !== false;
  };
  const used = await tagsInUse(client, labeler, signal);
  return [...new Set([...team.tags.keys(), ...used])].filter(isMine).slice(0, OFFERED).map((tag) => `${SIGN}${tag}`);
}

async function tagsInUse(client: Client, labeler: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const page = await client.get(labeler, 'tools.ozone.moderation.queryEvents', { types: [TAG], sortDirection: 'desc', limit: 100 }, eventPage, signal);
    return page.events.map(readEvent).flatMap((event) => {
      const added = event?.event.$type === TAG ? event.event['add'] : null;
      return Array.isArray(added) ? added.filter((tag): tag is string => typeof tag === 'string' && tag !== '' && !isByMachine(tag)) : [];
    });
  } catch (error) {
    if (error instanceof XrpcRefused) return [];
    throw error;
  }
}

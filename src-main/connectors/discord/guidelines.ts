import type { PublishedGuideline } from '../connector.ts';
import type { Client } from './client.ts';
import type { Guild } from './guild.ts';
import { guild as guildShape, messages } from './schemas.ts';
import type { WireMessage } from './schemas.ts';
import { compareIds } from './snowflake.ts';
import { triggerWords } from './subjects.ts';

/** A line that begins a numbered rule: "1. ", "**2)** ", "3 - ". */
const NUMBERED = /^[\s*_#>]*(\d{1,3})\s*[.):\-–][\s*_]+(?=\S)/;
const MOST = 100;

/**
 * The rules: what stands in the channel "where Community guilds can display rules and/or guidelines" (resources/guild,
 * `rules_channel_id`); without one, the AutoMod rules. The documentation of Membership Screening was withdrawn.
 */
export async function guidelinesOf(client: Client, guild: Guild, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const { rules_channel_id: channel } = await client.get(`/guilds/${client.settings.guild}`, guildShape, 'the server', signal);
  const page = channel === null ? null : await client.glance(`/channels/${channel}/messages?limit=${MOST}`, messages, 'the rules channel', signal);
  const written = (page ?? []).toSorted((a, b) => compareIds(a.id, b.id)).flatMap(rulesIn);
  if (written.length > 0) return written.map((one, place) => ({ ...one, number: one.number === '' ? String(place + 1) : one.number }));
  return (await guild.rules(signal)).filter(({ enabled }) => enabled).map(({ id, name, trigger_type: trigger, trigger_metadata: { keyword_filter: words, mention_total_limit: limit } }, place) => ({
    remoteId: id, number: String(place + 1), title: name ?? `AutoMod rule ${id}`,
    body: [
      `AutoMod acts by itself (${trigger === null ? 'an unknown trigger' : triggerWords(trigger)}).`,
      ...(words.length === 0 ? [] : [`Words: ${words.slice(0, 50).join(', ')}${words.length > 50 ? ', …' : ''}`]),
      ...(limit === null ? [] : [`More than ${limit} mentions in a message.`]),
    ].join('\n\n'),
  }));
}

/** A message's numbered rules, each by itself; a message without numbers is one. */
function rulesIn({ id, content, embeds }: WireMessage): PublishedGuideline[] {
  const text = [content, ...embeds.flatMap(({ title, description, fields }) => [title, description, ...fields.flatMap(({ name, value }) => [name, value])])]
    .filter((part) => part !== null && part.trim() !== '').join('\n');
  if (text === '') return [];
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (NUMBERED.test(line) ? [index] : []));
  const numbers = new Set(starts.map((at) => numberOf(lines[at])));
  if (starts.length < 2 || numbers.size < starts.length) return [{ remoteId: id, number: '', title: titleOf(lines[0] ?? ''), body: text }];
  return starts.map((at, index): PublishedGuideline => {
    const own = lines.slice(at, starts[index + 1] ?? lines.length);
    const number = numberOf(own[0]);
    return { remoteId: `${id}-${number}`, number, title: titleOf((own[0] ?? '').replace(NUMBERED, '')), body: own.join('\n').trim() };
  });
}

function numberOf(line: string | undefined): string {
  return NUMBERED.exec(line ?? '')?.[1] ?? '';
}

/** Without Discord's marks for bold, headings and quotes. */
function titleOf(line: string): string {
  return line.replaceAll(/^[\s#>]+|\*\*|__|~~|`/g, '').trim().slice(0, 120) || 'Rule';
}

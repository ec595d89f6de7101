import type { FormValues, SettingField } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';

const API = 'https://discord.com/api/v10';

/** The settings form. */
export const fields: readonly SettingField[] = [
  {
    name: 'token', label: 'Bot token', kind: 'secret', required: true,
    help: 'In the Developer Portal (discord.com/developers/applications): your app, Bot, Reset Token. Switch on Message Content Intent on the same page, under Privileged Gateway Intents.',
    placeholder: '', options: [],
  },
  {
    name: 'guild', label: 'Server ID', kind: 'text', required: true,
    help: 'In Discord: User settings, Advanced, Developer Mode on; then right-click the server, Copy Server ID. The bot has to be a member of it.', placeholder: '613425648685547541', options: [],
  },
  {
    name: 'alerts', label: 'Alert channel ID', kind: 'text', required: false,
    help: 'Leave empty to take the channels that the AutoMod rules send their alerts to. Several are separated by spaces.', placeholder: '', options: [],
  },
  {
    name: 'banDeletes', label: 'When banning, also delete the member\'s messages of', kind: 'select', required: false,
    help: 'What is deleted with a ban does not come back when it is lifted.', placeholder: '',
    options: [
      { value: '0', label: 'no time: keep them' }, { value: '3600', label: 'the last hour' }, { value: '86400', label: 'the last 24 hours' }, { value: '604800', label: 'the last 7 days' },
    ],
  },
  {
    name: 'marks', label: 'Mark dismissed alerts with ✅', kind: 'toggle', required: false,
    help: 'So that colleagues see in Discord that nothing has to be done: apps cannot mark an alert as completed. Needs the permission Add Reactions in the alert channel.', placeholder: '', options: [],
  },
  { name: 'url', label: 'API address', kind: 'url', required: false, help: `Only for a proxy of your own. Empty: ${API}`, placeholder: API, options: [] },
];

export type DiscordSettings = {
  /** The API's address, without a slash at its end. */
  readonly url: string;
  readonly host: string;
  readonly guild: string;
  /** Alert channels that the person named. */
  readonly alerts: readonly string[];
  /** Up to 604800 (resources/guild, "Create Guild Ban"). */
  readonly banDeletesSeconds: number;
  readonly marks: boolean;
};

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): DiscordSettings {
  const typed = String(values['url'] ?? '').trim() || API;
  if (!URL.canParse(typed)) throw new ConnectorError('settings', `The API's address is not an address. Leave it empty, or write it like ${API}.`);
  const address = new URL(typed);
  const guild = String(values['guild'] ?? '').trim();
  if (!/^\d{1,20}$/.test(guild)) throw new ConnectorError('settings', 'The server ID is missing or is not a number. In Discord, right-click the server with Developer Mode on, and choose Copy Server ID.');
  const alerts = String(values['alerts'] ?? '').split(/[\s,]+/).filter((id) => id !== '');
  if (alerts.some((id) => !/^\d{1,20}$/.test(id))) throw new ConnectorError('settings', 'The alert channel ID is not a number. In Discord, right-click the channel with Developer Mode on, and choose Copy Channel ID.');
  const seconds = Number(values['banDeletes'] ?? 0);
  return {
    url: address.hostname === 'discord.com' && address.pathname === '/' ? API : address.href.replace(/\/+$/, ''),
    host: address.host.toLowerCase(), guild, alerts, banDeletesSeconds: Number.isFinite(seconds) ? seconds : 0, marks: values['marks'] === true,
  };
}

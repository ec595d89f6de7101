import type { FormValues, SettingField } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  { name: 'url', label: 'Address of the server', kind: 'url', required: true, help: 'As in the browser.', placeholder: 'https://misskey.example', options: [] },
  {
    name: 'token', label: 'Access token', kind: 'secret', required: false,
    help: 'Leave empty to sign in with the browser. Or make one in Settings, Service integration, with all permissions whose names begin with "admin", and to write notes.', placeholder: '', options: [],
  },
];

export type MisskeySettings = { readonly url: string; readonly host: string };

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): MisskeySettings {
  const typed = String(values['url'] ?? '').trim();
  if (!URL.canParse(typed)) throw new ConnectorError('settings', 'The server\'s address is missing or is not an address. Write it like https://misskey.example.');
  const { origin, host } = new URL(typed);
  return { url: origin, host: host.toLowerCase() };
}

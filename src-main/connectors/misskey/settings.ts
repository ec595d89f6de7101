import type { FormValues, SettingField } from '../../contract/setup.ts';
import { addressIn } from '../http/instance.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  { name: 'url', label: 'Address of the server', kind: 'url', required: true, help: 'As in the browser.', placeholder: 'https://misskey.example', options: [] },
  {
    name: 'token', label: 'Access token', kind: 'secret', required: false,
    help: 'Leave empty to sign in with the browser. Or make one in Settings, Service integration, with the permissions to view your account\'s information, to write and delete notes, and all that are about administration.', placeholder: '', options: [],
  },
];

export type MisskeySettings = { readonly url: string; readonly host: string };

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): MisskeySettings {
  const { origin, host } = new URL(addressIn(values['url'], 'The server\'s address', 'https://misskey.example'));
  return { url: origin, host: host.toLowerCase() };
}

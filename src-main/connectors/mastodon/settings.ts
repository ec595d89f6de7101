import type { FormValues, SettingField } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  {
    name: 'server', label: 'Server', kind: 'url', required: true,
    help: 'The address of the Mastodon, GoToSocial, Akkoma or Pleroma server that you moderate.', placeholder: 'https://community.example', options: [],
  },
  {
    name: 'token', label: 'Access token', kind: 'secret', required: false,
    help: 'Left empty, Docket opens the browser for the sign-in. A token of your own is made in Mastodon under Preferences, Development, with the admin scopes.',
    placeholder: '', options: [],
  },
];

/** The server's address from checked form values, without a slash at the end. Throws ConnectorError `settings`. */
export function serverOf(values: FormValues): string {
  const server = String(values['server'] ?? '').trim();
  if (!URL.canParse(server)) throw new ConnectorError('settings', 'The address of your server is missing or is not an address. Write it like https://community.example.');
  return server.replace(/\/+$/, '');
}

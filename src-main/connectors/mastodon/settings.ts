import type { FormValues, SettingField } from '../../contract/setup.ts';
import { addressIn } from '../http/instance.ts';

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
  return addressIn(values['server'], 'The address of your server', 'https://community.example');
}

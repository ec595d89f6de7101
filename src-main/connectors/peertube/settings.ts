import type { FormValues, SettingField } from '../../contract/setup.ts';
import { addressIn } from '../http/instance.ts';

/** The settings form. PeerTube lets clients sign in by name and password only (docs.joinpeertube.org/api/rest-getting-started). */
export const fields: readonly SettingField[] = [
  { name: 'server', label: 'Instance', kind: 'url', required: true, help: 'The address of the PeerTube instance that you moderate.', placeholder: 'https://video.example', options: [] },
  { name: 'username', label: 'User name', kind: 'text', required: true, help: 'Of an account with the role moderator or administrator.', placeholder: 'rosa', options: [] },
  { name: 'password', label: 'Password', kind: 'secret', required: true, help: 'Kept by this machine\'s secrets service. PeerTube has no app passwords.', placeholder: '', options: [] },
  {
    name: 'otp', label: 'One-time code', kind: 'secret', required: false,
    help: 'Only where the account has two-factor sign-in: the digits shown now. They are used once; the session they open is renewed by itself.', placeholder: '', options: [],
  },
];

/** The instance's address from checked form values, without a slash at the end. Throws ConnectorError `settings`. */
export function serverOf(values: FormValues): string {
  return addressIn(values['server'], 'The address of your instance', 'https://video.example');
}

import type { FormValues, SettingField } from '../../contract/setup.ts';
import { addressIn } from '../http/instance.ts';

/** The settings form: a user name with its password (and one-time code), or a token that the person has already. */
export const fields: readonly SettingField[] = [
  {
    name: 'server', label: 'Instance', kind: 'url', required: true,
    help: 'The address of the Lemmy instance where your moderator account is.', placeholder: 'https://lemmy.example', options: [],
  },
  { name: 'username', label: 'User name', kind: 'text', required: false, help: 'Of an admin, or of a moderator of a community.', placeholder: 'rosa', options: [] },
  { name: 'password', label: 'Password', kind: 'secret', required: false, help: 'Kept by this machine\'s secrets service. Lemmy has no app passwords.', placeholder: '', options: [] },
  {
    name: 'totp', label: 'One-time code', kind: 'secret', required: false,
    help: 'Only where the account has two-factor sign-in: the six digits shown now. They are used once; the session that they open is kept.', placeholder: '', options: [],
  },
  { name: 'jwt', label: 'Token', kind: 'secret', required: false, help: 'Instead of a password: a login token (jwt) of the account.', placeholder: '', options: [] },
];

/** The instance's address from checked form values, without a slash at the end. Throws ConnectorError `settings`. */
export function serverOf(values: FormValues): string {
  return addressIn(values['server'], 'The address of your instance', 'https://lemmy.example');
}

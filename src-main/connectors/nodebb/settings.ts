import type { FormValues, SettingField } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';
import { addressIn } from '../http/instance.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  {
    name: 'url', label: 'Address of the forum', kind: 'url', required: true,
    help: 'As in the browser, with the subfolder if there is one.', placeholder: 'https://forum.example', options: [],
  },
  {
    name: 'token', label: 'API token', kind: 'secret', required: true,
    help: 'An admin makes it in the admin panel: Settings, API access, with the moderator\'s user id.', placeholder: '', options: [],
  },
  {
    name: 'uid', label: 'User id', kind: 'text', required: false,
    help: 'Only for a master token (user id 0): the id of the moderator in whose name Docket acts.', placeholder: '7', options: [],
  },
];

export type NodebbSettings = {
  /** The forum's address without a slash at its end. */
  readonly url: string;
  readonly host: string;
  /** Whom a master token acts for. */
  readonly uid: string | null;
};

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): NodebbSettings {
  const url = addressIn(values['url'], 'The forum\'s address', 'https://forum.example');
  const uid = String(values['uid'] ?? '').trim();
  if (!/^[1-9]?\d*$/.test(uid)) throw new ConnectorError('settings', 'The user id is a number. It stands in the address of the moderator\'s page in the admin panel; leave it empty for a token of their own.');
  return { url, host: new URL(url).host, uid: uid === '' ? null : uid };
}

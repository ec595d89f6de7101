import type { FormValues, SettingField } from '../../contract/setup.ts';
import { addressIn } from '../http/instance.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  { name: 'url', label: 'Address of the homeserver', kind: 'url', required: true, help: 'Where its client API answers.', placeholder: 'https://matrix.example', options: [] },
  { name: 'token', label: 'Access token', kind: 'secret', required: true, help: 'Of a server admin: in Element, Settings, Help & About, Access Token.', placeholder: '', options: [] },
  {
    name: 'deletes', label: 'Delete reports once decided', kind: 'toggle', required: false,
    help: 'Synapse keeps no state of reports. Deleting is all that colleagues would see of a decision, and it destroys what was reported for good. Off, reports stay there.', placeholder: '', options: [],
  },
];

export type SynapseSettings = { readonly url: string; readonly host: string; readonly deletes: boolean };

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): SynapseSettings {
  const { origin, host } = new URL(addressIn(values['url'], 'The homeserver\'s address', 'https://matrix.example'));
  return { url: origin, host: host.toLowerCase(), deletes: values['deletes'] === true };
}

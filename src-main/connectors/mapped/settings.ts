import { mapping as mappingShape } from '../../contract/mapping.ts';
import type { Mapping } from '../../contract/mapping.ts';
import type { FormValues, SettingField } from '../../contract/setup.ts';
import type { Verb } from '../../contract/words.ts';
import { ConnectorError } from '../connector.ts';
import { ORDERED_VERBS } from './capabilities.ts';

/** What a connection is called, for the keys of what it brings. */
export const NAME_FIELD: SettingField = {
  name: 'name', label: 'Name', kind: 'text', required: true, placeholder: 'forum', options: [],
  help: 'Names where the reports come from, such as forum or help-desk. It stays: items are known by it.',
};

export const MAPPING_FIELD: SettingField = {
  name: 'mapping', label: 'Mapping', kind: 'mapping', required: false, placeholder: '', options: [],
  help: 'Which column or field is what.',
};

/** The fields for where decisions go. */
export const ENDPOINT_FIELDS: readonly SettingField[] = [
  {
    name: 'deliveryUrl', label: 'Delivery endpoint', kind: 'url', required: false, placeholder: 'https://forum.example/docket', options: [],
    help: 'Decisions are sent there, signed. Without one they are recorded in Docket only.',
  },
  { name: 'deliverySecret', label: 'Delivery signing secret', kind: 'secret', required: false, placeholder: 'whsec_…', options: [], help: 'The endpoint checks the signature with it (Standard Webhooks).' },
  {
    name: 'verbs', label: 'What the endpoint carries out', kind: 'text', required: false, placeholder: ORDERED_VERBS.join(', '), options: [],
    help: 'Verbs with commas between them. Everything where it is left out.',
  },
  { name: 'labels', label: 'Labels', kind: 'text', required: false, placeholder: 'off-topic, needs a source', options: [], help: 'The labels that can be given, with commas between them.' },
];

/** The name as it stands in keys: lower-case letters and digits of any script, hyphens between. */
export function instanceNamed(values: FormValues): string {
  const name = String(values['name'] ?? '').normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}.]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  if (name === '') throw new ConnectorError('settings', 'The name needs at least one letter or digit.');
  return name.slice(0, 100);
}

/** The mapping that was built; null where there is none. */
export function mappingIn(values: FormValues): Mapping | null {
  const text = values['mapping'];
  if (typeof text !== 'string' || text.trim() === '') return null;
  try {
    return mappingShape.parse(JSON.parse(text));
  } catch (error) {
    throw new ConnectorError('settings', 'The mapping of this connection cannot be used. Build it again in the connection’s settings.', null, error);
  }
}

/** Where decisions go and what is carried out there; null where nothing is. Throws ConnectorError `settings` for an unknown verb. */
export function endpointIn(values: FormValues): { readonly url: string; readonly verbs: ReadonlySet<Verb> } | null {
  const url = values['deliveryUrl'];
  if (typeof url !== 'string' || url === '') return null;
  const words = String(values['verbs'] ?? '').toLowerCase().split(/[\s,;]+/).filter((word) => word !== '');
  const verbs = words.map((word) => {
    const verb = ORDERED_VERBS.find((known) => known === word);
    if (verb === undefined) throw new ConnectorError('settings', `“${word}” is no verb. There are: ${ORDERED_VERBS.join(', ')}.`);
    return verb;
  });
  return { url, verbs: new Set(verbs.length === 0 ? ORDERED_VERBS : verbs) };
}

/** The labels that can be given there. */
export function labelsIn(values: FormValues): readonly string[] {
  return [...new Set(String(values['labels'] ?? '').split(/[,;\n]/).map((label) => label.trim()).filter((label) => label !== ''))];
}

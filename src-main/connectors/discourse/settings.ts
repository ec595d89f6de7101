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
    name: 'username', label: 'Username', kind: 'text', required: false,
    help: 'Only with an API key: the moderator whose key it is.', placeholder: 'ines', options: [],
  },
  {
    name: 'key', label: 'API key', kind: 'secret', required: false,
    help: 'An admin makes it in Admin, Advanced, API keys: user level Single user with this username, scope Global. Keys with single scopes cannot reach the review queue. Left empty, the forum asks you in the browser.',
    placeholder: '', options: [],
  },
  {
    name: 'answer', label: 'Text from the forum', kind: 'secret', required: false,
    help: 'Without an API key: test the connection, allow Docket in the browser, paste here the text that the forum shows, and test again.', placeholder: '', options: [],
  },
  {
    name: 'guidelines', label: 'Guidelines topic', kind: 'text', required: false,
    help: 'The number or address of the topic that holds the community\'s guidelines. Left empty, Docket reads the forum\'s page of guidelines.',
    placeholder: 'https://forum.example/t/faq-guidelines/5', options: [],
  },
];

export type DiscourseSettings = {
  /** The forum's address without a slash at its end. */
  readonly url: string;
  readonly host: string;
  /** Empty where the account is known by its own key. */
  readonly username: string;
  readonly guidelinesTopic: string | null;
};

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): DiscourseSettings {
  const url = addressIn(values['url'], 'The forum\'s address', 'https://forum.example');
  const username = textOf(values['username']).replace(/^@/, '');
  const topic = textOf(values['guidelines']);
  return { url, host: new URL(url).host, username, guidelinesTopic: topic === '' ? null : topicOf(topic) };
}

/** A topic's number from itself or from an address such as /t/faq/5/1. */
function topicOf(text: string): string {
  const id = /^\d+$/.test(text) ? text : /\/t\/(?:[^/]*[^/\d][^/]*\/)?(\d+)/.exec(text)?.[1];
  if (id === undefined) throw new ConnectorError('settings', 'The guidelines topic is neither a number nor a topic\'s address. Copy the address from the browser, or leave the field empty.');
  return id;
}

function textOf(value: FormValues[string] | undefined): string {
  return value === undefined ? '' : String(value).trim();
}

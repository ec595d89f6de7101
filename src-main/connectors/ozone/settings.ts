import type { FormValues, SettingField } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  {
    name: 'service', label: 'Your server (PDS)', kind: 'url', required: true,
    help: 'Where your moderator account lives. For most people https://bsky.social.', placeholder: 'https://bsky.social', options: [],
  },
  {
    name: 'handle', label: 'Handle', kind: 'text', required: true,
    help: 'The account that is a member of the Ozone team.', placeholder: 'you.example', options: [],
  },
  {
    name: 'password', label: 'App password', kind: 'secret', required: true,
    help: 'Not the account\'s own password. In Bluesky: Settings, Privacy and security, App passwords.', placeholder: 'xxxx-xxxx-xxxx-xxxx', options: [],
  },
  {
    name: 'labeler', label: 'Ozone service', kind: 'text', required: false,
    help: 'The labeler\'s handle or DID. Left empty, Docket looks for it: this account itself, then the labelers it subscribes to.', placeholder: 'labels.example', options: [],
  },
  {
    name: 'images', label: 'Image server', kind: 'url', required: false,
    help: 'Where images are fetched from; only for networks other than Bluesky\'s.', placeholder: 'https://cdn.bsky.app', options: [],
  },
];

export type OzoneSettings = {
  readonly service: string;
  readonly handle: string;
  readonly labeler: string | null;
  readonly images: string;
};

/**
 * What the connection's keys are made with: the labeler where it is named, since it is the same for every moderator
 * wherever their account lives, else the moderator's server. A did:web is the host it names.
 */
export function instanceOf({ labeler, service }: OzoneSettings): string {
  if (labeler === null) return new URL(service).host;
  return labeler.startsWith('did:web:') ? decodeURIComponent(labeler.slice('did:web:'.length)) : labeler.toLowerCase();
}

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): OzoneSettings {
  const service = textOf(values['service']);
  const handle = textOf(values['handle']).replace(/^@/, '');
  if (!URL.canParse(service)) throw new ConnectorError('settings', 'The address of your server is missing or is not an address. Write it like https://bsky.social.');
  if (handle === '') throw new ConnectorError('settings', 'Your handle is missing. Write it like you.example.');
  const labeler = textOf(values['labeler']).replace(/^@/, '').replace(/#.*$/, '');
  const images = textOf(values['images']);
  return {
    service: service.replace(/\/+$/, ''),
    handle,
    labeler: labeler === '' ? null : labeler,
    images: (images === '' ? 'https://cdn.bsky.app' : images).replace(/\/+$/, ''),
  };
}

function textOf(value: FormValues[string] | undefined): string {
  return value === undefined ? '' : String(value).trim();
}

import type { FormValues, SettingField } from '../../contract/setup.ts';
import { addressIn, instanceAt } from '../http/instance.ts';

/** The settings form. */
export const fields: readonly SettingField[] = [
  {
    name: 'url', label: 'Address of the REST API', kind: 'url', required: true,
    help: 'Mailman core answers on its own machine only, usually http://localhost:8001. From elsewhere, forward the port (ssh -L 8001:localhost:8001 server) or have a proxy with https stand before it.',
    placeholder: 'http://localhost:8001', options: [],
  },
  {
    name: 'user', label: 'User name', kind: 'text', required: true,
    help: 'The admin_user of the section [webservice] in mailman.cfg.', placeholder: 'restadmin', options: [],
  },
  { name: 'password', label: 'Password', kind: 'secret', required: true, help: 'The admin_pass of the same section.', placeholder: '', options: [] },
  {
    name: 'lists', label: 'Only these lists', kind: 'text', required: false,
    help: 'List ids or addresses, with commas between. Left empty, all lists of the server are moderated here.', placeholder: 'ant.example.org, bee@example.org', options: [],
  },
  {
    name: 'bans', label: 'A suspension bans', kind: 'select', required: false, help: 'Where the sender is banned from. Left empty: from the list that was written to.', placeholder: '',
    options: [{ value: 'list', label: 'from the list that was written to' }, { value: 'site', label: 'from every list of the server' }],
  },
  {
    name: 'web', label: 'Address of the web interface', kind: 'url', required: false,
    help: 'Where Postorius shows the lists, for links to them; up to the part before /lists.', placeholder: 'https://lists.example.org/mailman3', options: [],
  },
];

export type MailmanSettings = {
  /** The API's address with its version, without a slash at its end. */
  readonly url: string;
  readonly host: string;
  readonly user: string;
  /** List ids or addresses in lower case; empty for all. */
  readonly lists: readonly string[];
  readonly bans: 'list' | 'site';
  readonly web: string | null;
};

/** What the connection's keys are made with: host, and the folder where a proxy puts the API into one. */
export function instanceOf({ url }: MailmanSettings): string {
  return instanceAt(url.replace(/\/3\.\d+$/, ''));
}

/**
 * Reads checked form values. An address without a version gets 3.1, which writes member ids as text; 3.0 writes numbers
 * too long for JavaScript (Mailman core docs, "Basic operation", API version information). Throws ConnectorError `settings`.
 */
export function readSettings(values: FormValues): MailmanSettings {
  const textOf = (name: string): string => String(values[name] ?? '').trim();
  const url = addressIn(values['url'], 'The address of the REST API', 'http://localhost:8001');
  const web = textOf('web').replace(/\/+$/, '').replace(/\/lists$/, '');
  return {
    url: /\/3\.\d+$/.test(url) ? url : `${url}/3.1`,
    host: new URL(url).host,
    user: textOf('user'),
    lists: textOf('lists').toLowerCase().split(/[\s,;]+/).filter((name) => name !== ''),
    bans: textOf('bans') === 'site' ? 'site' : 'list',
    web: web === '' || !URL.canParse(web) ? null : web,
  };
}

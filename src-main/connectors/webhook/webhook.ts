import type { FormValues, SettingField } from '../../contract/setup.ts';
import type { Connector, Listening } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import { OWN_SHAPE } from '../mapped/own-shape.ts';
import { mappedSession } from '../mapped/session.ts';
import { ENDPOINT_FIELDS, instanceNamed, MAPPING_FIELD, mappingIn, NAME_FIELD } from '../mapped/settings.ts';
import type { Disbelief } from '../mapped/sign.ts';
import { exampleCommand } from './example.ts';
import { receiveMessage } from './receive-message.ts';
import type { Scheme } from './receive-message.ts';

const FIELDS: readonly SettingField[] = [
  NAME_FIELD,
  { name: 'port', label: 'Port', kind: 'number', required: true, placeholder: '8787', options: [], help: 'Messages are received at http://127.0.0.1:<port>/, on this machine alone.' },
  { name: 'secret', label: 'Signing secret', kind: 'secret', required: true, placeholder: 'whsec_…', options: [], help: 'The sender signs with it. A message with another signature is refused.' },
  {
    name: 'scheme', label: 'Signature', kind: 'select', required: true, placeholder: '', help: 'How the sender signs.',
    options: [{ value: 'standard', label: 'Standard Webhooks (webhook-signature)' }, { value: 'hmac', label: 'HMAC-SHA256 of the body, in a header' }],
  },
  {
    name: 'header', label: 'Header with the HMAC', kind: 'text', required: false, placeholder: 'X-Hub-Signature-256', options: [],
    help: 'Mastodon: X-Hub-Signature. Discourse: X-Discourse-Event-Signature. X-Hub-Signature-256 where it is left out.',
  },
  {
    name: 'publicUrl', label: 'Public address', kind: 'url', required: false, placeholder: 'https://hooks.forum.example/docket', options: [],
    help: 'Only where a tunnel or a reverse proxy leads to the port: the address that the sender uses.',
  },
  { ...MAPPING_FIELD, help: 'Which field of a message is what. Docket’s own shape (see the README) where it is left out.' },
  ...ENDPOINT_FIELDS,
];

/** What may be wrong where the latest message was refused. */
const DISBELIEF: Readonly<Record<Disbelief, string>> = {
  unsigned: 'The latest message came without a signature that this connection knows. Check which way of signing and which header the sender uses.',
  old: 'The latest message was signed more than five minutes away from this machine’s time, and was refused. Check the clock here and at the sender.',
  'wrong-signature': 'The latest message was signed with another secret, and was refused. Check that both sides have the same one.',
};

/** Messages that another system signs and sends to a port of this machine. */
export const webhook: Connector = {
  id: 'webhook',
  title: 'Signed webhook',
  summary: 'Receives signed reports from any system on a port of this machine. Decisions go to an endpoint of yours, signed, or stay in Docket.',
  fields: FIELDS,
  intake: 'messages',
  instance: instanceNamed,
  example(values) {
    const { address, scheme } = addressIn(values);
    return { address, command: exampleCommand(address, scheme) };
  },
  open(io, values) {
    const { port, scheme, publicUrl, address } = addressIn(values);
    const mapping = mappingIn(values);
    const paths = new Set(['/', ...(publicUrl === null ? [] : [publicUrl.pathname])]);
    let listening: Promise<Listening> | null = null;
    let closed = false;
    let disbelief: Disbelief | null = null;
    const heard = (now: Disbelief | null): void => {
      disbelief = now;
    };

    function listen(): Promise<Listening> {
      listening ??= io.listen({ port, hosts: publicUrl === null ? [] : [publicUrl.host] }, (request) => receiveMessage(io, { scheme, paths, list: mapping?.list ?? null, heard }, request))
        .catch((error: unknown) => {
          listening = null;
          throw error;
        });
      return listening;
    }

    return mappedSession({
      io, values, name: address, mapping: mapping ?? OWN_SHAPE,
      async begin(signal) {
        if (await io.secret('secret') === null) throw new ConnectorError('sign-in', 'This connection has no signing secret. Give it the one that the sender has.');
        signal.throwIfAborted();
        if (!closed) await listen();
        return disbelief === null ? [] : [DISBELIEF[disbelief]];
      },
      async close() {
        closed = true;
        await (await listening?.catch(() => null))?.close();
      },
    });
  },
};

/** Where messages are received and how they are signed. Throws ConnectorError `settings`. */
function addressIn(values: FormValues): { readonly port: number; readonly scheme: Scheme; readonly publicUrl: URL | null; readonly address: string } {
  const port = portIn(values['port']);
  const publicUrl = typeof values['publicUrl'] === 'string' ? new URL(values['publicUrl']) : null;
  return {
    port, publicUrl,
    scheme: values['scheme'] === 'hmac' ? { kind: 'hmac', header: headerIn(values['header']) } : { kind: 'standard' },
    address: publicUrl?.href ?? `http://127.0.0.1:${port}/`,
  };
}

function portIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 65_535) throw new ConnectorError('settings', 'A port is a whole number from 1 to 65535, such as 8787.');
  return value;
}

function headerIn(value: unknown): string {
  const name = typeof value === 'string' && value !== '' ? value : 'X-Hub-Signature-256';
  // RFC 9110, 5.1: a field name is a token.
  if (!/^[!#$%&'*+\-.^_`|~\w]{1,100}$/.test(name)) throw new ConnectorError('settings', 'The name of a header has letters, digits and hyphens only, such as X-Hub-Signature-256.');
  return name;
}

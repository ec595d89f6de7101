import { createHash } from 'node:crypto';
import type { ConnectorIo, Received, Reply } from '../connector.ts';
import { said } from '../http/receive.ts';
import { ownList } from '../mapped/own-shape.ts';
import { listIn } from '../mapped/reading/lists.ts';
import { parseRow, rowsIn } from '../mapped/rows.ts';
import { checkHmac, checkStandard } from '../mapped/sign.ts';
import type { Disbelief } from '../mapped/sign.ts';

/** How a sender signs. */
export type Scheme = { readonly kind: 'standard' } | { readonly kind: 'hmac'; readonly header: string };

export type ReceiverOptions = {
  readonly scheme: Scheme;
  readonly paths: ReadonlySet<string>;
  /** Where a message has its list of reports; null for Docket's own shape. */
  readonly list: string | null;
  /** Hears of each message whether it was believed: null, or why not. */
  readonly heard: (disbelief: Disbelief | null) => void;
};

/** The most reports that one message may bring; its size is limited before. */
const MOST_ROWS = 5000;

/** Takes one message: believed by its signature alone, in the inbox before it is answered with success. */
export async function receiveMessage(io: ConnectorIo, { scheme, paths, list, heard }: ReceiverOptions, request: Received): Promise<Reply> {
  if (!paths.has(request.path)) return { status: 404, text: said('Nothing is received here.') };
  if (request.method !== 'POST') return { status: 405, text: said('Send reports with POST.'), headers: { allow: 'POST' } };
  // Neither scheme signs the type, and simple senders name none: what has none is read as what it has to be.
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? 'application/json')) return { status: 415, text: said('Send JSON, with the header Content-Type: application/json.') };
  const secret = await io.secret('secret');
  const known = secret === null ? 'unsigned' : believe(scheme, secret, request, io.now());
  heard(typeof known === 'string' ? known : null);
  if (typeof known === 'string') {
    io.log('message-refused', { why: known });
    // Why is for the person at the desk: a stranger learns nothing.
    return { status: 401, text: said('The signature is not right.') };
  }

  let document: unknown;
  try {
    document = parseRow(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    return { status: 400, text: said('The body is not JSON in UTF-8. Send one report or a list of reports.') };
  }
  // A message without the list that the mapping names is kept as it is; the mapping then says what is wrong with it.
  const rows = rowsIn(document, list === null ? ownList(document) : list === '' ? listIn(document) : list) ?? [document];
  if (rows.length > MOST_ROWS) return { status: 413, text: said(`A message may bring ${MOST_ROWS} reports. Send fewer at a time.`) };
  const entries = rows.map((row, index) => ({ place: rows.length === 1 ? `message ${known.place}` : `message ${known.place}, entry ${index + 1}`, body: JSON.stringify(row) ?? 'null' }));
  const taken = await io.inbox.append(entries, known.key);
  if (!taken) return { status: 200, text: JSON.stringify({ received: 0, said: 'This message was here before.' }) };
  io.wake();
  return { status: 200, text: JSON.stringify({ received: rows.length }) };
}

function believe(scheme: Scheme, secret: string, { headers, body }: Received, now: number): { readonly key: string; readonly place: string } | Disbelief {
  if (scheme.kind === 'standard') {
    const checked = checkStandard(secret, headers, body, now);
    return typeof checked === 'string' ? checked : { key: `id ${checked.id}`, place: checked.id.slice(0, 100) };
  }
  const checked = checkHmac(secret, headers.get(scheme.header), body);
  if (checked !== 'right') return checked;
  // Nothing but the body is signed, so that nothing else can tell a message from its repeat.
  const digest = createHash('sha256').update(body).digest('hex');
  return { key: `body ${digest}`, place: digest.slice(0, 12) };
}

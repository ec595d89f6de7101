import { constants, generateKeyPair, privateDecrypt, randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import type { DiscourseSettings } from './settings.ts';

/** What Docket asks for: reading the queue, and deciding (app/models/user_api_key_scope.rb). */
const SCOPES = 'read,write';

type Begun = { readonly privateKey: KeyObject; readonly clientId: string; readonly nonce: string };

/**
 * Sign-ins that wait for the forum's text, by the forum's address. The text is pasted into the form and tested anew, so
 * that the key that opens it has to outlive a session, and opens it once more where the form is saved after its test. It is
 * not written down.
 */
const begun = new Map<string, Begun>();

/**
 * The forum's own way to a key (meta.discourse.org/t/48536, "User API keys specification"): its page asks the moderator,
 * then shows the key, encrypted for us. Forums send it on only to addresses that an admin allowed, so it is pasted here.
 * Answers the error that says so.
 */
export async function beginHandshake(io: ConnectorIo, { url, host }: DiscourseSettings): Promise<ConnectorError> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const one: Begun = { privateKey, clientId: randomUUID(), nonce: randomBytes(16).toString('hex') };
  const page = new URL(`${url}/user-api-key/new`);
  const asked = { application_name: 'Docket', client_id: one.clientId, scopes: SCOPES, nonce: one.nonce, public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
  for (const [name, value] of Object.entries(asked)) page.searchParams.set(name, value);
  await io.openExternal(page.href);
  // Not before: where nobody is there to answer it, one that is under way stays.
  begun.set(url, one);
  return new ConnectorError('sign-in', `${host} asks in the browser whether Docket may act for you. Allow it, copy the text that it shows then, paste it into “Text from the forum”, and test again. With an API key from an admin no browser is needed.`);
}

const payload = z.object({ key: z.string().min(1), nonce: z.string() });

/** The key from the forum's text. Throws ConnectorError `sign-in` where it is not the answer to this machine's question. */
export function finishHandshake(answer: string, { url, host }: DiscourseSettings): { readonly key: string; readonly clientId: string } {
  const one = begun.get(url);
  const stale = new ConnectorError('sign-in', `The text from ${host} does not belong to a sign-in that Docket began since it was started. Empty the field, test again, and paste the new text that the browser shows.`);
  if (one === undefined) throw stale;
  try {
    const { key, nonce } = payload.parse(JSON.parse(opened(answer, one.privateKey)));
    if (nonce !== one.nonce) throw stale;
    return { key, clientId: one.clientId };
  } catch {
    throw stale;
  }
}

/** PKCS #1 v1.5 (RFC 8017, 7.2.2), unpadded by hand: the runtimes that Docket runs in do not all take it off any more. */
function opened(answer: string, key: KeyObject): string {
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(answer.replaceAll(/\s/g, ''), 'base64'));
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Error('not padded as agreed');
  return block.subarray(end + 1).toString('utf8');
}

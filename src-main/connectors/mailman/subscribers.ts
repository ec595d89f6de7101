import type { DeliveryResult } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { membershipId } from './names.ts';
import { member } from './schemas.ts';

const NO_ASKING = { pre_confirmed: 'True', pre_approved: 'True' };

/** Takes an accepted subscription back, without asking the person (core docs, "Membership", leaving a mailing list). */
export async function unsubscribe(client: Client, list: string, email: string, signal: AbortSignal): Promise<DeliveryResult> {
  const one = await client.glance(`/lists/${encodeURIComponent(list)}/member/${encodeURIComponent(email)}`, {}, member, 'the membership', signal);
  if (one === null) return { kind: 'already', by: null, what: 'not subscribed', at: null };
  const id = membershipId(one);
  if (id === null) return { kind: 'refused', why: `Mailman does not say which membership of ${email} to end. Unsubscribe them in its web interface.` };
  const settled = await client.change('DELETE', `/members/${id}`, NO_ASKING, 'the unsubscription', signal);
  return settled
    ? { kind: 'done', remoteId: null, said: `${email} unsubscribed from ${list}; a new request is theirs to make` }
    : { kind: 'done', remoteId: null, said: `the unsubscription of ${email} from ${list} waits for approval` };
}

/** Takes an accepted leaving back. */
export async function readmit(client: Client, list: string, email: string, signal: AbortSignal): Promise<DeliveryResult> {
  try {
    await client.change('POST', '/members', { list_id: list, subscriber: email, pre_verified: 'True', ...NO_ASKING, send_welcome_message: 'False' }, 'the subscription', signal);
  } catch (error) {
    if (isRefused(error, 409)) return { kind: 'already', by: null, what: 'subscribed', at: null };
    throw error;
  }
  return { kind: 'done', remoteId: null, said: `${email} subscribed to ${list} again` };
}

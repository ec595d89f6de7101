import type { ConnectorIo, DeliveryResult, Order } from '../connector.ts';
import { FORBIDDEN, isRefused, NO_SUCH } from './client.ts';
import type { Client } from './client.ts';
import { resolvedWords } from './feed.ts';
import type { Ours } from '../http/ours.ts';
import { reportById } from './reports.ts';
import { user } from './schemas.ts';
import type { WireReport } from './schemas.ts';

export type DeliverInput = { readonly io: ConnectorIo; readonly client: Client; readonly ours: Ours; readonly me: (signal: AbortSignal) => Promise<string> };

type Deed = 'delete-note' | 'suspend' | 'unsuspend';

/** Sends one order: the deed first, then each report about the subject is resolved. A resolved report cannot be opened again. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const deed = deedOf(order);
  if (deed === 'none') return { kind: 'refused', why: order.reverse ? 'Misskey cannot take this back.' : 'Misskey has no word for this.' };
  const wish = order.verb === 'dismiss' ? 'reject' : 'accept';
  const reports = order.reverse ? [] : await reportsOf(input.client, order, signal);
  const me = await input.me(signal);
  const theirs = reports.find(({ resolved, assigneeId }) => resolved && assigneeId !== me);
  if (theirs !== undefined && !order.force) {
    const isSo = deed === null && reports.every(({ resolved, resolvedAs }) => resolved && (resolvedAs === wish || resolvedAs === null));
    return { kind: isSo ? 'already' : 'conflict', by: theirs.assignee?.username ? `@${theirs.assignee.username}` : null, what: resolvedWords(theirs.resolvedAs), at: null };
  }
  if (deed !== null && deed !== 'delete-note' && order.subject.authorId === null) return { kind: 'refused', why: 'The server does not say whose this is, so that nobody can be suspended.' };
  try {
    const said = deed === null ? [] : [await carryOut(input.client, deed, order, signal)];
    let resolved = 0;
    for (const { id, resolved: is, resolvedAs, assigneeId } of reports) {
      // Resolving again would overwrite who did it.
      if (is && assigneeId === me && (resolvedAs === wish || resolvedAs === null)) continue;
      await input.client.change('admin/resolve-abuse-user-report', { reportId: id, resolvedAs: wish }, 'the resolving of a report', signal);
      input.ours.note(id, order.id);
      resolved += 1;
    }
    if (resolved > 0) said.push(`${resolved === 1 ? 'report' : `${resolved} reports`} resolved as ${wish}`);
    return { kind: 'done', remoteId: reports[0]?.id ?? order.subject.remoteId, said: said.join('; ') || null };
  } catch (error) {
    if (isRefused(error, FORBIDDEN)) return { kind: 'refused', why: `${input.client.settings.host} does not allow this to the account or its token. An admin can grant the role, and a new token the permission (Settings, Service integration).` };
    if (isRefused(error)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

function deedOf({ verb, subject, reverse }: Order): Deed | null | 'none' {
  if (verb === 'suspend') return reverse ? 'unsuspend' : 'suspend';
  if (reverse) return 'none';
  if (verb === 'remove') return subject.type === 'post' ? 'delete-note' : 'none';
  return verb === 'dismiss' ? null : 'none';
}

/** The reports that the person saw, as they are now. */
async function reportsOf(client: Client, { subject }: Order, signal: AbortSignal): Promise<readonly WireReport[]> {
  const ids = (subject.extra['reports'] ?? '').split(' ').filter((id) => id !== '');
  const found: WireReport[] = [];
  for (const id of ids) {
    const one = await reportById(client, id, signal);
    if (one !== null) found.push(one);
  }
  return found;
}

async function carryOut(client: Client, deed: Deed, { subject }: Order, signal: AbortSignal): Promise<string> {
  if (deed === 'delete-note') {
    try {
      await client.change('notes/delete', { noteId: subject.remoteId }, 'the deletion of a note', signal);
      return 'note deleted';
    } catch (error) {
      if (isRefused(error, NO_SUCH)) return 'note was gone already';
      throw error;
    }
  }
  // A member is their own author.
  const userId = subject.authorId ?? '';
  // Suspending twice would stand in the log twice.
  const now = await client.glance('admin/show-user', { userId }, user.pick({ isSuspended: true }), 'the member', signal);
  const wished = deed === 'suspend';
  if (now?.isSuspended === wished) return wished ? 'member was suspended already' : 'member was not suspended any more';
  await client.change(wished ? 'admin/suspend-user' : 'admin/unsuspend-user', { userId }, wished ? 'the suspension' : 'the end of the suspension', signal);
  return wished ? 'member suspended' : 'member no longer suspended';
}

import { ConnectorError } from '../connector.ts';
import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { rowsOfHeld } from './held.ts';
import { momentIn } from './names.ts';
import type { List } from './names.ts';
import { memberOf } from './people.ts';
import { rowsOfRequest } from './requests.ts';
import { address, member, page } from './schemas.ts';
import type { WireMember } from './schemas.ts';
import { isBanned } from './senders.ts';
import { heldPage, readHeld, readRequest } from './waiting.ts';

const RECENT = 20;

/** What waits, as it is now; what else its sender has waiting on this list; and what the server knows of them. Core keeps no archive. */
export async function contextOf(client: Client, now: number, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { list: listId = '', address: listAddress = listId, held, token, seen } = subject.extra;
  const email = subject.extra['email']?.toLowerCase() ?? subject.authorId;
  const list: List = { id: listId, address: listAddress, title: listId, description: '' };
  const [current, waiting, person] = await Promise.all([
    held === undefined ? requestNow(client, list, token, now, signal) : heldNow(client, list, held, subject.remoteId, now, signal),
    held === undefined || email === null ? [] : waitingFrom(client, list, email, now, signal),
    email === null ? null : personOf(client, listId, email, signal),
  ]);
  const members = [...waiting, ...(current === null ? [] : [current])].flatMap((one) => one.members);
  return {
    before: [], after: [],
    members: [...members.filter(({ remoteId }) => remoteId !== person?.member.remoteId), ...(person === null ? [] : [named(person.member, members)])],
    recent: waiting.map((one) => one.subject).filter(({ remoteId }) => remoteId !== subject.remoteId),
    // What it was when it was pulled is what the person decides on.
    subject: current === null ? null : { ...current.subject, extra: subject.extra, revision: seen ?? null },
    record: person?.record ?? [],
  };
}

type Shown = { readonly subject: RemoteSubject; readonly members: readonly RemoteMember[] };

async function heldNow(client: Client, list: List, requestId: string, remoteId: string, now: number, signal: AbortSignal): Promise<Shown | null> {
  const glimpse = await readHeld(client, list.id, requestId, signal);
  return glimpse === null || glimpse.remoteId !== remoteId ? null : rowsOfHeld(glimpse, list, client.settings, now);
}

async function requestNow(client: Client, list: List, token: string | undefined, now: number, signal: AbortSignal): Promise<Shown | null> {
  const one = token === undefined ? null : await readRequest(client, list.id, token, signal);
  return one === null ? null : rowsOfRequest(one, list, client.settings, now);
}

/** Other messages of the same sender among the newest held ones; none where they are too large to be taken together. */
async function waitingFrom(client: Client, list: List, email: string, now: number, signal: AbortSignal): Promise<readonly Shown[]> {
  try {
    const first = await heldPage(client, list.id, RECENT, 1, signal);
    const { entries } = first.total <= RECENT ? first : await heldPage(client, list.id, RECENT, Math.ceil(first.total / RECENT), signal);
    const theirs = entries.filter(({ one }) => one.sender?.toLowerCase() === email);
    return await Promise.all(theirs.toReversed().map((glimpse) => rowsOfHeld(glimpse, list, client.settings, now)));
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'unintelligible' || isRefused(error, 404))) return [];
    throw error;
  }
}

type Person = { readonly member: RemoteMember; readonly record: SubjectContext['record'] };

/** Where an address belongs to, how its posts are moderated, and where it is banned. */
async function personOf(client: Client, list: string, email: string, signal: AbortSignal): Promise<Person> {
  const [known, found, here, everywhere] = await Promise.all([
    client.glance(`/addresses/${encodeURIComponent(email)}`, {}, address, 'the address', signal),
    client.glance('/members/find', { subscriber: email }, page, 'the memberships', signal),
    isBanned(client, list, email, signal),
    isBanned(client, null, email, signal),
  ]);
  const memberships = (found?.entries ?? []).flatMap((row) => member.safeParse(row).data ?? []);
  const standing = [
    ...(everywhere ? ['banned from every list'] : here ? [`banned from ${list}`] : []),
    ...memberships.map((one) => roleWords(one)),
  ];
  return { member: memberOf(email, '', { known, standing }), record: memberships.flatMap(bouncesOf).toSorted((a, b) => b.at - a.at) };
}

function roleWords({ role, list_id: list, moderation_action: action }: WireMember): string {
  const moderated = action === null || action === undefined || action === 'defer' ? '' : `, posts: ${action}`;
  return `${role === 'nonmember' ? 'not subscribed to' : `${role ?? 'member'} of`} ${list ?? 'a list'}${moderated}`;
}

function bouncesOf({ list_id: list, last_bounce_received: bounced, last_warning_sent: warned, bounce_score: score }: WireMember): SubjectContext['record'] {
  const [bounce, warning] = [momentIn(bounced), momentIn(warned)];
  return [
    ...(bounce === null ? [] : [{ at: bounce, text: `mail to them from ${list ?? 'a list'} bounced (score ${score ?? 0})`, by: null }]),
    ...(warning === null ? [] : [{ at: warning, text: `warned by ${list ?? 'a list'} that their mail bounces`, by: null }]),
  ];
}

/** The display name that they write with, where the server knows none. */
function named(one: RemoteMember, others: readonly RemoteMember[]): RemoteMember {
  const name = one.name === one.handle ? others.find(({ remoteId }) => remoteId === one.remoteId)?.name : undefined;
  return name === undefined ? one : { ...one, name };
}

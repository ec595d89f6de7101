import type { Order } from '../connector.ts';
import { announce, wordsFor } from './announcing.ts';
import { isRefused, NO_SUCH } from './client.ts';
import type { Client } from './client.ts';
import { readNote } from './reports.ts';
import { logs, user } from './schemas.ts';
import type { WireLog, WireUser } from './schemas.ts';
import type { Silencer } from './silencing.ts';
import { stoodBefore } from '../http/stood.ts';

/** What was done, with the id that takes it back where it has one of its own; or why nothing was, or whose it is. */
export type Done =
  | { readonly said: string; readonly id?: string; /** It was so before, by whoever. */ readonly stood?: boolean }
  | { readonly refused: string } | { readonly theirs: string | null; readonly what: string; readonly at: number | null };

/** What an order does beside closing its reports. */
export type Deed = {
  readonly act: (signal: AbortSignal) => Promise<Done>;
  readonly undo: ((signal: AbortSignal) => Promise<Done>) | null;
  /** Whether it is so already; a message is never. */
  readonly isSo: (signal: AbortSignal) => Promise<boolean>;
};

/** How a report is closed: upheld, not upheld, or without a verdict. */
export type Wish = 'accept' | 'reject' | null;

export type Plan = { readonly deed: Deed | null; readonly wish: Wish };

export type DeedInput = {
  readonly client: Client;
  readonly now: () => number;
  /** The account's own id. */
  readonly me: (signal: AbortSignal) => Promise<string>;
  readonly silencer: (signal: AbortSignal) => Promise<Silencer | null>;
  readonly announces: (signal: AbortSignal) => Promise<boolean>;
  /** Orders that this session sent before: what they wished for may stand there by their own doing. */
  readonly tried: Set<string>;
};

export const NO_SILENCER = 'Silencing goes by roles in Misskey, and there is none for it. An admin makes one in Control panel, Roles: assigned by hand, without the right to post publicly, and open to moderators.';
export const NO_ANNOUNCEMENTS = 'This server cannot show an announcement to one member alone.';
const NOBODY: Done = { refused: 'The server does not say whose this is, so that nothing can be done to the member.' };

/** What a decision comes to there; null where there is nothing like it. */
export function planOf(input: DeedInput, order: Order): Plan | null {
  switch (order.verb) {
    case 'dismiss': return { deed: null, wish: 'reject' };
    case 'remove': return order.subject.type === 'post' ? { deed: deletion(input, order), wish: 'accept' } : null;
    case 'suspend': return { deed: suspension(input, order), wish: 'accept' };
    case 'mute': return { deed: silencing(input, order), wish: 'accept' };
    case 'warn': return { deed: writing(input, order, 'warn'), wish: 'accept' };
    // Without a strike there is no verdict either.
    case 'message': return { deed: writing(input, order, 'message'), wish: null };
    case 'restore': case 'label': case 'lock': case 'escalate': case 'snooze': return null;
  }
}

function deletion({ client }: DeedInput, { subject: { remoteId } }: Order): Deed {
  return {
    async act(signal) {
      try {
        await client.change('notes/delete', { noteId: remoteId }, 'the deletion of a note', signal);
        return { said: 'note deleted' };
      } catch (error) {
        if (isRefused(error, NO_SUCH)) return { said: 'note was gone already' };
        throw error;
      }
    },
    undo: null,
    isSo: async (signal) => (await readNote(client, remoteId, signal)).gone,
  };
}

/** A member as it stands now; a member who was reported is their own author. */
function memberNow(client: Client, { subject: { authorId } }: Order, signal: AbortSignal): Promise<WireUser | null> {
  return authorId === null ? Promise.resolve(null) : client.glance('users/show', { userId: authorId }, user, 'the member', signal);
}

/**
 * What a colleague did last by the moderation log, before ours was to be or since: theirs to take back, unless a person
 * insists. Where the log does not tell, as to all but admins (endpoints/admin/show-moderation-logs.ts), what was so before
 * stays so too. Null where it is this account's.
 */
async function theirsToEnd({ client, me }: DeedInput, order: Order, type: string, fits: (info: WireLog['info']) => boolean, what: string, signal: AbortSignal): Promise<Done | null> {
  const found = order.force ? null : await client.glance('admin/show-moderation-logs', { type, limit: 100 }, logs, 'the moderation log', signal);
  const last = found?.find((entry) => entry.type === type && fits(entry.info));
  if (!last?.user?.username) {
    const before = stoodBefore(order, what);
    return before === null ? null : { theirs: before.by, what: before.what, at: before.at };
  }
  return last.user.id === await me(signal) ? null : { theirs: `@${last.user.username}`, what, at: last.createdAt };
}

/** What was so already is another's, unless this order did it in an earlier try. */
function wasSo({ tried }: DeedInput, { id }: Order, said: string): Done {
  return { said, stood: !tried.has(id) };
}

/** Suspending twice would stand in the log twice, so the member is looked at first. */
function suspension(input: DeedInput, order: Order): Deed {
  const { client } = input;
  const userId = order.subject.authorId;
  return {
    async act(signal) {
      if (userId === null) return NOBODY;
      if ((await memberNow(client, order, signal))?.isSuspended === true) return wasSo(input, order, 'member was suspended already');
      input.tried.add(order.id);
      await client.change('admin/suspend-user', { userId }, 'the suspension', signal);
      return { said: 'member suspended' };
    },
    async undo(signal) {
      if (userId === null) return NOBODY;
      if ((await memberNow(client, order, signal))?.isSuspended === false) return { said: 'member was not suspended any more' };
      const theirs = await theirsToEnd(input, order, 'suspend', (info) => info.userId === userId, 'suspended', signal);
      if (theirs !== null) return theirs;
      await client.change('admin/unsuspend-user', { userId }, 'the end of the suspension', signal);
      return { said: 'member no longer suspended' };
    },
    isSo: async (signal) => (await memberNow(client, order, signal))?.isSuspended === true,
  };
}

function silencing(input: DeedInput, order: Order): Deed {
  const { client, now, silencer } = input;
  const userId = order.subject.authorId;
  const { durationMs } = order;
  return {
    async act(signal) {
      const role = await silencer(signal);
      if (role === null) return { refused: NO_SILENCER };
      if (userId === null) return NOBODY;
      if ((await memberNow(client, order, signal))?.isSilenced === true) return wasSo(input, order, 'member was silenced already');
      input.tried.add(order.id);
      await client.change('admin/roles/assign', { roleId: role.id, userId, expiresAt: durationMs === null ? null : now() + durationMs }, 'the silencing', signal);
      return { said: `member silenced by the role ${role.name}${durationMs === null ? '' : ` until ${new Date(now() + durationMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`}` };
    },
    async undo(signal) {
      const role = await silencer(signal);
      if (role === null) return { refused: NO_SILENCER };
      if (userId === null) return NOBODY;
      const stands = (await memberNow(client, order, signal))?.isSilenced === true;
      const theirs = !stands ? null : await theirsToEnd(input, order, 'assignRole', (info) => info.userId === userId && info.roleId === role.id, `given the role ${role.name}`, signal);
      if (theirs !== null) return theirs;
      try {
        await client.change('admin/roles/unassign', { roleId: role.id, userId }, 'the end of the silencing', signal);
      } catch (error) {
        // Its time may be over.
        if (!isRefused(error, /^NOT_ASSIGNED$/)) throw error;
      }
      return { said: 'member no longer silenced' };
    },
    isSo: async (signal) => (await memberNow(client, order, signal))?.isSilenced === true,
  };
}

function writing({ client, announces }: DeedInput, order: Order, verb: 'warn' | 'message'): Deed {
  const userId = order.subject.authorId;
  return {
    async act(signal) {
      if (!await announces(signal)) return { refused: NO_ANNOUNCEMENTS };
      const words = wordsFor(order);
      if (words === null) return { refused: 'There is nothing to tell the member. Write a message, or name a guideline.' };
      const member = await memberNow(client, order, signal);
      if (userId === null || member === null) return NOBODY;
      if (member.host !== null) return { refused: `The member lives on ${member.host}, where this server's announcements are not shown.` };
      const id = await announce(client, userId, verb, words, order.decidedAt, signal);
      return { said: `${verb === 'warn' ? 'warning' : 'message'} shown to the member as announcement ${id}`, id };
    },
    async undo(signal) {
      const id = order.reverses?.remoteId ?? null;
      if (id === null) return { refused: 'The announcement is not known any more. It can be deleted on the member\'s page in the control panel.' };
      try {
        await client.change('admin/announcements/delete', { id }, 'the deletion of an announcement', signal);
      } catch (error) {
        if (!isRefused(error, NO_SUCH)) throw error;
      }
      return { said: 'announcement withdrawn; it may have been read' };
    },
    isSo: () => Promise.resolve(false),
  };
}

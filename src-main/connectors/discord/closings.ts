import { actOf } from './acts.ts';
import type { Act } from './acts.ts';
import type { Client } from './client.ts';
import { ENTRY } from './codes.ts';
import type { Guild } from './guild.ts';
import type { Round } from './round.ts';
import { auditLog, message } from './schemas.ts';
import { deletedSubject } from './subjects.ts';
import type { Watched } from './watched.ts';

export type ClosingInput = { readonly client: Client; readonly guild: Guild };

/** Messages that are asked for at most in one pull, to find out which of a member's was deleted. */
const MOST_LOOKS = 100;
/** Deletions by one moderator in one channel join an entry that is there already. */
const JOINED_MS = 15 * 60_000;
/** Acts that deal with a member, and so with what was reported of them before. */
const CLOSING: ReadonlySet<string> = new Set(['ban', 'kick', 'timeout']);

/** Tells what colleagues did to what is reported; Discord itself has no word for a report that was dealt with. */
export function makeClosings({ client, guild }: ClosingInput, round: Round, signal: AbortSignal) {
  const { watch } = round;
  const there = new Set<string>();
  let looks = 0;

  function close(one: Watched, act: Act | null, what: string, closes: boolean): void {
    round.resolve({
      subject: { type: one.type, remoteId: one.remoteId }, by: act?.by ?? null, what, at: act?.at ?? null, orderId: act?.orderId ?? null,
      // What one order of ours did to a member says nothing about the other reports of them.
      closes: closes && act?.orderId === null,
    });
  }

  function deleted(one: Watched, act: Act | null, at: number): void {
    round.describe(deletedSubject(one, at, round.places));
    // Who deletes their own message leaves no entry, and their report open.
    if (act !== null) close(one, act, 'message deleted', true);
    watch.drop(one);
  }

  async function isGone({ message: id, channel }: Watched): Promise<boolean> {
    if (channel === null || id === null || there.has(id) || looks >= MOST_LOOKS) return false;
    looks += 1;
    const found = await client.glance(`/channels/${channel}/messages/${id}`, message, 'a reported message', signal);
    if (found !== null) there.add(id);
    return found === null;
  }

  /** A deletion names whose message it was and where, not which. */
  async function afterDeletion(act: Act): Promise<void> {
    const some = act.user === null ? watch.all() : watch.of(act.user);
    for (const one of some.filter(({ message: id, channel, at }) => id !== null && channel === act.channel && at <= act.at).toReversed()) {
      if (await isGone(one)) deleted(one, act, act.at);
    }
  }

  return {
    async act(act: Act): Promise<void> {
      if (act.kind === 'delete' || act.kind === 'delete-many') return afterDeletion(act);
      if (act.user === null) return;
      // What the bot itself did without Docket, some other software of the community did with it.
      for (const one of watch.of(act.user)) if (one.at <= act.at) close(one, act, act.what, CLOSING.has(act.kind));
    },

    /** An alert that a moderator marked as completed, by its own button. */
    async completed(alert: string, done: { readonly by: string | null; readonly at: number | null }): Promise<void> {
      for (const one of watch.byAlert(alert)) {
        const by = done.by === null ? null : (guild.people.get(done.by) ?? await guild.member(done.by, signal))?.handle ?? `#${done.by}`;
        round.resolve({ subject: { type: one.type, remoteId: one.remoteId }, by, what: 'alert marked as completed', at: done.at, orderId: null, closes: true });
        watch.drop(one);
      }
    },

    /** Messages of which the gateway said that they were deleted. Whose hand it was stands in the audit log, at times joined to an older entry. */
    async gone(ids: ReadonlySet<string>): Promise<void> {
      const some = [...ids].flatMap((id) => watch.message(id) ?? []);
      if (some.length === 0) return;
      const log = await client.glance(`/guilds/${client.settings.guild}/audit-logs?action_type=${ENTRY.messageDeleted}&limit=50`, auditLog, 'the audit log', signal);
      const users = new Map(log?.users.map((user) => [user.id, user]));
      const acts = (log?.audit_log_entries ?? []).flatMap((entry) => actOf(entry, users) ?? []);
      const now = client.serverNow();
      for (const one of some) {
        const act = acts.find(({ user, channel, at, byId }) => user === one.author && channel === one.channel && at > now - JOINED_MS && byId !== one.author) ?? null;
        // What this order of ours deleted is in the entry that names it; a joined entry carries the first order's mark.
        deleted(one, act === null ? null : { ...act, at: now }, now);
      }
    },
  };
}
export type Closings = ReturnType<typeof makeClosings>;

import { actOf } from './acts.ts';
import type { Act } from './acts.ts';
import { isForbidden, isMissing } from './client.ts';
import type { Client } from './client.ts';
import { ENTRY } from './codes.ts';
import type { Guild } from './guild.ts';
import type { Round } from './round.ts';
import { auditLog, message } from './schemas.ts';
import { deletedSubject } from './subjects.ts';
import type { Watched } from './watched.ts';

export type ClosingInput = {
  readonly client: Client; readonly guild: Guild;
  /** How many deletions each entry stood for when it was last read. */
  readonly counts: Map<string, number>;
};

/** Messages that are asked for at most in one pull, to find out which of a member's was deleted. */
const MOST_LOOKS = 100;
/** Deletions by one moderator in one channel join an entry that is there already. */
const JOINED_MS = 15 * 60_000;
const MOST_COUNTS = 1000;
/** Acts that deal with a member, and so with what was reported of them before. */
const CLOSING: ReadonlySet<string> = new Set(['ban', 'kick', 'timeout']);

/** Tells what colleagues did to what is reported; Discord itself has no word for a report that was dealt with. */
export function makeClosings({ client, guild, counts }: ClosingInput, round: Round, signal: AbortSignal) {
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

  function deleted(one: Watched, act: Act | null, at: number, what = 'message deleted'): void {
    round.describe(deletedSubject(one, at, round.places));
    // Who deletes their own message leaves no entry, and their report open.
    if (act !== null) close(one, act, what, true);
    watch.drop(one);
  }

  async function isGone({ message: id, channel }: Watched): Promise<boolean> {
    if (channel === null || id === null || there.has(id) || looks >= MOST_LOOKS) return false;
    looks += 1;
    try {
      await client.get(`/channels/${channel}/messages/${id}`, message, 'a reported message', signal);
    } catch (error) {
      if (isMissing(error)) return true;
      if (!isForbidden(error)) throw error;
    }
    there.add(id);
    return false;
  }

  /** A deletion names whose message it was and where, not which. */
  async function afterDeletion(act: Act): Promise<void> {
    remember(act);
    let left = act.count;
    const some = act.user === null ? watch.all() : watch.of(act.user);
    for (const one of some.filter(({ message: id, channel, at }) => id !== null && channel === act.channel && at <= act.at).toReversed()) {
      if (left === 0) return;
      if (!await isGone(one)) continue;
      deleted(one, act, act.at);
      left -= 1;
    }
  }

  /** With a channel, or a thread such as a forum's post, go all messages in it; who began a thread may have deleted it. */
  function afterPlaceDeletion(act: Act): void {
    for (const one of watch.all()) {
      if (one.message !== null && one.channel === act.channel) deleted(one, act.byId === one.author ? null : act, act.at, act.what);
    }
  }

  function remember({ entry, count }: Act): void {
    counts.set(entry, count);
    for (const oldest of counts.keys()) {
      if (counts.size <= MOST_COUNTS) break;
      counts.delete(oldest);
    }
  }

  return {
    async act(act: Act): Promise<void> {
      if (act.kind === 'delete' || act.kind === 'delete-many') return afterDeletion(act);
      if (act.kind === 'delete-channel' || act.kind === 'delete-thread') return afterPlaceDeletion(act);
      if (act.user === null) return;
      // What the bot itself did without Docket, some other software of the community did with it.
      for (const one of watch.of(act.user)) if (one.at <= act.at) close(one, act, act.what, CLOSING.has(act.kind));
    },

    /** What a moderator did by the buttons of an alert. */
    async completed(alert: string, done: { readonly by: string | null; readonly at: number | null; readonly what: string; readonly deleted: boolean }): Promise<void> {
      for (const one of watch.byAlert(alert)) {
        const report = one.reports.find((own) => own.alert === alert);
        const by = done.by === null ? null : (guild.people.get(done.by) ?? await guild.member(done.by, signal))?.handle ?? `#${done.by}`;
        round.resolve({
          subject: { type: one.type, remoteId: one.remoteId }, by, what: done.what, at: done.at, orderId: null, closes: true,
          // What is deleted is so for every report; a mark is on one alert alone.
          ...(done.deleted || report === undefined ? {} : { reportId: report.id }),
        });
        if (done.deleted) watch.drop(one);
        else watch.close(one, alert);
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
        // An entry that stands for no more than it did is of another deletion: this one's author did it.
        const act = acts.find(({ entry, user, channel, at, count }) => user === one.author && channel === one.channel && at > now - JOINED_MS && count > (counts.get(entry) ?? 0)) ?? null;
        if (act !== null) counts.set(act.entry, (counts.get(act.entry) ?? 0) + 1);
        deleted(one, act === null ? null : { ...act, at: now }, now);
      }
      for (const act of acts) remember(act);
    },
  };
}
export type Closings = ReturnType<typeof makeClosings>;

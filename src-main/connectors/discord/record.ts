import type { SubjectContext } from '../connector.ts';
import { actOf } from './acts.ts';
import type { Client } from './client.ts';
import { ENTRY } from './codes.ts';
import { reasonWords } from './mark.ts';
import { auditLog } from './schemas.ts';
import { compareIds } from './snowflake.ts';
import { sightingOfEntry } from './sightings.ts';

type RecordLine = SubjectContext['record'][number];

/** The log cannot be asked by whom it is about: the newest entries of each kind are read, and kept for the next members. */
const KINDS = [ENTRY.memberUpdated, ENTRY.banned, ENTRY.unbanned, ENTRY.kicked, ENTRY.messageDeleted, ENTRY.blocked, ENTRY.flagged, ENTRY.timedOut];
const FRESH_MS = 60_000;
const AUTOMOD: Readonly<Record<number, string>> = { 1: 'AutoMod blocked a message', 2: 'AutoMod sent an alert', 3: 'AutoMod timed out the member', 4: 'AutoMod quarantined the member' };

/** What was done to members of late, by the audit log. */
export type RecordBook = { readonly of: (userId: string, signal: AbortSignal) => Promise<readonly RecordLine[]> };

export function makeRecordBook(client: Client, now: () => number): RecordBook {
  let kept: { readonly at: number; readonly lines: Promise<ReadonlyMap<string, readonly RecordLine[]>> } | null = null;

  async function read(signal: AbortSignal): Promise<ReadonlyMap<string, readonly RecordLine[]>> {
    const found = new Map<string, { readonly user: string; readonly line: RecordLine }>();
    for (const kind of KINDS) {
      const log = await client.glance(`/guilds/${client.settings.guild}/audit-logs?action_type=${kind}&limit=100`, auditLog, 'the audit log', signal);
      if (log === null) break;
      const users = new Map(log.users.map((user) => [user.id, user]));
      for (const entry of log.audit_log_entries) {
        const act = actOf(entry, users);
        const sighting = sightingOfEntry(entry);
        const user = act?.user ?? sighting?.user ?? null;
        if (user === null) continue;
        const name = sighting?.rule ?? null;
        const rule = name === null ? '' : ` (${name})`;
        const line = act !== null
          ? { at: act.at, text: [act.what, reasonWords(act.reason)].filter((part) => part !== '').join(': '), by: act.by }
          : { at: sighting?.at ?? 0, text: `${AUTOMOD[sighting?.action ?? 0] ?? 'AutoMod acted'}${rule}`, by: null };
        found.set(entry.id, { user, line });
      }
    }
    const lines = new Map<string, RecordLine[]>();
    for (const [, { user, line }] of [...found].toSorted(([a], [b]) => compareIds(b, a))) lines.set(user, [...lines.get(user) ?? [], line]);
    return lines;
  }

  return {
    async of(userId, signal) {
      if (kept === null || now() - kept.at > FRESH_MS) {
        const lines = read(signal);
        kept = { at: now(), lines };
        lines.catch(() => {
          kept = null;
        });
      }
      return (await kept.lines).get(userId) ?? [];
    },
  };
}

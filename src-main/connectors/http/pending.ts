import type { Batch, RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import { writeKnown } from './known.ts';
import type { Entry, Known } from './known.ts';

/** What one entry of a platform's list says, in Docket's terms. */
export type Rows = {
  /** The entry's own id there. */
  readonly id: string;
  readonly subject: RemoteSubject;
  readonly members: readonly RemoteMember[];
  readonly reports: readonly RemoteReport[];
  readonly resolutions: readonly Resolution[];
  /** Changes with all of these; empty where something of it could not be read, so that it is brought again. */
  readonly look: string;
  /** The id of the report that stands in for those that cannot be read; a subject goes by it, too, where the list does not name it. */
  readonly standIn: string;
};

/** Collects what several short pages bring into batches, and keeps `known` in step with them. */
export type Pending = {
  /** An open one; it is brought only where it does not look as it did. */
  readonly take: (rows: Rows, met: boolean) => void;
  /** One that was dealt with there. What it was about may be gone with it: then what is known of that stays as it is. */
  readonly closed: (rows: Rows) => void;
  /** One of which nothing is left but that it is closed. */
  readonly gone: (id: string, resolution: Resolution) => void;
  readonly isFull: () => boolean;
  /** What was collected; with `always` a batch even where that is nothing, for its cursor. */
  readonly flush: (total: number | null, always?: boolean) => Generator<Batch>;
};

/** Rows of a kind in one batch; the interface allows 200. */
const MOST_ROWS = 190;
const FULL = 40;

/** `signal`: what was told to stop gives out nothing more. */
export function makePending(known: Known, signal: AbortSignal): Pending {
  const { entries } = known;
  let given = writeKnown(known);
  let rows: Kept[] = [];
  let resolutions: Resolution[] = [];

  return {
    take(one, met) {
      const before = entries.get(one.id);
      const kept = named(one, before);
      const { type, remoteId } = kept.subject ?? before ?? one.subject;
      entries.set(one.id, { type, remoteId, look: one.look, seen: one.subject.revision ?? '', met: met || before?.met === true });
      if (before !== undefined && before.look === one.look && one.look !== '') return;
      rows.push({ ...kept, reports: [...standInFor(kept, before), ...kept.reports] });
    },
    closed(one) {
      rows.push(named(one, entries.get(one.id)));
      entries.delete(one.id);
    },
    gone(id, resolution) {
      entries.delete(id);
      resolutions.push(resolution);
    },
    isFull: () => rows.length + resolutions.length >= FULL || rows.reduce((sum, { reports }) => sum + reports.length, 0) >= MOST_ROWS,
    * flush(total, always = false) {
      if (rows.length === 0 && resolutions.length === 0 && !always) return;
      const parts = [...rows.flatMap(partsOf), ...resolutions.map((one) => ({ subject: null, members: [], reports: [], resolutions: [one] }))];
      [rows, resolutions] = [[], []];
      const packed = pack(parts);
      const cursor = writeKnown(known);
      // Only the last batch's cursor passes what they bring: a kill between repeats them.
      for (const [place, batch] of packed.entries()) {
        signal.throwIfAborted();
        yield { ...batch, total, cursor: place === packed.length - 1 ? cursor : given };
      }
      given = cursor;
    },
  };
}

/** Rows whose subject may be known better from before. */
type Kept = Omit<Rows, 'subject'> & { readonly subject: RemoteSubject | null };

/** Rows under the name that their subject had: a list may name a thing no more once it is deleted. */
function named(one: Rows, before: Entry | undefined): Kept {
  if (before === undefined || one.subject.remoteId !== one.standIn || before.remoteId === one.standIn) return one;
  const subject = { type: before.type, remoteId: before.remoteId };
  return { ...one, subject: null, reports: one.reports.map((report) => ({ ...report, subject })), resolutions: one.resolutions.map((resolution) => ({ ...resolution, subject })) };
}

/** Closes the report that stood in for this one's while they could not be read. */
function standInFor(one: Kept, before: Entry | undefined): readonly RemoteReport[] {
  const remoteId = one.standIn;
  const [first] = one.reports;
  if (before?.look !== '' || one.look === '' || first === undefined || one.reports.some((report) => report.remoteId === remoteId)) return [];
  return [{ ...first, remoteId, reporterId: null, open: false }];
}

type Part = { readonly subject: Rows['subject'] | null; readonly members: readonly RemoteMember[]; readonly reports: readonly RemoteReport[]; readonly resolutions: readonly Resolution[] };

/** One reviewable in parts that fit a batch each: a post may have more reports than that. */
function partsOf({ subject, members, reports, resolutions }: Kept): Part[] {
  const half = Math.floor(MOST_ROWS / 2);
  const parts: Part[] = [];
  for (let at = 0; at === 0 || at < Math.max(reports.length, resolutions.length); at += half) {
    const some = reports.slice(at, at + half);
    const named = new Set([subject?.authorId ?? null, ...some.map(({ reporterId }) => reporterId)]);
    parts.push({ subject, members: members.filter(({ remoteId }) => named.has(remoteId)), reports: some, resolutions: resolutions.slice(at, at + half) });
  }
  return parts;
}

function pack(parts: readonly Part[]): Omit<Batch, 'cursor' | 'total'>[] {
  const packed: { members: Map<string, RemoteMember>; subjects: Map<string, Rows['subject']>; reports: RemoteReport[]; resolutions: Resolution[] }[] = [];
  for (const part of parts) {
    let last = packed.at(-1);
    if (last === undefined || Math.max(last.members.size + part.members.length, last.subjects.size + 1, last.reports.length + part.reports.length, last.resolutions.length + part.resolutions.length) > MOST_ROWS) {
      last = { members: new Map(), subjects: new Map(), reports: [], resolutions: [] };
      packed.push(last);
    }
    for (const member of part.members) last.members.set(member.remoteId, member);
    if (part.subject !== null) last.subjects.set(`${part.subject.type} ${part.subject.remoteId}`, part.subject);
    last.reports.push(...part.reports);
    last.resolutions.push(...part.resolutions);
  }
  const batches = packed.map(({ members, subjects, reports, resolutions }) => ({ members: [...members.values()], subjects: [...subjects.values()], reports, resolutions }));
  return batches.length === 0 ? [{ members: [], subjects: [], reports: [], resolutions: [] }] : batches;
}

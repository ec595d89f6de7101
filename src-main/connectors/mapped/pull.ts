import type { Mapping } from '../../contract/mapping.ts';
import type { Batch, ConnectorIo, InboxEntry, RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import { applyMapping } from './apply.ts';
import type { Ours } from '../http/ours.ts';
import { guessMapping } from './guess.ts';
import { parseRow, pathsOf, textOf, valueAt } from './rows.ts';
import { USUAL_MEANINGS } from './values.ts';

/** Entries of one batch: each brings at most two members, so that no batch has over 200 rows of a kind. */
const ENTRIES = 100;

/** Where a pull stands: the entry it has passed, and how many before that were no reports. */
type Place = { readonly id: number; readonly without: number };

function readPlace(cursor: string | null): Place {
  const [id, without] = (cursor ?? '').split('.').map(Number);
  return { id: id !== undefined && Number.isSafeInteger(id) ? id : 0, without: without !== undefined && Number.isSafeInteger(without) ? without : 0 };
}

/**
 * Takes what waits in the inbox, oldest first. What cannot be taken is kept aside there with why, and never stands in the
 * way. `mapping` null: each row's own columns say what they are. `ours` is what this session sent to the endpoint, whose
 * word of it may come back this way.
 */
export async function* pullInbox(io: Pick<ConnectorIo, 'inbox'>, mapping: Mapping | null, ours: Ours, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  let place = readPlace(cursor);
  await io.inbox.forget(place.id);
  const read = makeReader(mapping);
  for (;;) {
    signal.throwIfAborted();
    const { entries, total } = await io.inbox.read(place.id, ENTRIES);
    const last = entries.at(-1);
    if (last === undefined) return;
    const batch = emptyBatch();
    const aside: { readonly id: number; readonly field: string | null; readonly problem: string }[] = [];
    for (const entry of entries) {
      const applied = read(entry, entries);
      if (applied.kind === 'problem') aside.push({ id: entry.id, ...applied.problem });
      if (applied.kind !== 'taken') place = { ...place, without: place.without + 1 };
      else add(batch, applied.rows, ours);
    }
    await io.inbox.keepAside(aside);
    place = { ...place, id: last.id };
    yield { members: [...batch.members.values()], subjects: [...batch.subjects.values()], reports: batch.reports, resolutions: batch.resolutions, cursor: `${place.id}.${place.without}`, total: Math.max(0, total - place.without) };
  }
}

function makeReader(mapping: Mapping | null): (entry: InboxEntry, entries: readonly InboxEntry[]) => ReturnType<typeof applyMapping> {
  /** Guesses by the columns of the rows they were made for: the rows of a file have mostly the same. */
  const guesses = new Map<string, Mapping>();
  const guessed = (row: unknown, entries: readonly InboxEntry[]): Mapping => {
    const paths = pathsOf(row);
    const name = paths.join('\n');
    let guess = guesses.get(name);
    if (guess === undefined) {
      const columns = paths.map((from) => ({ from, samples: [textOf(valueAt(row, from))].filter((text) => text !== ''), values: [] }));
      // Those that came with it may tell more: in which order a date is written, one row does not always show.
      guess = { ...guessMapping(columns, [row, ...entries.flatMap(rowIn)]), categories: USUAL_MEANINGS };
      if (guesses.size < 100) guesses.set(name, guess);
    }
    return guess;
  };
  return (entry, entries) => {
    const [row] = rowIn(entry);
    if (row === undefined) return { kind: 'problem', problem: { field: null, problem: 'This is not JSON, or nested deeper than any report is.' } };
    return applyMapping(mapping ?? guessed(row, entries), row, entry.receivedAt);
  };
}

/** An entry's row; none where it is no JSON. */
function rowIn({ body }: InboxEntry): readonly unknown[] {
  try {
    return [parseRow(body)];
  } catch {
    return [];
  }
}

type Open = { readonly members: Map<string, RemoteMember>; readonly subjects: Map<string, RemoteSubject>; readonly reports: RemoteReport[]; readonly resolutions: Resolution[] };

function emptyBatch(): Open {
  return { members: new Map(), subjects: new Map(), reports: [], resolutions: [] };
}

function add(open: Open, { members, subject, report, resolution }: Extract<ReturnType<typeof applyMapping>, { kind: 'taken' }>['rows'], ours: Ours): void {
  for (const member of members) open.members.set(member.remoteId, member);
  open.subjects.set(nameOf(subject), subject);
  open.reports.push(report);
  if (resolution !== null) open.resolutions.push({ ...resolution, orderId: ours.orderOf(nameOf(resolution.subject)) });
}

/** Under which name it is noted which order of ours was about a subject. */
export function nameOf({ type, remoteId }: Resolution['subject']): string {
  return `${type} ${remoteId}`;
}

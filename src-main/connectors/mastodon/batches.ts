import type { Batch, RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import type { Rows } from './subjects.ts';

/** Rows of each kind that a batch may have. */
const MOST = 200;

/** Rows on their way into batches; a member or subject that comes twice is taken once, as it came last. */
type Open = {
  readonly members: Map<string, RemoteMember>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly reports: RemoteReport[];
  readonly resolutions: Resolution[];
};

function empty(): Open {
  return { members: new Map(), subjects: new Map(), reports: [], resolutions: [] };
}

function add(into: Open, rows: Rows): void {
  for (const member of rows.members) into.members.set(member.remoteId, member);
  for (const subject of rows.subjects) into.subjects.set(`${subject.type} ${subject.remoteId}`, subject);
  into.reports.push(...rows.reports);
  into.resolutions.push(...rows.resolutions);
}

function fits(open: Open, rows: Rows): boolean {
  return open.members.size + rows.members.length <= MOST && open.subjects.size + rows.subjects.length <= MOST
    && open.reports.length + rows.reports.length <= MOST && open.resolutions.length + rows.resolutions.length <= MOST;
}

/** A report that names more than a batch holds, in parts. */
function partsOf(rows: Rows): readonly Rows[] {
  const count = Math.ceil(Math.max(rows.members.length, rows.subjects.length, rows.reports.length) / MOST);
  if (count <= 1) return [rows];
  const cut = <Row>(list: readonly Row[], index: number): readonly Row[] => list.slice(index * MOST, (index + 1) * MOST);
  return Array.from({ length: count }, (_, index) => ({
    members: cut(rows.members, index), subjects: cut(rows.subjects, index), reports: cut(rows.reports, index), resolutions: cut(rows.resolutions, index),
  }));
}

/** Packs rows into batches; `upTo` is how many of them are in this batch and the ones before it, whole. */
export function* packRows(all: readonly Rows[]): Generator<{ readonly rows: Omit<Batch, 'cursor' | 'total'>; readonly upTo: number }> {
  let open = empty();
  let whole = 0;
  for (const [index, rows] of all.entries()) {
    for (const piece of partsOf(rows)) {
      if (!fits(open, piece)) {
        yield { rows: close(open), upTo: whole };
        open = empty();
      }
      add(open, piece);
    }
    whole = index + 1;
  }
  if (open.reports.length > 0 || open.resolutions.length > 0) yield { rows: close(open), upTo: whole };
}

function close({ members, subjects, reports, resolutions }: Open): Omit<Batch, 'cursor' | 'total'> {
  return { members: [...members.values()], subjects: [...subjects.values()], reports, resolutions };
}

import type { Batch, RemoteMember, RemoteSubject, Resolution } from '../connector.ts';
import type { Guild } from './guild.ts';
import type { Offence } from './offence.ts';
import { makeOffenceBook } from './offence-book.ts';
import type { OffenceBook } from './offence-book.ts';
import { writePosition } from './position.ts';
import type { Position } from './position.ts';
import { alertKey, nameOf, reportOfOffence, subjectOfOffence, unnamed } from './subjects.ts';
import type { Places } from './subjects.ts';
import { makeWatch } from './watched.ts';
import type { Watch } from './watched.ts';

/** What one pull collects until it is given out. */
export type Round = {
  readonly position: Position;
  readonly book: OffenceBook;
  readonly watch: Watch;
  /** Names what was met since, and watches it: before something is told of it. */
  readonly settle: () => void;
  readonly places: Places;
  readonly resolve: (resolution: Resolution) => void;
  /** A subject that is described anew, with its author where it has one. */
  readonly describe: (subject: RemoteSubject) => void;
  readonly size: () => number;
  /** What was collected as batches; with `always` at least one, for its cursor. */
  readonly flush: (always: boolean) => Generator<Batch>;
};

/** Rows of a kind in one batch; the interface allows 200. */
const MOST_ROWS = 180;

export function makeRound(position: Position, guild: Guild, places: Places, whole: Map<string, Offence>): Round {
  const book = makeOffenceBook(position.recent, whole);
  const watch = makeWatch(position.watched);
  const watchedOnce = new Set<string>();
  let resolutions: Resolution[] = [];
  let described: RemoteSubject[] = [];
  let given = writePosition(position);

  function settle(): void {
    for (const offence of book.settle()) {
      const one = nameOf(offence);
      // Once: what was closed since is watched no more.
      const known = [offence.id, offence.message, offence.alert].join(' ');
      if (watchedOnce.has(known)) continue;
      watchedOnce.add(known);
      watch.add({ ...one, message: one.type === 'message' ? offence.message : null, author: offence.user, channel: offence.channel, reports: [{ id: offence.id, alert: alertKey(offence) }], at: offence.at });
    }
  }

  return {
    position, watch, places, book, settle,
    resolve: (resolution) => void resolutions.push(resolution),
    describe: (subject) => void described.push(subject),
    size: () => book.fresh() + resolutions.length + described.length,
    * flush(always) {
      settle();
      const offences = book.drain();
      const subjects = [...offences.map((one) => subjectOfOffence(one, places)), ...described];
      const reports = offences.map(reportOfOffence);
      const told = resolutions;
      [resolutions, described] = [[], []];
      position.recent = book.recent(position.head);
      position.watched = watch.all();
      const cursor = writePosition(position);
      const count = Math.max(always ? 1 : 0, Math.ceil(Math.max(subjects.length, told.length) / MOST_ROWS));
      // Subjects come before what refers to them; only the last batch's cursor passes what they bring: a kill between repeats them.
      for (let place = 0; place < count; place += 1) {
        const at = place * MOST_ROWS;
        const some = subjects.slice(at, at + MOST_ROWS);
        yield {
          members: membersOf(some, guild.people), subjects: some, reports: reports.slice(at, at + MOST_ROWS), resolutions: told.slice(at, at + MOST_ROWS),
          cursor: place === count - 1 ? cursor : given, total: null,
        };
      }
      given = cursor;
    },
  };
}

function membersOf(subjects: readonly RemoteSubject[], people: ReadonlyMap<string, RemoteMember>): readonly RemoteMember[] {
  const ids = new Set(subjects.flatMap(({ authorId }) => (authorId === null ? [] : [authorId])));
  return [...ids].map((id) => people.get(id) ?? unnamed(id));
}

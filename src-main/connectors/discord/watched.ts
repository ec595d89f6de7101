import type { SubjectType } from '../../contract/words.ts';

/** What was reported and is not known to be dealt with: the audit log names members, and says of deleted messages only whose they were, and where. */
export type Watched = {
  readonly type: SubjectType;
  readonly remoteId: string;
  /** The message itself, where it is known. */
  readonly message: string | null;
  readonly author: string | null;
  /** Where it was written. */
  readonly channel: string | null;
  /** Reports of it that nobody has closed by themselves, oldest first. */
  readonly reports: readonly WatchedReport[];
  readonly at: number;
};

/** `alert`: the alert that tells it, `channel:message`. */
export type WatchedReport = { readonly id: string; readonly alert: string | null };

export type Watch = {
  /** One that is watched already keeps its reports beside the new one. */
  readonly add: (one: Watched) => void;
  readonly drop: (one: Pick<Watched, 'type' | 'remoteId'>) => void;
  /** The report that an alert tells was closed by itself; without another its subject is no longer watched. */
  readonly close: (one: Watched, alert: string) => void;
  readonly all: () => readonly Watched[];
  /** Everything of one member, oldest first. */
  readonly of: (author: string) => readonly Watched[];
  readonly message: (id: string) => Watched | null;
  readonly byAlert: (alert: string) => readonly Watched[];
};

/** The latest alert about it, `channel:message`; null where there is none. */
export function alertAbout({ reports }: Pick<Watched, 'reports'>): string | null {
  return reports.findLast(({ alert }) => alert !== null)?.alert ?? null;
}

/** Beyond so many the oldest are no longer watched; the audit log itself forgets after 45 days (resources/audit-log). */
const MOST = 2000;

const keyOf = ({ type, remoteId }: Pick<Watched, 'type' | 'remoteId'>): string => `${type} ${remoteId}`;

export function makeWatch(some: readonly Watched[]): Watch {
  const known = new Map<string, Watched>();
  const byAuthor = new Map<string, Map<string, Watched>>();
  const byAlert = new Map<string, Map<string, Watched>>();
  const byMessage = new Map<string, Map<string, Watched>>();

  function index(map: Map<string, Map<string, Watched>>, name: string | null, one: Watched, drop: boolean): void {
    if (name === null) return;
    const some = map.get(name) ?? new Map<string, Watched>();
    if (drop) some.delete(keyOf(one));
    else some.set(keyOf(one), one);
    if (some.size === 0) map.delete(name);
    else map.set(name, some);
  }

  function drop(named: Pick<Watched, 'type' | 'remoteId'>): void {
    const one = known.get(keyOf(named));
    if (one === undefined) return;
    known.delete(keyOf(one));
    index(byAuthor, one.author, one, true);
    for (const { alert } of one.reports) index(byAlert, alert, one, true);
    index(byMessage, one.message, one, true);
  }

  function add(fresh: Watched): void {
    const before = known.get(keyOf(fresh))?.reports.filter(({ id }) => fresh.reports.every((report) => report.id !== id)) ?? [];
    set({ ...fresh, reports: [...before, ...fresh.reports] });
  }

  function set(one: Watched): void {
    drop(one);
    known.set(keyOf(one), one);
    index(byAuthor, one.author, one, false);
    for (const { alert } of one.reports) index(byAlert, alert, one, false);
    index(byMessage, one.message, one, false);
    for (const oldest of known.values()) {
      if (known.size <= MOST) break;
      drop(oldest);
    }
  }
  for (const one of some) add(one);

  return {
    add, drop,
    close(one, alert) {
      const reports = one.reports.filter((report) => report.alert !== alert);
      if (reports.length > 0) set({ ...one, reports });
      else drop(one);
    },
    all: () => [...known.values()],
    of: (author) => [...byAuthor.get(author)?.values() ?? []],
    message: (id) => byMessage.get(id)?.values().next().value ?? null,
    byAlert: (alert) => [...byAlert.get(alert)?.values() ?? []],
  };
}

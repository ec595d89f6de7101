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
  /** The alert about it, `channel:message`. */
  readonly alert: string | null;
  readonly at: number;
};

export type Watch = {
  readonly add: (one: Watched) => void;
  readonly drop: (one: Pick<Watched, 'type' | 'remoteId'>) => void;
  readonly all: () => readonly Watched[];
  /** Everything of one member, oldest first. */
  readonly of: (author: string) => readonly Watched[];
  readonly message: (id: string) => Watched | null;
  readonly byAlert: (alert: string) => readonly Watched[];
};

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
    index(byAlert, one.alert, one, true);
    index(byMessage, one.message, one, true);
  }

  function add(one: Watched): void {
    drop(one);
    known.set(keyOf(one), one);
    index(byAuthor, one.author, one, false);
    index(byAlert, one.alert, one, false);
    index(byMessage, one.message, one, false);
    for (const oldest of known.values()) {
      if (known.size <= MOST) break;
      drop(oldest);
    }
  }
  for (const one of some) add(one);

  return {
    add, drop,
    all: () => [...known.values()],
    of: (author) => [...byAuthor.get(author)?.values() ?? []],
    message: (id) => byMessage.get(id)?.values().next().value ?? null,
    byAlert: (alert) => [...byAlert.get(alert)?.values() ?? []],
  };
}

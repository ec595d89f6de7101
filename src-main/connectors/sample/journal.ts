import { z } from 'zod';
import { SUBJECT_TYPES, VERBS } from '../../contract/words.ts';

/**
 * Something that was done in the community after the first pull: by us, by its own moderators, or by an author to
 * their own post. Marks are all that the community remembers beside its seed.
 */
export const mark = z.object({
  /** The order's id for what we did; else unique by what happened. */
  id: z.string(),
  /** Grows with every mark; a cursor names the last one it told. */
  n: z.number().int(),
  type: z.enum(SUBJECT_TYPES),
  remoteId: z.string(),
  /** The subject's number and the time of its first report, from which it is computed again. */
  index: z.number().int(),
  reportedAt: z.number().int(),
  /** Whom it strikes; null where it is about the subject alone. */
  memberId: z.string().nullable(),
  did: z.enum([...VERBS, 'edit', 'delete']),
  /** The id of the mark that it takes back; null for a mark of its own. */
  reverses: z.string().nullable(),
  /** Null for what we did ourselves. */
  by: z.string().nullable(),
  at: z.number().int(),
  /** For mute and suspend: the end; null is for good. */
  until: z.number().int().nullable(),
  labels: z.array(z.string()),
});
export type Mark = z.infer<typeof mark>;

export type Journal = {
  /** Adds what was not there yet; a second mark with the same id changes nothing. Answers the one that stands. */
  readonly add: (mark: Omit<Mark, 'n'>) => Mark;
  readonly byId: (id: string) => Mark | null;
  readonly aboutSubject: (type: string, remoteId: string) => readonly Mark[];
  readonly aboutMember: (memberId: string) => readonly Mark[];
  /** Marks after number `n`, in order. */
  readonly after: (n: number) => readonly Mark[];
  readonly all: () => readonly Mark[];
  /** Takes over what a cursor kept. */
  readonly restore: (marks: readonly Mark[]) => void;
};

/** The community forgets what is longer ago: the journal travels in every cursor and must stay small. */
const KEPT_MARKS = 1000;

export function makeJournal(): Journal {
  let marks: Mark[] = [];
  const byId = new Map<string, Mark>();

  function keep(made: Mark): void {
    marks.push(made);
    byId.set(made.id, made);
    if (marks.length <= KEPT_MARKS) return;
    const [oldest] = marks;
    marks = marks.slice(1);
    if (oldest !== undefined) byId.delete(oldest.id);
  }

  return {
    add(wanted) {
      const before = byId.get(wanted.id);
      if (before !== undefined) return before;
      const made = { ...wanted, n: (marks.at(-1)?.n ?? 0) + 1 };
      keep(made);
      return made;
    },
    byId: (id) => byId.get(id) ?? null,
    aboutSubject: (type, remoteId) => marks.filter((each) => each.remoteId === remoteId && each.type === type),
    aboutMember: (memberId) => marks.filter((each) => each.memberId === memberId),
    after: (n) => marks.filter((each) => each.n > n),
    all: () => marks,
    restore(kept) {
      for (const each of kept) if (!byId.has(each.id)) keep(each);
      marks.sort((a, b) => a.n - b.n);
    },
  };
}

/** What still holds of some marks: those that were not taken back. */
export function standing(marks: readonly Mark[]): readonly Mark[] {
  const takenBack = new Set(marks.map((each) => each.reverses));
  return marks.filter((each) => each.reverses === null && !takenBack.has(each.id));
}

/** Until when a member may not post at time `now`: null where they may, Infinity for good. */
export function silencedUntil(journal: Journal, memberId: string, now: number): number | null {
  const ends = standing(journal.aboutMember(memberId))
    .filter((each) => each.did === 'mute' || each.did === 'suspend')
    .map((each) => each.until ?? Infinity)
    .filter((end) => end > now);
  return ends.length === 0 ? null : Math.max(...ends);
}

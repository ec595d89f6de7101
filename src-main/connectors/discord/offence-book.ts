import { ACTION } from './codes.ts';
import { isOf, offenceOf, united } from './offence.ts';
import type { Offence, Sighting } from './offence.ts';
import { nameOf } from './subjects.ts';

/** Unites sightings while they come. */
export type OffenceBook = {
  readonly take: (sighting: Sighting) => Offence;
  /** Gives those of which something is new their names, oldest first: from now on they keep them. */
  readonly settle: () => readonly Offence[];
  /** The same, and takes them out: the desk gets them. */
  readonly drain: () => readonly Offence[];
  readonly fresh: () => number;
  /** Whether something of late is known by the audit log alone, so that more of it may be about to come. */
  readonly expectsMore: (since: number) => boolean;
  /** Those that later sightings may still be of, where the sources were read up to `head`. */
  readonly recent: (head: number) => readonly Offence[];
};

/** How long after an offence something more of it may be read: sources are read one after the other. */
const OPEN_MS = 120_000;
const MOST_OPEN = 300;
/** So many alerts are waited for of which only the log told: their channel may become readable later. */
const MOST_EXPECTED = 500;

/** `recent`: what the cursor remembers. `whole`: what this session knows of the same, by id; kept in step. */
export function makeOffenceBook(recent: readonly Offence[], whole: Map<string, Offence>): OffenceBook {
  let open: Offence[] = recent.map((one) => whole.get(one.id) ?? one);
  const news = new Map<string, Offence>();
  /** Those that the desk knows by their id. */
  const given = new Set(recent.map(({ id }) => id));

  function keep(offence: Offence, before: Offence | null): Offence {
    whole.delete(offence.id);
    whole.set(offence.id, offence);
    if (offence.whole && (before === null || saysMore(offence, before))) news.set(offence.id, offence);
    return offence;
  }

  function prune(at: number): void {
    if (open.length < MOST_OPEN + MOST_EXPECTED) return;
    open = near(open, at);
    for (const oldest of whole.keys()) {
      if (whole.size <= 2 * MOST_OPEN) break;
      whole.delete(oldest);
    }
  }

  function settle(): readonly Offence[] {
    const settled = [...news.values()].toSorted((a, b) => a.at - b.at).map((one): Offence => (one.as === null ? Object.assign({}, one, { as: nameOf(one) }) : one));
    const named = new Map(settled.map((one) => [one.id, one]));
    for (const [id, one] of named) {
      news.set(id, one);
      whole.set(id, one);
    }
    open = open.map((one) => named.get(one.id) ?? one);
    return settled;
  }

  return {
    take(sighting) {
      const fitting = open.filter((one) => isOf(one, sighting)).toSorted((a, b) => (sighting.since === null ? Math.abs(a.at - sighting.at) - Math.abs(b.at - sighting.at) : a.at - b.at));
      const match = fitting.find(({ alert }) => alert !== null && alert === sighting.alert) ?? fitting[0];
      if (match === undefined) {
        const offence = offenceOf(sighting);
        prune(sighting.at);
        open.push(offence);
        return keep(offence, null);
      }
      const known = united(match, sighting);
      // Until it was given out, it goes by its alert, whichever source told first.
      const offence = given.has(known.id) || known.alert === null ? known : { ...known, id: known.alert };
      if (offence.id !== match.id) {
        news.delete(match.id);
        whole.delete(match.id);
      }
      open = open.map((one) => (one === match ? offence : one));
      return keep(offence, match);
    },
    settle,
    drain() {
      const drained = settle();
      news.clear();
      for (const { id } of drained) given.add(id);
      return drained;
    },
    fresh: () => news.size,
    expectsMore: (since) => [...news.values()].some(({ at, alert, slots }) => at >= since && alert === null && slots.every((slot) => slot.startsWith('e'))),
    recent: (head) => near(open, head),
  };
}

function near(open: readonly Offence[], at: number): Offence[] {
  const isNear = (one: Offence): boolean => one.at >= at - OPEN_MS;
  return [
    ...open.filter((one) => !isNear(one) && one.alert === null && one.actions.includes(ACTION.alert)).slice(-MOST_EXPECTED),
    ...open.filter(isNear).slice(-MOST_OPEN),
  ];
}

function saysMore(after: Offence, before: Offence): boolean {
  return saidOf(after) !== saidOf(before);
}

function saidOf({ slots: _slots, look: _look, ...rest }: Offence): string {
  return JSON.stringify(rest);
}

import { z } from 'zod';

/** More open reports than this, the oldest, are not looked for by themselves; opening or deciding one still reads its state. */
const MOST_HELD = 20_000;

/** A report that this desk holds for open, and what it is about. */
export type HeldReport = { readonly kind: string; readonly id: string; readonly about: string };

const pairs = z.record(z.string(), z.array(z.number().int()));

const shape = z.object({
  /** Reports newer than this, ms by the instance's clock, were not read yet; null before the first time. */
  floor: z.number().nullable(),
  /** How many of the open reports the first reading has passed. Null when it is through. */
  at: z.number().int().nullable(),
  held: pairs,
  /** Reports that are no longer in the list of open ones and have to be asked for. */
  missing: pairs,
  /** When the held ones were last looked for, ms by this machine's clock. */
  sweptAt: z.number().nullable(),
});
/** How far the reports were read. The API has no feed of what was resolved, so what is held is looked for again. */
export type Position = z.infer<typeof shape>;

/** A position from sync's text; null and what is no position start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null): Position {
  try {
    return shape.parse(JSON.parse(cursor ?? ''));
  } catch {
    return { floor: null, at: 0, held: {}, missing: {}, sweptAt: null };
  }
}

export function writePosition(position: Position): string {
  return JSON.stringify(position);
}

/** Numbers that follow each other closely are written as their differences, two for each report: its id, and what it is about. */
export function pack(reports: Iterable<HeldReport>): Position['held'] {
  const packed: Record<string, number[]> = {};
  const last = new Map<string, readonly [number, number]>();
  for (const { kind, id, about } of reports) {
    const [before, beforeAbout] = last.get(kind) ?? [0, 0];
    (packed[kind] ??= []).push(Number(id) - before, Number(about) - beforeAbout);
    last.set(kind, [Number(id), Number(about)]);
  }
  return packed;
}

export function unpack(packed: Position['held']): HeldReport[] {
  return Object.entries(packed).flatMap(([kind, numbers]) => {
    let [id, about] = [0, 0];
    return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index): HeldReport => {
      id += numbers[2 * index] ?? 0;
      about += numbers[2 * index + 1] ?? 0;
      return { kind, id: String(id), about: String(about) };
    });
  });
}

/** The reports held for open, by id; the oldest give way. */
export type Held = ReadonlyMap<string, HeldReport> & { readonly keep: (report: HeldReport) => void; readonly drop: (id: string) => void };

export function makeHeld(packed: Position['held']): Held {
  const map = new Map(unpack(packed).map((report) => [report.id, report]));
  return Object.assign(map, {
    keep(report: HeldReport) {
      map.set(report.id, report);
      for (const oldest of map.keys()) {
        if (map.size <= MOST_HELD) break;
        map.delete(oldest);
      }
    },
    drop: (id: string) => void map.delete(id),
  });
}

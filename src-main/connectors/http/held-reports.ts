import { z } from 'zod';
import { keepNewest } from './newest.ts';

/** A report that this desk holds for open, and what it is about; both ids are whole numbers as text. */
export type HeldReport = { readonly kind: string; readonly id: string; readonly about: string };

/** Held reports by kind, as a cursor carries them. */
export const packedReports = z.record(z.string(), z.array(z.number().int()));
type PackedReports = z.output<typeof packedReports>;

/** Numbers that follow each other closely are written as their differences, two for each report: its id, and what it is about. */
export function pack(reports: Iterable<HeldReport>): PackedReports {
  const packed: Record<string, number[]> = {};
  const last = new Map<string, readonly [number, number]>();
  for (const { kind, id, about } of reports) {
    const [before, beforeAbout] = last.get(kind) ?? [0, 0];
    (packed[kind] ??= []).push(Number(id) - before, Number(about) - beforeAbout);
    last.set(kind, [Number(id), Number(about)]);
  }
  return packed;
}

export function unpack(packed: PackedReports): HeldReport[] {
  return Object.entries(packed).flatMap(([kind, numbers]) => {
    let [id, about] = [0, 0];
    return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index): HeldReport => {
      id += numbers[2 * index] ?? 0;
      about += numbers[2 * index + 1] ?? 0;
      return { kind, id: String(id), about: String(about) };
    });
  });
}

/** More open reports than this, the oldest, are not looked for by themselves; opening or deciding one still reads its state. */
const MOST_HELD = 20_000;

/** The reports held for open, by key; the oldest give way. */
export type Held = ReadonlyMap<string, HeldReport> & { readonly keep: (report: HeldReport) => void; readonly drop: (key: string) => void };

/** `keyOf`: what tells reports apart. */
export function makeHeld(packed: PackedReports, keyOf: (report: HeldReport) => string): Held {
  const map = new Map(unpack(packed).map((report) => [keyOf(report), report]));
  return Object.assign(map, {
    keep(report: HeldReport) {
      map.set(keyOf(report), report);
      keepNewest(map, MOST_HELD);
    },
    drop: (key: string) => void map.delete(key),
  });
}

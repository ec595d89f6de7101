/** A report that this desk holds for open, and what it is about; both ids are whole numbers as text. */
export type HeldReport = { readonly kind: string; readonly id: string; readonly about: string };

/** Held reports by kind, as a cursor carries them. */
export type PackedReports = Record<string, number[]>;

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

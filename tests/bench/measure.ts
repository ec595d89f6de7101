/** One line of the result: times carry percentiles, rates and sizes a value; each beside its floor of the same run. */
export type Result =
  | {
    readonly name: string; readonly unit: string; readonly p50: number; readonly p95: number;
    readonly floor_p50?: number; readonly floor_p95: number | null; readonly ratio: number | null; readonly note?: string;
  }
  | { readonly name: string; readonly unit: string; readonly value: number; readonly floor: number | null; readonly ratio: number | null; readonly note?: string };

/** The value below which `share` of the values lie (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** How long `work` takes, ms. */
export function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** How long `work` takes to settle, ms. */
export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Times against the floor's times of the same run. */
export function times(name: string, values: readonly number[], floor: readonly number[] | null, note?: string): Result {
  const p95 = percentile(values, 0.95);
  const floorP95 = floor === null ? null : percentile(floor, 0.95);
  return {
    name, unit: 'ms', p50: round(percentile(values, 0.5)), p95: round(p95),
    ...(floor === null ? {} : { floor_p50: round(percentile(floor, 0.5)) }),
    floor_p95: floorP95 === null ? null : round(floorP95), ratio: floorP95 === null ? null : round(p95 / floorP95),
    ...(note === undefined ? {} : { note }),
  };
}

/** One number against the floor's. */
export function single(name: string, unit: string, value: number, floor: number | null, note?: string): Result {
  return {
    name, unit, value: round(value), floor: floor === null ? null : round(floor), ratio: floor === null ? null : round(value / floor),
    ...(note === undefined ? {} : { note }),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

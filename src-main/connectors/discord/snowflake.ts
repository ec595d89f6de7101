/** The first ms of Discord's time (reference, "Snowflakes"). */
const EPOCH = 1_420_070_400_000n;

/** Before every snowflake. */
export const FIRST = '0';

/** When something was made, ms since the epoch, by its id. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH);
}

/** The smallest snowflake of a moment. */
export function snowflakeAt(ms: number): string {
  const since = BigInt(Math.max(0, Math.floor(ms))) - EPOCH;
  return since <= 0n ? FIRST : String(since << 22n);
}

/** By age; as text, since they do not fit a number. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

export function isAfter(a: string, b: string): boolean {
  return compareIds(a, b) > 0;
}

export function laterOf(a: string, b: string): string {
  return isAfter(a, b) ? a : b;
}

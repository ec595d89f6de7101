/** The path of a `docket://open/…` link among the arguments of a start, or null. The page decides what it means. */
export function linkAmong(args: readonly string[]): string | null {
  for (const arg of args) {
    const path = /^docket:\/\/open\/([A-Za-z0-9/:._%~@-]{1,500})$/.exec(arg)?.[1];
    if (path !== undefined) return path;
  }
  return null;
}

const FEW = 5;

/** "removed · reports 8437, 8440", for the item's history. */
export function saidOf(what: string, reports: readonly { readonly id: string }[]): string {
  if (reports.length === 0) return what;
  const more = reports.length > FEW ? ` and ${reports.length - FEW} more` : '';
  return `${what} · report${reports.length === 1 ? '' : 's'} ${reports.slice(0, FEW).map(({ id }) => id).join(', ')}${more}`;
}

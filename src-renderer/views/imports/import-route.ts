/** What the import page is about: an upload, and the connection whose file it is; null where that is still open. */
export type ImportRoute = { readonly upload: string | null; readonly connection: string | null };

const PREFIX = 'import/';

/** The import page as what is open in the connections' place. */
export function importRoute({ upload, connection }: ImportRoute): string {
  return `${PREFIX}${upload ?? ''}/${connection ?? ''}`;
}

/** Reads what is open; null where it is no import. A connection's own id may hold anything, a slash too. */
export function readImportRoute(id: string | null): ImportRoute | null {
  if (id === null || !id.startsWith(PREFIX)) return null;
  const rest = id.slice(PREFIX.length);
  const at = rest.indexOf('/');
  if (at < 0) return null;
  return { upload: rest.slice(0, at) || null, connection: rest.slice(at + 1) || null };
}

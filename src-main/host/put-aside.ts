/** The name under which a broken file is kept, with the time in it: `settings.json.broken-20260301T101500`. */
export function asideName(file: string, now: number): string {
  return `${file}.broken-${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`;
}

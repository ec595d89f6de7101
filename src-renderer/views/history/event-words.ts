import { when } from '../../ui/time-words.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });

/** When an event was: to the second today, else the day and the minute. */
export function eventTime(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today ? when(at, now, true) : `${when(at, now)} ${clock.format(at)}`;
}

/** A hash short enough for a column and long enough to tell two apart by eye. */
export function shortHash(hash: string): string {
  return hash.length <= 8 ? hash : `${hash.slice(0, 4)}…${hash.slice(-2)}`;
}

/** How the key, menu or pointer is told. */
export const SOURCE_WORDS = { key: 'by key', menu: 'from the menu', palette: 'from the palette', pointer: 'by pointer', system: 'by Docket itself' } as const;

/** What of an event's personal part is plain text: a reason, a message, a note, a title. */
export function payloadFacts(payload: Readonly<Record<string, unknown>> | null): readonly { readonly name: string; readonly text: string }[] {
  return Object.entries(payload ?? {}).flatMap(([name, value]) => (
    (typeof value === 'string' && value !== '') || typeof value === 'number' ? [{ name: name.replaceAll(/([A-Z])/gu, ' $1').toLowerCase(), text: String(value) }] : []
  ));
}

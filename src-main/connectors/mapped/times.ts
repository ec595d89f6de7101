import type { Mapping } from '../../contract/mapping.ts';

const YEAR_2200 = Date.UTC(2200, 0, 1);
const DAY_MS = 86_400_000;
/** Days from the spreadsheets' 1899-12-30 to the Unix epoch. */
const SHEET_EPOCH_DAYS = 25_569;

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?$/i;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ,]+(.*))?$/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?(?:m\.?)?\s*(?:(Z|UTC|GMT)|(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?)?$/i;
const MONTH = /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;
const ZONE = /(?:\b(?:Z|UTC|GMT|[ECMP][SD]T)|[+-]\d{2}:?\d{2})\)?$/i;

/**
 * A time as other systems write it, ms since the epoch: ISO 8601, year, month and day in the order that was chosen, dates
 * with English months (RFC 5322), seconds or milliseconds since the epoch, a spreadsheet's day number. One without a zone
 * is UTC. Null where it is none of these, or no date that there is.
 */
export function readTime(text: string, dates: Mapping['dates']): number | null {
  const read = /^-?\d+(?:\.\d+)?$/.test(text) ? fromNumber(Number(text)) : fromWords(text, dates);
  return read !== null && read >= 0 && read < YEAR_2200 ? Math.round(read) : null;
}

function fromNumber(n: number): number | null {
  // Up to 1973 in seconds: too small for a time of any network.
  if (n < 100_000_000) return n >= 20_000 && n < 80_000 ? (n - SHEET_EPOCH_DAYS) * DAY_MS : null;
  if (n < 1e11) return n * 1000;
  if (n < 1e14) return n;
  return n < 1e17 ? n / 1000 : n / 1e6;
}

function fromWords(text: string, dates: Mapping['dates']): number | null {
  const [, year, month, day, rest] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return fromParts(Number(year), Number(month), Number(day), rest);
  const [, first, second, last, clock] = YEAR_LAST.exec(text) ?? [];
  if (last !== undefined) {
    const full = Number(last) + (last.length === 2 ? 2000 : 0);
    return dates === 'day-first' ? fromParts(full, Number(second), Number(first), clock) : fromParts(full, Number(first), Number(second), clock);
  }
  if (!MONTH.test(text) || !/\b\d{4}\b/.test(text) || !/\b\d{1,2}\b/.test(text)) return null;
  const parsed = Date.parse(ZONE.test(text) ? text : `${text} UTC`);
  return Number.isNaN(parsed) ? null : parsed;
}

function fromParts(year: number, month: number, day: number, clock = ''): number | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  // 31 February would roll over into March.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (clock.trim() === '') return date.getTime();
  const [whole, hours, minutes, seconds, fraction, half, , sign, zoneHours, zoneMinutes] = CLOCK.exec(clock.trim()) ?? [];
  if (whole === undefined) return null;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hour > 24 || Number(minutes) > 59 || Number(seconds ?? 0) > 60) return null;
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes ?? 0));
  return date.getTime() + (hour * 3600 + (Number(minutes) - offset) * 60 + Number(seconds ?? 0)) * 1000 + Number(`0.${fraction ?? 0}`) * 1000;
}

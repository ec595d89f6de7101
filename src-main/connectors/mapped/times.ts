import type { Mapping } from '../../contract/mapping.ts';

const YEAR_2200 = Date.UTC(2200, 0, 1);
const DAY_MS = 86_400_000;
/** Days from the spreadsheets' 1899-12-30 to the Unix epoch. */
const SHEET_EPOCH_DAYS = 25_569;

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?$/i;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ,]+(.*))?$/i;
/** Without separators (ISO 8601, "basic format"). */
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(.*))?$/i;
/** A zone's name may follow its offset, as in Go's times: `+0000 UTC`. */
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?(?:m\.?)?(?:\s*Uhr)?\s*(?:(Z|UTC|GMT)|(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?(?:\s[A-Z]{2,5})?)?$/i;
const CLOCK_FIRST = /^(\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?),?\s+(\S.*)$/i;
const MONTH = /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;
const MONTH_AND_SHORT_YEAR = /\b\d{1,2}-[a-z]{3}-\d{2}\b/i;
const ZONE = /(?:\b(?:Z|UTC|GMT)|[+-]\d{2}:?\d{2})$/i;
/** Names of zones that mean one offset: RFC 5322, 4.3 "Obsolete Date and Time", and Central Europe's. */
const ZONES: Readonly<Record<string, string>> = {
  EST: '-0500', EDT: '-0400', CST: '-0600', CDT: '-0500', MST: '-0700', MDT: '-0600', PST: '-0800', PDT: '-0700', CET: '+0100', CEST: '+0200',
};

/**
 * A time as other systems write it, ms since the epoch: ISO 8601, year, month and day in the order that was chosen, dates
 * with English months (RFC 5322), seconds or milliseconds since the epoch, a spreadsheet's day number. One without a zone
 * is UTC. Null where it is none of these, or no date that there is.
 */
export function readTime(given: string, dates: Mapping['dates']): number | null {
  const text = plain(given);
  const compact = fromCompact(text);
  const read = compact ?? (/^-?\d+(?:\.\d+)?$/.test(text) ? fromNumber(Number(text)) : fromWords(text, dates));
  return read !== null && read >= 0 && read < YEAR_2200 ? Math.round(read) : null;
}

/** Without what stands around a time and says nothing more of it: a zone's long name, ordinals, weekdays' commas, marks of chat and of JSON. */
function plain(given: string): string {
  const text = (/^(?:\/Date\((\d+)\)\/|<t:(\d+)(?::\w)?>)$/.exec(given)?.slice(1).find((one) => one !== undefined) ?? given)
    .replace(/\s*\[[\w/+-]+\]$/, (whole, at: number, all: string) => (ZONE.test(all.slice(0, at)) ? '' : whole)).replaceAll('\u2212', '-').replace(/\s*\(([^()]*)\)$/, besideZone)
    .replace(/\s*(?:UTC|GMT)([+-])(\d{1,2})(?::?(\d{2}))?$/i, (_, sign: string, hours: string, minutes = '00') => ` ${sign}${hours.padStart(2, '0')}${minutes}`)
    .replace(/^(\d{4})年(\d{1,2})月(\d{1,2})日\s*/, '$1-$2-$3 ').replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/i, '$1').replace(/,? at /i, ' ')
    // The zone before the year: `date`, Java, Twitter.
    .replace(/(:\d{2}) ([+-]\d{4}|[A-Z]{3,4}) (\d{4})$/, '$1 $3 $2').replace(/\b[A-Z]{3,4}$/, (name) => ZONES[name] ?? name).trim();
  const [, clock, day] = CLOCK_FIRST.exec(text) ?? [];
  return clock === undefined || day === undefined ? text : withClock(day, clock);
}

/** What stands in brackets at the end: a zone of its own, or the long name of the one before it. */
function besideZone(whole: string, name: string, at: number, text: string): string {
  if (ZONE.test(text.slice(0, at))) return '';
  return /^(?:UTC|GMT)/i.test(name) || Object.hasOwn(ZONES, name) ? ` ${name}` : whole;
}

/** A day and its zone with the clock between them. */
function withClock(day: string, clock: string): string {
  const zone = /^(.*\d)\s+((?:UTC|GMT|Z)|[+-]\d{2}:?\d{2})$/i.exec(day);
  return zone === null ? `${day} ${clock}` : `${zone[1]} ${clock} ${zone[2]}`;
}

/** Eight or fourteen digits are no seconds, milliseconds or days of any year that is meant. */
function fromCompact(text: string): number | null {
  const [, year, month, day, hours, minutes, seconds = '00', rest = ''] = COMPACT.exec(text) ?? [];
  if (year === undefined || (/^\d+$/.test(text) && text.length !== 8 && text.length !== 14)) return null;
  return fromParts(Number(year), Number(month), Number(day), hours === undefined ? '' : `${hours}:${minutes}:${seconds}${rest}`);
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
  if (!MONTH.test(text) || !/\b\d{1,2}\b/.test(text) || !(/\b\d{4}\b/.test(text) || MONTH_AND_SHORT_YEAR.test(text))) return null;
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

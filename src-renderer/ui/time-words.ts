const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago in one short word: now, 4m, 3h, 2d, 5w; years as a year. */
export function ago(at: number, now: number): string {
  const past = Math.max(0, now - at);
  if (past < MINUTE) return 'now';
  if (past < HOUR) return `${Math.floor(past / MINUTE)}m`;
  if (past < DAY) return `${Math.floor(past / HOUR)}h`;
  if (past < 14 * DAY) return `${Math.floor(past / DAY)}d`;
  if (past < 365 * DAY) return `${Math.floor(past / (7 * DAY))}w`;
  return String(new Date(at).getFullYear());
}

/** A deadline in words: due 26m, due 3h, overdue. */
export function due(at: number, now: number): string {
  const left = at - now;
  if (left <= 0) return 'overdue';
  if (left < HOUR) return `due ${Math.max(1, Math.round(left / MINUTE))}m`;
  if (left < 2 * DAY) return `due ${Math.round(left / HOUR)}h`;
  return `due ${Math.round(left / DAY)}d`;
}

/** A length of time in words: 8 s, 30 min, 6 h, 3 d; null is for good. */
export function duration(ms: number | null): string {
  if (ms === null) return 'for good';
  if (ms < MINUTE) return `${Math.round(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.round(ms / HOUR)} h`;
  return `${Math.round(ms / DAY)} d`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const monthYear = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** Today by the clock (10:19), this year by the day (12 Nov), earlier by the month (Apr 2024). */
export function when(at: number, now: number, seconds = false): string {
  if (sameDay(at, now)) return (seconds ? clockWithSeconds : clock).format(at);
  return now - at < 300 * DAY && at - now < 300 * DAY ? dayMonth.format(at) : monthYear.format(at);
}

/** As {@link when}, with the clock for other days too: 10:19, or 12 Nov, 10:19. */
export function moment(at: number, now: number): string {
  const day = when(at, now);
  return sameDay(at, now) || now - at > 300 * DAY ? day : `${day}, ${clock.format(at)}`;
}

/** The whole date and time. */
export function fullTime(at: number): string {
  return full.format(at);
}

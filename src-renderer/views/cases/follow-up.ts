const DAY = 86_400_000;

export type FollowUpChoice = { readonly id: string; readonly label: string; readonly at: number | null };

/** Nine in the morning, some days from now: a follow-up belongs to the start of a day. */
function morning(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 9).getTime();
}

/** A day typed as 2026-12-01, at nine in the morning; null for anything else. */
function typedDay(text: string): number | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text.trim());
  if (match === null) return null;
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 9);
  return date.getMonth() === Number(match[2]) - 1 ? date.getTime() : null;
}

/** When to look at a case again: common spans, or a day that was typed. */
export function followUpChoices(text: string, now: number, set: boolean): readonly FollowUpChoice[] {
  const typed = typedDay(text);
  if (typed !== null) return [{ id: 'typed', label: `On ${text.trim()}`, at: typed }];
  const all: readonly FollowUpChoice[] = [
    { id: '1', label: 'Tomorrow', at: morning(now, 1) },
    { id: '3', label: 'In 3 days', at: morning(now, 3) },
    { id: '7', label: 'In a week', at: morning(now, 7) },
    { id: '14', label: 'In 2 weeks', at: morning(now, 14) },
    { id: '30', label: 'In 30 days', at: morning(now, 30) },
    { id: '90', label: 'In 90 days', at: morning(now, 90) },
    ...(set ? [{ id: 'none', label: 'No follow-up', at: null }] : []),
  ];
  return all.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
}

/** Whether a follow-up is due today or past. */
export function isDue(followUpAt: number | null, now: number): boolean {
  return followUpAt !== null && followUpAt - now < DAY / 2;
}

const DAY = 86_400_000;

export type ExpiryChoice = 'never' | '30' | '90' | '365' | 'kept';

/** How long a note stays: a few spans, and the date it has already where it has one. */
export function expiryOptions(expiresAt: number | null, words: (at: number) => string): readonly { readonly value: ExpiryChoice; readonly label: string }[] {
  return [
    ...(expiresAt === null ? [] : [{ value: 'kept' as const, label: `until ${words(expiresAt)}` }]),
    { value: 'never', label: 'does not expire' },
    { value: '30', label: 'expires in 30 days' },
    { value: '90', label: 'expires in 90 days' },
    { value: '365', label: 'expires in a year' },
  ];
}

/** The moment a choice stands for; null for a note that stays. */
export function expiryAt(choice: ExpiryChoice, before: number | null, now: number): number | null {
  if (choice === 'kept') return before;
  return choice === 'never' ? null : now + Number(choice) * DAY;
}

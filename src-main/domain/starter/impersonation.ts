import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 6 of the starter set. */
export const impersonation: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000006',
  number: '6',
  title: 'Be who you are',
  categories: ['impersonation', 'ban-evasion'],
  strikeDays: 365,
  ladder: [
    { strikes: 0, verb: 'warn' },
    { strikes: 1, verb: 'suspend', durationMs: null },
  ],
  body: `A made-up name is welcome. Another person's name, or a new account to get round a decision, is not.

**What counts**
- An account that others take for a member, a moderator or an organisation it is not.
- A suspended or muted person who comes back under another name.
- Several accounts that agree with each other.

**What does not**
- Parody that says so where people see it.
- A second account for another subject, as long as it keeps out of the first one's quarrels.

**How we decide**
Two accounts that write alike are a hint, not a proof. Link the members only when you would be ready to explain why, and write the reasons into a note.
`,
};

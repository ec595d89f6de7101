import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 4 of the starter set. */
export const privacy: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000004',
  number: '4',
  title: 'Private information',
  categories: ['privacy'],
  strikeDays: 365,
  ladder: [
    { strikes: 0, verb: 'remove' },
    { strikes: 1, verb: 'mute', durationMs: 7 * DAY_MS },
    { strikes: 2, verb: 'suspend', durationMs: 30 * DAY_MS },
  ],
  body: `What a person has not made public themselves stays private.

**What counts**
- Home and work addresses, phone numbers, legal names, papers, health, family.
- Screenshots of private conversations, unless everyone in them agrees.
- Photographs in which someone asks not to be shown.

**What does not**
- What people in public office do in that office.
- What the person has published about themselves and still leaves up.

**How we decide**
Hide it at once, even while you are still unsure: it can be brought back, a published address cannot be taken back. Tell the person concerned what was seen and for how long. Never copy the details into a reason or a note.
`,
};

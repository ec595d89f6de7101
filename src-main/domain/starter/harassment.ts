import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 2 of the starter set. */
export const harassment: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000002',
  number: '2',
  title: 'No harassment',
  categories: ['harassment'],
  strikeDays: 180,
  ladder: [
    { strikes: 0, verb: 'warn' },
    { strikes: 1, verb: 'mute', durationMs: 3 * DAY_MS },
    { strikes: 2, verb: 'suspend', durationMs: 14 * DAY_MS },
    { strikes: 3, verb: 'suspend', durationMs: null },
  ],
  body: `Don't target a person: no threats, no pile-ons, no following someone from thread to thread, no demeaning them for who they are.

**What counts**
- Insults aimed at a person instead of at what they said.
- Calling on others to reply to, report or visit someone.
- Keeping at it after being asked to stop, on any of our platforms.

**What does not**
- Blunt disagreement, a bad review, a complaint about a decision.
- Two people who are equally rough with each other: that is a case, not a report.

**How we decide**
Read the thread before the post, and the last weeks before the thread. Ask what the person on the receiving end needs. A first time that is not severe is a warning with a few friendly words; a pattern climbs the ladder.
`,
};

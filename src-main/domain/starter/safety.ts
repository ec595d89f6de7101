import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 8 of the starter set. */
export const safety: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000008',
  number: '8',
  title: 'Safety and the law',
  categories: ['violence', 'self-harm', 'illegal'],
  strikeDays: 365,
  ladder: [
    { strikes: 0, verb: 'remove' },
    { strikes: 1, verb: 'suspend', durationMs: 30 * DAY_MS },
    { strikes: 2, verb: 'suspend', durationMs: null },
  ],
  body: `Someone's safety comes before every other rule.

**What counts**
- Threats, and calls to hurt someone or to break something.
- Instructions meant to do harm; trade in what the law forbids.
- Words that push a person who is not well further down.

**What does not**
- A member who says that they are not well themselves. They have broken no rule and get no strike.
- News and history, told without relish.

**How we decide**
A threat with a place or a time in it is escalated before anything else. To someone who may harm themselves, send the message with the help lines of their country and stay reachable; tell a lead that you did.
`,
};

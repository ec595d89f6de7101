import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 7 of the starter set. */
export const minors: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000007',
  number: '7',
  title: 'Sexual content and the young',
  categories: ['sexual', 'minors'],
  strikeDays: 730,
  ladder: [
    { strikes: 0, verb: 'remove' },
    { strikes: 1, verb: 'suspend', durationMs: 30 * DAY_MS },
    { strikes: 2, verb: 'suspend', durationMs: null },
  ],
  body: `This is a place where people of all ages may look over your shoulder.

**What counts**
- Sexual pictures or descriptions outside places marked for adults.
- Sexual remarks to someone who did not invite them.
- Anything that makes a child or a young person an object of it. There is no context that excuses this.

**What does not**
- Health, education and art, marked where the platform has a mark.

**How we decide**
Label or remove what is merely in the wrong place. Where someone under age is concerned: don't open it again, don't save it, don't pass it on. Escalate at once; the leads know whom the law makes us tell.
`,
};

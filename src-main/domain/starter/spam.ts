import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 1 of the starter set. */
export const spam: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000001',
  number: '1',
  title: 'Spam',
  categories: ['spam'],
  strikeDays: 90,
  ladder: [
    { strikes: 0, verb: 'remove' },
    { strikes: 1, verb: 'mute', durationMs: 7 * DAY_MS },
    { strikes: 2, verb: 'suspend', durationMs: null },
  ],
  body: `Don't post to sell, to collect clicks or to push the same thing over and over.

**What counts**
- The same or nearly the same text in several threads, or from several accounts.
- Links that pay the poster, hide where they lead, or have nothing to do with the thread.
- Messages to many members who did not ask for them.

**What does not**
- A member who tells about their own work once, where it fits the thread.
- A link that is merely poor, old or disliked.

**How we decide**
Remove it. An account that has never done anything else can be suspended at once; say so in the reason. Look at the whole wave before deciding on one post: the others are usually a search away.
`,
};

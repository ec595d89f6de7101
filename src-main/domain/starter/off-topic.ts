import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 5 of the starter set. */
export const offTopic: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000005',
  number: '5',
  title: 'Stay on topic',
  categories: ['off-topic', 'misinformation'],
  strikeDays: 30,
  ladder: [
    { strikes: 0, verb: 'message' },
    { strikes: 1, verb: 'warn' },
    { strikes: 3, verb: 'mute', durationMs: DAY_MS },
  ],
  body: `Each place has its subject. Post where your subject is at home, and let a thread be about what it is about.

**What counts**
- Taking over a thread with another quarrel.
- Posting the same question in every channel.
- Claims that were shown to be wrong in this thread, repeated as if nobody had answered.

**What does not**
- A digression that everybody in the thread enjoys.
- An honest mistake.

**How we decide**
Move or lock before you remove. A short message with a pointer to the right place is nearly always enough; a strike is for those who had several.
`,
};

import { DAY_MS } from './starter-guideline.ts';
import type { StarterGuideline } from './starter-guideline.ts';

/** Guideline 3 of the starter set. */
export const hate: StarterGuideline = {
  id: '0d0c0000-0001-4000-8000-000000000003',
  number: '3',
  title: 'No hate',
  categories: ['hate'],
  strikeDays: 365,
  ladder: [
    { strikes: 0, verb: 'remove' },
    { strikes: 1, verb: 'suspend', durationMs: 14 * DAY_MS },
    { strikes: 2, verb: 'suspend', durationMs: null },
  ],
  body: `Nobody is attacked here for their origin, skin colour, religion, disability, sex, gender, orientation, age or for being poor.

**What counts**
- Slurs, and words that deny a group its dignity or its right to be here.
- Symbols and codes that stand for such words, disguised spelling included.
- "Only joking" and "only asking", where the target is always the same group.

**What does not**
- Quoting such words to report, to study or to reject them.
- Words that a group uses for itself.

**How we decide**
Remove first, talk later. If you don't know a word or a symbol, ask someone who does; escalate rather than guess.
`,
};

import { expect, test } from 'vitest';
import type { Category } from '../../../src-main/contract/words.ts';
import { reasonsFor } from '../../../src-main/domain/reasons.ts';

function guideline(id: string, connectionId: string | null, ...categories: Category[]) {
  return { id, connectionId, categories };
}

const ALL = [
  guideline('far 1 spam', 'far', 'spam'),
  guideline('our 1 spam', null, 'spam'),
  guideline('our 2 harassment', null, 'harassment'),
  guideline('near 1 spam', 'near', 'spam'),
  guideline('far 2 harassment', 'far', 'harassment'),
];

test('what fits comes first, ours before the connection’s own, then the rest of its own; another connection’s never', () => {
  const offered = reasonsFor(ALL, { category: 'harassment', connectionId: 'far' });
  expect(offered.map(({ id }) => id)).toEqual(['our 2 harassment', 'far 2 harassment', 'far 1 spam', 'our 1 spam']);
});

test('a connection that publishes nothing is offered ours', () => {
  expect(reasonsFor(ALL, { category: 'spam', connectionId: 'quiet' }).map(({ id }) => id)).toEqual(['our 1 spam', 'our 2 harassment']);
});

test('there are never more than there are number keys', () => {
  expect(reasonsFor(Array.from({ length: 20 }, (_, n) => guideline(`our ${n}`, null)), { category: 'spam', connectionId: 'far' })).toHaveLength(9);
});

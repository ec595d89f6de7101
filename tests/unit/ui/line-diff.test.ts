import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffSize, folded, lineDiff } from '../../../src-renderer/ui/line-diff.ts';

describe('what changed between two versions of a guideline', () => {
  test('a reworded line stands as gone, then as new, between the lines that stayed', () => {
    const lines = lineDiff('Be kind.\nNo threats.\nAsk first.', 'Be kind.\nNo threats or pile-ons.\nAsk first.');
    expect(lines).toEqual([
      { kind: 'same', text: 'Be kind.' },
      { kind: 'gone', text: 'No threats.' },
      { kind: 'new', text: 'No threats or pile-ons.' },
      { kind: 'same', text: 'Ask first.' },
    ]);
    expect(diffSize(lines)).toBe('+1 −1');
  });

  test('the first version is all new', () => {
    expect(lineDiff('', 'One\nTwo')).toEqual([{ kind: 'new', text: 'One' }, { kind: 'new', text: 'Two' }]);
  });

  test('the lines kept and gone are the older text, those kept and new the newer', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(fc.property(text, text, (older, newer) => {
      const lines = lineDiff(older, newer);
      const without = (kind: string) => lines.filter((line) => line.kind !== kind).map((line) => line.text).join('\n');
      expect({ older: without('new'), newer: without('gone') }).toEqual({ older, newer });
    }));
  });

  test('long runs that stayed are folded away; two lines around a change stay in sight', () => {
    const older = Array.from({ length: 12 }, (_, n) => `line ${n}`);
    const shown = folded(lineDiff(older.join('\n'), older.with(6, 'changed').join('\n')));
    expect(shown.map((line) => (line.kind === 'fold' ? line.count : line.text))).toEqual([4, 'line 4', 'line 5', 'line 6', 'changed', 'line 7', 'line 8', 3]);
  });

  test('a run too short to be worth a fold is shown', () => {
    expect(folded(lineDiff('a\nb\nc\nd', 'a\nb\nc\ne')).map(({ kind }) => kind)).toEqual(['same', 'same', 'same', 'gone', 'new']);
  });

  test('two texts too long to compare are shown one after the other', () => {
    const long = Array.from({ length: 2100 }, (_, n) => `line ${n}`).join('\n');
    const lines = lineDiff(long, `${long}\nend`);
    expect([lines.length, lines[0]?.kind, lines.at(-1)?.kind]).toEqual([4201, 'gone', 'new']);
  });
});

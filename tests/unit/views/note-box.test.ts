import { describe, expect, test } from 'vitest';
import type { NoteView } from '../../../src-main/contract/work.ts';
import { openBox, stepNote, unsaved } from '../../../src-renderer/views/notes/note-box.ts';
import type { NoteBox, NoteStep } from '../../../src-renderer/views/notes/note-box.ts';

const id = '019a0000-0000-7000-8000-000000000001';

function note(text: string, revision: number): NoteView {
  return { id, about: { kind: 'case', id }, text, audience: 'team', author: 'Ines', writtenAt: 1, revisedAt: null, revision, expiresAt: null };
}

function after(box: NoteBox, ...steps: readonly NoteStep[]): NoteBox {
  return steps.reduce(stepNote, box);
}

describe('a note under the pen', () => {
  test('an untouched note has nothing to save, and a new one is saved only once it says something', () => {
    expect([unsaved(openBox(id, note('Kept', 1), null)), unsaved(openBox(id, null, null)), unsaved(after(openBox(id, null, null), { do: 'type', text: 'Spoke with Rosa' }))])
      .toEqual([false, false, true]);
  });

  test('a draft that a crash kept from being saved comes back as typed text', () => {
    expect(openBox(id, note('Kept', 1), 'Kept and more')).toMatchObject({ text: 'Kept and more', phase: 'typing' });
  });

  test('what is typed while a save is under way is not lost when the save comes back', () => {
    const box = after(openBox(id, null, null), { do: 'type', text: 'One' }, { do: 'saving' }, { do: 'type', text: 'One two' }, { do: 'saved', note: note('One', 1) });
    expect(box).toMatchObject({ text: 'One two', phase: 'typing', saved: { revision: 1 } });
  });

  test('a save over someone else\'s revision is refused, and both texts are there to choose from', () => {
    const box = after(openBox(id, note('Kept', 1), null), { do: 'type', text: 'Mine' }, { do: 'saving' }, { do: 'stale', theirs: note('Theirs', 2) });
    expect(box).toMatchObject({ text: 'Mine', phase: 'stale', theirs: { text: 'Theirs' } });
    expect(after(box, { do: 'keep-mine' })).toMatchObject({ text: 'Mine', phase: 'typing', saved: { revision: 2 } });
    expect(after(box, { do: 'take-theirs' })).toMatchObject({ text: 'Theirs', phase: 'idle', saved: { revision: 2 } });
  });

  test('a failed save keeps the text and says why; typing on tries again', () => {
    const box = after(openBox(id, null, null), { do: 'type', text: 'One' }, { do: 'saving' }, { do: 'failed', problem: 'The disk is full.' });
    expect(box).toMatchObject({ text: 'One', phase: 'failed', problem: 'The disk is full.' });
    expect(after(box, { do: 'type', text: 'One two' })).toMatchObject({ phase: 'typing', problem: null });
  });

  test('another audience is a change of its own', () => {
    expect(after(openBox(id, note('Kept', 1), null), { do: 'audience', audience: 'leads' })).toMatchObject({ phase: 'typing' });
  });
});

import { describe, expect, test } from 'vitest';
import { chordParts, normaliseChord, strokeChords } from '../../../src-renderer/commands/chord.ts';
import type { KeyStroke } from '../../../src-renderer/commands/chord.ts';

function stroke(key: string, more: Partial<KeyStroke> = {}): KeyStroke {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

describe('a key press as chords', () => {
  test('letters ignore their case, and Shift is spelt out', () => {
    expect([strokeChords(stroke('j'), false), strokeChords(stroke('J', { shiftKey: true }), false)]).toEqual([['J'], ['Shift+J']]);
  });

  test('a symbol matches with and without Shift, because layouts differ', () => {
    expect(strokeChords(stroke('?', { shiftKey: true }), false)).toEqual(['Shift+?', '?']);
  });

  test('Mod is Ctrl, and Command on a Mac; the other one makes no chord of ours', () => {
    expect([
      strokeChords(stroke('z', { ctrlKey: true }), false), strokeChords(stroke('z', { metaKey: true }), true),
      strokeChords(stroke('z', { metaKey: true }), false), strokeChords(stroke('z', { ctrlKey: true }), true),
    ]).toEqual([['Mod+Z'], ['Mod+Z'], [], []]);
  });

  test('AltGraph writes characters: German [ is AltGr+8 and still means [', () => {
    const press = stroke('[', { ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph' });
    expect(strokeChords(press, false)).toEqual(['[']);
  });

  test('on Cyrillic and other layouts the place of the key decides', () => {
    expect([strokeChords(stroke('о', { code: 'KeyJ' }), false), strokeChords(stroke('Л', { code: 'KeyK', shiftKey: true }), false)]).toEqual([['J'], ['Shift+K']]);
  });

  test('Space has a name', () => {
    expect(strokeChords(stroke(' '), false)).toEqual(['Space']);
  });
});

test('one spelling for a sequence: modifiers in order, letters upper case', () => {
  expect([normaliseChord('Shift+x'), normaliseChord('Shift+Mod+z'), normaliseChord('g  q'), normaliseChord('+')]).toEqual(['Shift+X', 'Mod+Shift+Z', 'G Q', '+']);
});

test('key caps in the words of the platform', () => {
  expect([chordParts('Mod+Shift+Z', false), chordParts('Mod+K', true), chordParts('G Q', false), chordParts('Enter', false)])
    .toEqual([['Ctrl', '⇧', 'Z'], ['⌘', 'K'], ['G', 'Q'], ['↵']]);
});

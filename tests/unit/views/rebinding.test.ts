import { describe, expect, test } from 'vitest';
import { commandTable } from '../../../src-renderer/commands/keymap.ts';
import { clashesWith, rebound, resetKeys, shadowsOf, writtenChord } from '../../../src-renderer/views/settings/rebinding.ts';

const plain = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

function command(id: string) {
  const found = commandTable.find((known) => known.id === id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
}

describe('giving a command another key', () => {
  test('a pressed key is written as the table writes it: letters spell Shift out, symbols do not', () => {
    expect([
      writtenChord({ ...plain, key: 'y' }, false),
      writtenChord({ ...plain, key: 'Y', shiftKey: true }, false),
      writtenChord({ ...plain, key: '?', shiftKey: true }, false),
      writtenChord({ ...plain, key: 'k', ctrlKey: true }, false),
    ]).toEqual(['Y', 'Shift+Y', '?', 'Mod+K']);
  });

  test('a command with the same key in the same place is named, and loses it when the key is taken', () => {
    const [other, ...more] = clashesWith('history.item', 'Shift+V', 'docket', {});
    expect([other?.id, more]).toEqual(['history.verify', []]);
    expect(rebound('history.item', 'Shift+V', 'docket', {}, [command('history.verify')])).toEqual({ 'history.item': ['Shift+V'], 'history.verify': [] });
  });

  test('a key that begins a row of keys is named with every row that it would cut off', () => {
    expect(clashesWith('find.help', 'G', 'docket', {}).map(({ id }) => id)).toContain('go.queue');
  });

  test('the same key elsewhere is no conflict, but it is said which of the two wins there', () => {
    expect(clashesWith('look.outbox', 'X', 'docket', {})).toEqual([]);
    expect(shadowsOf(command('look.outbox'), 'X', 'docket', {}).wins.map(({ id }) => id)).toEqual(['move.select']);
    expect(shadowsOf(command('history.verify'), 'J', 'docket', {}).hides.map(({ id }) => id)).toEqual(['move.next']);
  });

  test('the usual key comes back by forgetting one\'s own', () => {
    expect(resetKeys('find.help', { 'find.help': ['X'], 'go.back': ['Y'] })).toEqual({ 'go.back': ['Y'] });
  });
});

import { describe, expect, test } from 'vitest';
import { buildKeymap, commandTable, firstKey, keyClashes } from '../../../src-renderer/commands/keymap.ts';
import { PRESET_TITLES } from '../../../src-renderer/commands/presets.ts';
import type { PresetName } from '../../../src-renderer/commands/presets.ts';

const presets = Object.keys(PRESET_TITLES).filter((name): name is PresetName => name in PRESET_TITLES);

describe('the command table', () => {
  test.each(presets)('has no two commands on one key in one context: %s', (preset) => {
    expect(keyClashes(preset)).toEqual([]);
  });

  test('has every id once', () => {
    expect(new Set(commandTable.map(({ id }) => id)).size).toBe(commandTable.length);
  });

  test('has a handler name for each number of a saved view, in order', () => {
    const views = commandTable.filter(({ id }) => id.startsWith('view.'));
    expect(views.map(({ keys }) => keys[0])).toEqual(views.map((_, index) => String(index + 1)));
  });
});

describe('rebinding', () => {
  test('a person\'s own keys go over the preset\'s, and the preset\'s over the table\'s', () => {
    const keymap = buildKeymap('coral', { 'decide.warn': ['Q'] });
    expect([firstKey(keymap, 'decide.dismiss'), firstKey(keymap, 'decide.warn'), firstKey(keymap, 'decide.suspend')]).toEqual(['F', 'Q', 'B']);
  });

  test('a key taken twice is told as a clash, with both commands', () => {
    expect(keyClashes('docket', { 'decide.warn': ['R'] })).toEqual([{ context: 'queue', chord: 'R', ids: ['decide.remove', 'decide.warn'] }]);
  });

  test('a single key that cuts off a sequence is a clash too', () => {
    expect(keyClashes('docket', { 'decide.warn': ['G'] })[0]).toMatchObject({ context: 'queue', chord: 'G' });
  });

  test('no keys at all is allowed: the palette still runs it', () => {
    expect(firstKey(buildKeymap('docket', { 'decide.warn': [] }), 'decide.warn')).toBeUndefined();
  });
});

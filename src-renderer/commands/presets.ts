import type { CommandId } from '../../src-main/contract/commands.ts';
import type { Settings } from '../../src-main/contract/setup.ts';

export type KeyOverrides = { readonly [id in CommandId]?: readonly string[] };
export type PresetName = Settings['keyPreset'];

/** The name of each preset for people. */
export const PRESET_TITLES: Readonly<Record<PresetName, string>> = {
  docket: 'Docket', coral: 'Coral', ozone: 'Ozone', osmod: 'OSMod', left: 'One-handed, left', vim: 'Vim-like',
};

/** What each preset changes of the command table's keys. */
export const PRESETS: Readonly<Record<PresetName, KeyOverrides>> = {
  docket: {},
  coral: {
    'decide.dismiss': ['F'], 'decide.remove': ['D'], 'look.focus': ['Shift+F'],
  },
  ozone: {
    'move.next': ['ArrowDown', 'J'], 'move.previous': ['ArrowUp', 'K'], 'decide.dismiss': ['A'], 'decide.remove': ['T'], 'decide.message': ['P'],
  },
  osmod: {
    'decide.dismiss': ['Alt+A'], 'decide.remove': ['Alt+R'], 'decide.snooze': ['Alt+D'], 'decide.escalate': ['Alt+E'],
  },
  left: {
    'move.next': ['S', 'ArrowDown'], 'move.previous': ['W', 'ArrowUp'], 'move.extend-next': ['Shift+S', 'Shift+ArrowDown'],
    'move.extend-previous': ['Shift+W', 'Shift+ArrowUp'], 'decide.warn': ['Q'], 'decide.mute': ['D'], 'decide.label': ['Shift+A'],
    'decide.lock': ['Shift+D'], 'decide.message': ['T'], 'decide.commit': ['Enter', 'F'], 'decide.commit-stay': ['Shift+Enter', 'Shift+F'],
    'look.reports': ['V'], 'look.why': ['Shift+E'], 'look.member': ['Shift+V'], 'write.note': ['Shift+C'], 'write.case': ['Shift+Q'], 'move.incoming': ['Shift+X'],
  },
  vim: {
    'move.first': ['G G', 'Home'], 'move.last': ['Shift+G', 'End'], 'back.undo': ['U', 'Mod+Z'], 'back.redo': ['Mod+R', 'Mod+Shift+Z'],
    'decide.mute': ['Shift+U'], 'decide.remove': ['D D', 'R'], 'find.palette': [':', 'Mod+K'], 'go.back': ['[', 'Mod+O'],
    'case.follow-up': ['Shift+U'], 'connection.pause': ['Shift+U'],
  },
};

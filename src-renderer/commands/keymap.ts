import { COMMANDS } from '../../src-main/contract/commands.ts';
import type { Command, CommandContext, CommandId } from '../../src-main/contract/commands.ts';
import { normaliseChord } from './chord.ts';
import { PRESETS } from './presets.ts';
import type { KeyOverrides, PresetName } from './presets.ts';

export type KnownCommand = Command & { readonly id: CommandId };
/** The table with its ids kept as their closed union. */
export const commandTable: readonly KnownCommand[] = COMMANDS;

export type Keymap = {
  /** Chord sequence to command, by context. */
  readonly byContext: { readonly [context in CommandContext]?: ReadonlyMap<string, KnownCommand> };
  /** The keys of each command as they are now. */
  readonly keysOf: ReadonlyMap<CommandId, readonly string[]>;
};

/** Two commands on one key in one context, or a key that another sequence begins with. */
export type Clash = { readonly context: CommandContext; readonly chord: string; readonly ids: readonly CommandId[] };

/** The keys of every command under a preset and a person's own changes. */
function keysUnder(preset: PresetName, overrides: Readonly<Record<string, readonly string[]>>): ReadonlyMap<CommandId, readonly string[]> {
  const ofPreset: KeyOverrides = PRESETS[preset];
  return new Map(commandTable.map((command) => [
    command.id, (overrides[command.id] ?? ofPreset[command.id] ?? command.keys).map(normaliseChord),
  ]));
}

/** The keymap for a preset and the changes over it. Of two commands on one key the earlier in the table keeps it. */
export function buildKeymap(preset: PresetName, overrides: Readonly<Record<string, readonly string[]>> = {}): Keymap {
  const keysOf = keysUnder(preset, overrides);
  const byContext: { [context in CommandContext]?: Map<string, KnownCommand> } = {};
  for (const command of commandTable) {
    const map = byContext[command.when] ??= new Map();
    for (const key of keysOf.get(command.id) ?? []) if (!map.has(key)) map.set(key, command);
  }
  return { byContext, keysOf };
}

/** Every clash within one context, and with what is global below it where a sequence is cut off by a single key. */
export function keyClashes(preset: PresetName, overrides: Readonly<Record<string, readonly string[]>> = {}): readonly Clash[] {
  const keysOf = keysUnder(preset, overrides);
  const clashes: Clash[] = [];
  const contexts = new Set(commandTable.map((command) => command.when));
  for (const context of contexts) {
    const here = commandTable.filter((command) => command.when === context);
    const reachable = commandTable.filter((command) => command.when === context || command.when === 'global');
    for (const command of here) {
      for (const key of keysOf.get(command.id) ?? []) {
        const same = here.filter((other) => (keysOf.get(other.id) ?? []).includes(key));
        if (same.length > 1 && same[0] === command) clashes.push({ context, chord: key, ids: same.map(({ id }) => id) });
        const longer = reachable.filter((other) => (keysOf.get(other.id) ?? []).some((chord) => chord.startsWith(`${key} `)));
        if (longer.length > 0) clashes.push({ context, chord: key, ids: [command.id, ...longer.map(({ id }) => id)] });
      }
    }
  }
  return clashes;
}

/** The first key of a command, for labels; undefined where it has none. */
export function firstKey(keymap: Keymap, id: CommandId): string | undefined {
  return keymap.keysOf.get(id)?.[0];
}

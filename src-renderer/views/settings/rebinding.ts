import type { CommandId } from '../../../src-main/contract/commands.ts';
import { strokeChords } from '../../commands/chord.ts';
import type { KeyStroke } from '../../commands/chord.ts';
import { buildKeymap, commandTable, keyClashes } from '../../commands/keymap.ts';
import type { KnownCommand } from '../../commands/keymap.ts';
import type { PresetName } from '../../commands/presets.ts';

/** A person's own keys over a preset, as the settings keep them. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** The chord a stroke is written as: with Shift for letters and named keys, without it for symbols, which need it on some layouts only. */
export function writtenChord(stroke: KeyStroke, mac: boolean): string | null {
  return strokeChords(stroke, mac).at(-1) ?? null;
}

/** The commands that would answer to the same key in the same place, or whose longer key could no longer be reached. */
export function clashesWith(id: CommandId, chord: string, preset: PresetName, own: OwnKeys): readonly KnownCommand[] {
  const ids = new Set(keyClashes(preset, { ...own, [id]: [chord] })
    .filter((clash) => clash.ids.includes(id))
    .flatMap((clash) => clash.ids));
  return commandTable.filter((command) => command.id !== id && ids.has(command.id));
}

/**
 * Commands elsewhere with the same key: in a place a place's own command wins over what works everywhere.
 * `wins`: they would have the key in their place. `hides`: it would be taken from them in this command's place.
 */
export function shadowsOf(command: KnownCommand, chord: string, preset: PresetName, own: OwnKeys): { readonly wins: readonly KnownCommand[]; readonly hides: readonly KnownCommand[] } {
  const { keysOf } = buildKeymap(preset, own);
  const same = commandTable.filter((other) => other.id !== command.id && (keysOf.get(other.id) ?? []).includes(chord));
  return command.when === 'global'
    ? { wins: same.filter((other) => other.when !== 'global'), hides: [] }
    : { wins: [], hides: same.filter((other) => other.when === 'global') };
}

/** The keys after a rebinding; commands that had the key lose it where `take` says so. */
export function rebound(id: CommandId, chord: string, preset: PresetName, own: OwnKeys, take: readonly KnownCommand[]): Record<string, string[]> {
  const { keysOf } = buildKeymap(preset, own);
  const lost = Object.fromEntries(take.map((command) => [
    command.id, (keysOf.get(command.id) ?? []).filter((key) => key !== chord && !key.startsWith(`${chord} `) && !chord.startsWith(`${key} `)),
  ]));
  return withKeys({ ...own, ...lost, [id]: [chord] });
}

/** The keys without one command's own. */
export function resetKeys(id: CommandId, own: OwnKeys): Record<string, string[]> {
  return withKeys(Object.fromEntries(Object.entries(own).filter(([name]) => name !== id)));
}

function withKeys(own: OwnKeys): Record<string, string[]> {
  return Object.fromEntries(Object.entries(own).map(([name, keys]) => [name, [...keys]]));
}

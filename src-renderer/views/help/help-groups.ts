import type { CommandGroup } from '../../../src-main/contract/commands.ts';
import { commandTable } from '../../commands/keymap.ts';
import type { Keymap, KnownCommand } from '../../commands/keymap.ts';

const GROUP_TITLES: Readonly<Record<CommandGroup, string>> = {
  move: 'Move', decide: 'Decide', back: 'Back', look: 'Look', write: 'Write', find: 'Find', case: 'In cases', guideline: 'In guidelines', connection: 'In connections', app: 'Docket',
};

export type HelpGroup = {
  readonly title: string;
  readonly lines: readonly { readonly command: KnownCommand; readonly keys: readonly string[] }[];
};

/** The whole table by group with the keys as they are bound now, narrowed to what was typed. */
export function helpGroups(keymap: Keymap, typed: string): readonly HelpGroup[] {
  const low = typed.trim().toLocaleLowerCase();
  const groups = Object.entries(GROUP_TITLES).map(([group, title]) => ({
    title,
    lines: commandTable
      .filter((command) => command.group === group)
      .map((command) => ({ command, keys: keymap.keysOf.get(command.id) ?? [] }))
      .filter(({ command, keys }) => keys.length > 0 && (low === '' || command.title.toLocaleLowerCase().includes(low) || keys.some((key) => key.toLocaleLowerCase() === low))),
  }));
  return groups.filter(({ lines }) => lines.length > 0);
}

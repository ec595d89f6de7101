import { COMMANDS, GROUPS } from '../../src-main/contract/commands.ts';
import type { Command } from '../../src-main/contract/commands.ts';

const SHOWN: Readonly<Record<string, string>> = {
  Mod: 'Ctrl', ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', Enter: '↵',
};

/** `Mod+Shift+Z` as a person reads it. */
function chord(keys: string): string {
  return keys.split(' ').map((step) => step.split('+').map((key) => `<kbd>${SHOWN[key] ?? key}</kbd>`).join(' ')).join(' then ');
}

/** The README's key map, drawn from the command table. */
export function keyMapMarkdown(): string {
  const commands: readonly Command[] = COMMANDS;
  return GROUPS.map((group) => {
    const rows = commands.filter((command) => command.group === group && command.keys.length > 0)
      .map((command) => `| ${command.keys.map(chord).join(' or ')} | ${command.title} | ${command.when === 'global' ? 'everywhere' : command.when} |`);
    return rows.length === 0 ? '' : `**${group}**\n\n| keys | does | where |\n|---|---|---|\n${rows.join('\n')}\n`;
  }).filter((part) => part !== '').join('\n');
}

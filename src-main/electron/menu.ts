import { app, Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import { COMMANDS } from '../contract/commands.ts';
import type { Command } from '../contract/commands.ts';

/** The system's own entries, which work where the page's keys do not reach. */
const ROLES: Readonly<Record<string, readonly MenuItemConstructorOptions[]>> = {
  file: [{ role: 'close' }, { role: 'quit' }],
  edit: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  view: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
};

/** The menus in the usual order: the system's, those of the command table, help last. */
function menuNames(commands: readonly Command[]): readonly string[] {
  const named = commands.flatMap(({ menu }) => (menu === undefined || menu === 'help' ? [] : [menu]));
  return [...new Set([...Object.keys(ROLES), ...named, 'help'])];
}

/** The first key that is one chord, as Electron writes it; null for sequences and for menus that cannot only show it. */
function shownKey({ keys }: Command): string | null {
  const key = keys.find((chord) => !chord.includes(' '));
  if (key === undefined || process.platform === 'darwin') return null;
  return key.replace('Mod', 'CommandOrControl').replace('Arrow', '');
}

function entry(command: Command, run: (id: string) => void): MenuItemConstructorOptions {
  const key = shownKey(command);
  // Shown, not registered: the page's one gate decides about keys.
  return { label: command.title, click: () => run(command.id), ...(key === null ? {} : { accelerator: key, registerAccelerator: false }) };
}

/** Sets the native menu, computed from the command table. `defaultKeys`: false where the person rebound keys. */
export function setMenu(run: (id: string) => void, defaultKeys: boolean): void {
  const commands: readonly Command[] = COMMANDS;
  const menus = menuNames(commands).map((menu): MenuItemConstructorOptions => {
    const own = commands.filter((command) => command.menu === menu).map((command) => entry(defaultKeys ? command : { ...command, keys: [] }, run));
    const tools: MenuItemConstructorOptions[] = menu === 'view' && !app.isPackaged ? [{ role: 'toggleDevTools' }] : [];
    const roles = ROLES[menu] ?? [];
    const between: MenuItemConstructorOptions[] = own.length > 0 && roles.length > 0 ? [{ type: 'separator' }] : [];
    return { label: menu.charAt(0).toUpperCase() + menu.slice(1), submenu: [...own, ...between, ...roles, ...tools] };
  });
  const first: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...first, ...menus]));
}

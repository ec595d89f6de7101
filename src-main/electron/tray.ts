import { Menu, Tray } from 'electron';

let tray: Tray | null = null;

/** A place in the system's tray, where the desktop has one; nothing depends on it. */
export function openTray(icon: string, show: () => void, quit: () => void): void {
  try {
    tray = new Tray(icon);
  } catch {
    return;
  }
  tray.setToolTip('Docket');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Show Docket', click: show }, { type: 'separator' }, { label: 'Quit', click: quit }]));
  tray.on('click', show);
}

/** Takes it away before the app ends; some desktops would keep a ghost of it. */
export function closeTray(): void {
  tray?.destroy();
  tray = null;
}

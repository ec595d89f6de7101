import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { Log } from '../services/context.ts';

const FIRST_MS = 60_000;
const EVERY_MS = 6 * 3_600_000;

/**
 * Looks for updates where the package was made with a place to look (electron-builder writes `app-update.yml`), and
 * only then loads the updater. A found one is verified by its signature or sum and installed when the app quits.
 */
export async function startUpdates(log: Log, tell: (title: string, body: string) => void): Promise<void> {
  if (!app.isPackaged || !existsSync(path.join(process.resourcesPath, 'app-update.yml'))) return;
  const { default: updater } = await import('electron-updater');
  const { autoUpdater } = updater;
  autoUpdater.logger = null;
  autoUpdater.autoDownload = true;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.on('error', (error) => log.error('update-failed', error));
  autoUpdater.on('update-downloaded', ({ version }) => {
    log.info('update-ready', { version });
    tell('Docket has an update', `Version ${version} is installed when you quit.`);
  });
  const look = (): void => {
    autoUpdater.checkForUpdates().catch((error: unknown) => log.error('update-failed', error));
  };
  setTimeout(look, FIRST_MS).unref();
  setInterval(look, EVERY_MS).unref();
}

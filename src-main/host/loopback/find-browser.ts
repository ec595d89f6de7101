import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'msedge', 'brave-browser'];

/** Where the browsers' installers put them on systems whose programs are not on the PATH. */
function usualPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform !== 'win32') return [];
  const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((root) => root !== undefined);
  const programs = [String.raw`Google\Chrome\Application\chrome.exe`, String.raw`Chromium\Application\chrome.exe`, String.raw`Microsoft\Edge\Application\msedge.exe`];
  return roots.flatMap((root) => programs.map((program) => path.win32.join(root, program)));
}

/** The path of an installed browser of Chromium's family, or null. `DOCKET_BROWSER` names another. */
export function findBrowser(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env['DOCKET_BROWSER'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  const onPath = platform === 'win32' ? [] : (env['PATH'] ?? '').split(':').flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...usualPlaces(platform, env)].find((file) => existsSync(file)) ?? null;
}

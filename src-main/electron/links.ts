import { dialog, shell } from 'electron';
import type { Log } from '../services/context.ts';

/** Only these leave the app; `file:`, `javascript:`, custom schemes and plain http do not. */
function outside(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : null;
}

/** Shows where a link really leads and opens it in the system's browser if the person agrees. */
export async function askThenOpen(text: string, log: Log): Promise<void> {
  const url = outside(text);
  if (url === null) {
    log.warn('link-refused');
    return;
  }
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Open ${url.host} in your browser?`,
    // Punycode and percent signs as the browser will see them, so that no look-alike hides.
    detail: url.href,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
    normalizeAccessKeys: true,
  });
  if (response === 0) await shell.openExternal(url.href);
}

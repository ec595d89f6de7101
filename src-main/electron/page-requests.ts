import type { BrowserWindow } from 'electron';
import { APP_PAGE } from './scheme.ts';

/** What the shell may ask of the page: run a command of the table, or open a place that a link names. */
export type PageRequest = { readonly kind: 'run' | 'open'; readonly what: string };

let count = 0;

/**
 * Asks the page through the fragment of its address, which changes without a load and leaves the preload script with
 * its one port. The number tells two equal requests apart.
 */
export function askPage(window: BrowserWindow, { kind, what }: PageRequest): void {
  count += 1;
  // A page that is gone by now has nothing to answer.
  window.loadURL(`${APP_PAGE}#${kind}=${encodeURIComponent(what)}&n=${count}`).catch(() => undefined);
}

import { PLACES, navigate } from '../state/route.ts';
import { run } from './dispatch.ts';
import { commandTable } from './keymap.ts';

/** What the shell may ask: run a command of its menu, or open a place and what is in it, as a link names it. */
export type ShellRequest =
  | { readonly kind: 'run'; readonly command: (typeof commandTable)[number] }
  | { readonly kind: 'open'; readonly place: (typeof PLACES)[number]; readonly id: string | null };

/** Reads `#run=<command id>` and `#open=<place>/<id>`; null for anything else. */
export function shellRequest(fragment: string): ShellRequest | null {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  const command = commandTable.find(({ id }) => id === asked.get('run'));
  if (command !== undefined) return { kind: 'run', command };
  const [name, id] = (asked.get('open') ?? '').split('/', 2);
  const place = PLACES.find((known) => known === name);
  return place === undefined ? null : { kind: 'open', place, id: id === undefined || id === '' ? null : id };
}

function take(): void {
  const request = shellRequest(location.hash);
  if (request === null) return;
  history.replaceState(null, '', location.pathname);
  if (request.kind === 'run') run(request.command, 'menu');
  else navigate(request.place, request.id);
}

/**
 * Listens to the shell, which speaks through the fragment of the page's address. Only where no other page could:
 * over http anyone may write an address.
 */
export function startShellRequests(): void {
  if (location.protocol !== 'docket:') return;
  window.addEventListener('hashchange', take);
  take();
}

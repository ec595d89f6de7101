import { create } from 'zustand';
import { useSettings } from './settings.ts';

/** The link a person asked to open and has not confirmed yet. */
export const useAskedLink = create<{ readonly href: string | null }>(() => ({ href: null }));

type SeenLink = {
  /** The address as it really is, as the browser would resolve it. */
  readonly address: string;
  /** Only https opens at all, and only outside, and only on confirmation. */
  readonly opens: boolean;
};

const seen = new Map<string, SeenLink>();
const MOST_SEEN = 2000;

function look(href: string): SeenLink {
  if (!URL.canParse(href)) return { address: href, opens: false };
  const url = new URL(href);
  return { address: url.href, opens: url.protocol === 'https:' };
}

/** Where a link really leads, and whether it may be opened. */
export function seeLink(href: string): SeenLink {
  const found = seen.get(href) ?? look(href);
  if (seen.size < MOST_SEEN) seen.set(href, found);
  return found;
}

/** Opens a link that came from outside after asking; where the host asks by itself, once is enough. */
export function askLink(href: string): void {
  if (seeLink(href).opens && useSettings.getState().capabilities?.confirmsLinks === true) window.open(href, '_blank', 'noopener,noreferrer');
  else useAskedLink.setState({ href });
}

import { create } from 'zustand';
import { useSettings } from './settings.ts';

/** The link a person asked to open and has not confirmed yet. */
export const useAskedLink = create<{ readonly href: string | null }>(() => ({ href: null }));

/** Only these open at all, and only outside, and only on confirmation. */
export function opensOutside(href: string): boolean {
  return URL.canParse(href) && new URL(href).protocol === 'https:';
}

/** Opens a link that came from outside after asking; where the host asks by itself, once is enough. */
export function askLink(href: string): void {
  if (opensOutside(href) && useSettings.getState().capabilities?.confirmsLinks === true) window.open(href, '_blank', 'noopener,noreferrer');
  else useAskedLink.setState({ href });
}

import { create } from 'zustand';

/** The link a person asked to open and has not confirmed yet. */
export const useAskedLink = create<{ readonly href: string | null }>(() => ({ href: null }));

/** Only these open at all, and only outside, and only on confirmation. */
export function opensOutside(href: string): boolean {
  return URL.canParse(href) && new URL(href).protocol === 'https:';
}

/** Asks before opening a link that came from outside. */
export function askLink(href: string): void {
  useAskedLink.setState({ href });
}

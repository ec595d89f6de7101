import type { PlatformInfo } from '../../../src-main/contract/setup.ts';

/** The platforms that answer what was typed, by title first, then by summary; else those that take in anything. */
export function platformsFor(platforms: readonly PlatformInfo[], typed: string): { readonly platforms: readonly PlatformInfo[]; readonly instead: boolean } {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== '');
  const has = (text: string): boolean => words.every((word) => text.toLocaleLowerCase().includes(word));
  const byTitle = platforms.filter(({ title }) => has(title));
  const found = [...byTitle, ...platforms.filter((platform) => !byTitle.includes(platform) && has(`${platform.title} ${platform.summary}`))];
  if (found.length > 0 || platforms.length === 0) return { platforms: found, instead: false };
  return { platforms: platforms.filter(({ intake }) => intake !== null), instead: true };
}

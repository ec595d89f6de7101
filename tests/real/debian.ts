import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs packages of Debian where that is allowed. Throws with what to do where it is not. */
export function debianInstall(what: string, packages: readonly string[], say: (text: string) => void): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`The test against a real ${what} needs ${packages.join(' and ')}. Install with: sudo apt-get install ${packages.join(' ')}`);
  }
  say(`Installing Debian's ${packages.join(' and ')}, once…`);
  const how = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update', '-q'], how);
  execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], how);
}

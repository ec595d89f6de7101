import { existsSync } from 'node:fs';
import { debianInstall } from '../debian.ts';

/** Debian's package puts the programs here, beside a service that is not needed. */
const MASTER = '/usr/lib/mailman3/bin/master';

/** Has Mailman's core; answers the program that runs it. Throws with what to do. */
export function installMailman(say: (text: string) => void): string {
  if (!existsSync(MASTER)) debianInstall('Mailman', ['mailman3'], say);
  if (!existsSync(MASTER)) throw new Error('Debian\'s package mailman3 is needed. Install it, then run this again.');
  return MASTER;
}

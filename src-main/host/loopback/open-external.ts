import { spawn } from 'node:child_process';
import { Failure } from '../../domain/failure.ts';

/** The program that opens an address the way the person set it, per system. */
function opener(platform: NodeJS.Platform, url: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** A server on this machine, as one that is tried out, may sign in over plain http; nothing leaves the machine. */
function isHere({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}

/** Opens a page of a sign-in in the system's browser. No shell sees the address. Throws NOT_POSSIBLE. */
export async function openExternal(text: string): Promise<void> {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !isHere(url)) throw new Failure('NOT_POSSIBLE', 'Only https addresses are opened outside Docket.');
  const [program, ...args] = opener(process.platform, url.href);
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(new Failure('NOT_POSSIBLE', `No browser could be opened. Open ${url.href} yourself.`, { cause: error }));
    });
  });
  child.unref();
}

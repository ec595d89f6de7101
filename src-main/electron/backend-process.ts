import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { HostPort } from '../host/router.ts';

export type BackendProcess = {
  /** Gives the backend one end of a channel; the page has the other. */
  readonly connect: (port: MessagePortMain) => void;
  /** Closes the database and ends the process. */
  readonly stop: () => Promise<void>;
};

export type BackendInput = {
  /** The built backend. */
  readonly entry: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly serveHost: (port: HostPort) => void;
  /** The process ended without being asked. */
  readonly onCrash: (code: number) => void;
};

/** A process that takes longer to close its database is ended; SQLite recovers from that as from a power cut. */
const STOP_MS = 10_000;

function saidOf(message: unknown): { readonly type: string; readonly text: string } {
  if (typeof message !== 'object' || message === null || !('type' in message)) return { type: '', text: '' };
  return { type: String(message.type), text: 'message' in message ? String(message.message) : '' };
}

/** A backend that could not start, with the sentence for the person. */
export class BackendRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackendRefused';
  }
}

async function stopProcess(child: UtilityProcess, ended: Promise<void>): Promise<void> {
  child.postMessage({ type: 'stop' });
  const timer = setTimeout(() => child.kill(), STOP_MS);
  await ended;
  clearTimeout(timer);
}

/** Starts the backend in a process of its own and waits until it can be used. Throws BackendRefused. */
export async function startBackendProcess({ entry, data, serveHost, onCrash }: BackendInput): Promise<BackendProcess> {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Docket backend', stdio: 'inherit' });
  const ended = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  let phase: 'starting' | 'up' | 'stopping' = 'starting';

  child.on('message', (message: unknown) => {
    const { type, text } = saidOf(message);
    if (type === 'ready') started.resolve();
    if (type === 'failed') started.reject(new BackendRefused(text));
    if (type === 'stopped') child.kill();
  });
  child.on('exit', (code) => {
    ended.resolve();
    if (phase === 'starting') started.reject(new Error(`the backend's process ended with code ${code}`));
    if (phase === 'up') onCrash(code);
  });

  const host = new MessageChannelMain();
  serveHost(host.port1);
  host.port1.start();
  child.postMessage({ type: 'host', data }, [host.port2]);

  try {
    await started.promise;
  } catch (error) {
    phase = 'stopping';
    await stopProcess(child, ended.promise);
    throw error;
  }
  phase = 'up';
  return {
    connect: (port) => child.postMessage({ type: 'desk' }, [port]),
    async stop() {
      phase = 'stopping';
      await stopProcess(child, ended.promise);
      host.port1.close();
    },
  };
}

import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { HostPort } from '../router.ts';

export type BackendThread = {
  /** A port to the contract, for one desk. */
  readonly connect: () => MessagePort;
  /** Closes the database and ends the thread. */
  readonly stop: () => Promise<void>;
};

export type BackendInput = {
  /** The built backend, or its source. */
  readonly entry: URL;
  /** What start-backend takes that can be cloned: dataDir, sample, provisioned connections. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Keeps what the thread logs from this process's stderr; its file has it all the same. */
  readonly quiet: boolean;
  /** Serves the host's contract to the thread. */
  readonly serveHost: (port: HostPort) => void;
  /** The thread ended without being asked; the error is for the log. */
  readonly onCrash: (error: unknown) => void;
};

/** A thread that takes longer to close its database is ended; SQLite recovers from that as from a power cut. */
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

/** Starts the backend in a thread of its own and waits until it can be used. Throws BackendRefused. */
export async function startBackendThread({ entry, data, quiet, serveHost, onCrash }: BackendInput): Promise<BackendThread> {
  const worker = new Worker(entry, { workerData: data, name: 'backend', stderr: quiet });
  if (quiet) worker.stderr.resume();
  const ended = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  let crash: unknown = null;
  let phase: 'starting' | 'up' | 'stopping' = 'starting';

  worker.on('error', (error) => {
    crash = error;
  });
  worker.on('message', (message: unknown) => {
    const { type, text } = saidOf(message);
    if (type === 'ready') started.resolve();
    if (type === 'failed') started.reject(new BackendRefused(text));
    if (type === 'stopped') void worker.terminate();
  });
  worker.on('exit', (code) => {
    ended.resolve();
    const error = crash ?? new Error(`the backend's thread ended with code ${code}`);
    if (phase === 'starting') started.reject(error);
    if (phase === 'up') onCrash(error);
  });

  const host = new MessageChannel();
  serveHost(host.port1);
  host.port1.start();
  worker.postMessage({ type: 'host', port: host.port2 }, [host.port2]);

  async function stop(): Promise<void> {
    phase = 'stopping';
    worker.postMessage({ type: 'stop' });
    const timer = setTimeout(() => void worker.terminate(), STOP_MS);
    await ended.promise;
    clearTimeout(timer);
    host.port1.close();
  }

  try {
    await started.promise;
  } catch (error) {
    await stop();
    throw error;
  }
  phase = 'up';

  return {
    connect() {
      const desk = new MessageChannel();
      worker.postMessage({ type: 'desk', port: desk.port2 }, [desk.port2]);
      return desk.port1;
    },
    stop,
  };
}

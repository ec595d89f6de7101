import { parentPort as threadParent, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { connectHost } from './host/client.ts';
import { makeLog } from './host/log.ts';
import { sentenceOf } from './host/sentence.ts';
import { formValues } from './contract/setup.ts';
import type { Log } from './services/context.ts';
import { startBackend } from './services/start-backend.ts';
import type { Backend, DeskPort } from './services/start-backend.ts';

/**
 * The backend's entry: a worker thread of the loopback host or a utilityProcess of Electron. It hears `host` once, with
 * the port of the host's contract, then `desk` with a port for each desk, and `stop`; it answers `ready` or `failed`,
 * and `stopped`.
 */
const backendData = z.object({
  dataDir: z.string(),
  sample: z.number().int().nullable(),
  provisioned: z.array(z.object({
    at: z.string(), id: z.string(), platform: z.string(), title: z.string(), settings: formValues, secrets: z.record(z.string(), z.string()),
  })),
});

type Message = { readonly type: string; readonly data: unknown; readonly port: DeskPort | undefined };
type Parent = { readonly listen: (hear: (message: Message) => void) => void; readonly say: (message: { readonly type: string; readonly message?: string }) => void };

/** What Electron gives a utilityProcess in place of a worker's parent port. */
type ProcessParent = {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly (DeskPort & { start(): void })[] }) => void): void;
  postMessage(message: unknown): void;
};

let backend: Promise<Backend | null> | null = null;

function typeOf(message: unknown): string {
  return typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : '';
}

function fieldOf(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

function threadPort(): Parent | null {
  const parent = threadParent;
  if (parent === null) return null;
  return {
    // The parent is our own host; what it sends is as backend-thread.ts writes it.
    listen: (hear) => parent.on('message', (message: unknown) => hear({ type: typeOf(message), data: workerData, port: fieldOf(message, 'port') as DeskPort | undefined })),
    say: (message) => parent.postMessage(message),
  };
}

function processPort(): Parent | null {
  const parent = fieldOf(process, 'parentPort') as ProcessParent | undefined;
  if (parent === undefined) return null;
  return {
    listen: (hear) => parent.on('message', ({ data, ports }) => {
      const [port] = ports;
      hear({ type: typeOf(data), data: fieldOf(data, 'data'), port });
      port?.start();
    }),
    say: (message) => parent.postMessage(message),
  };
}

async function start(message: Message, log: (dataDir: string) => Log): Promise<Backend> {
  if (message.port === undefined) throw new Error('the host sent no port');
  const data = backendData.parse(message.data);
  return await startBackend({ ...data, host: connectHost(message.port), fetch, now: Date.now, random: Math.random, log: log(data.dataDir) });
}

function listen({ listen: hearAll, say }: Parent): void {
  let log: Log | null = null;
  function logOf(dataDir: string): Log {
    log = makeLog({ dataDir, name: 'backend', now: Date.now, random: Math.random, echo: (line) => process.stderr.write(line) });
    return log;
  }

  async function begin(message: Message): Promise<Backend | null> {
    try {
      const started = await start(message, logOf);
      say({ type: 'ready' });
      return started;
    } catch (error) {
      const traceId = log?.error('start-failed', error);
      say({ type: 'failed', message: sentenceOf(error) ?? `Docket could not open its data. The log has the reason${traceId === undefined ? '' : ` under ${traceId}`}.` });
      return null;
    }
  }

  hearAll((message) => {
    if (message.type === 'host') backend = begin(message);
    if (message.type === 'desk' && message.port !== undefined) {
      const { port } = message;
      void backend?.then((started) => started?.connect(port));
    }
    if (message.type === 'stop') {
      void (backend ?? Promise.resolve(null))
        .then((started) => started?.stop())
        .catch((error: unknown) => log?.error('stop-failed', error))
        .finally(() => say({ type: 'stopped' }));
    }
  });
}

const parent = processPort() ?? threadPort();
if (parent === null) throw new Error('backend.ts is started by a host');
listen(parent);

import { EventEmitter } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { record } from './record.ts';

/** A MessagePortMain: events carry `{ data, ports }`, and nothing arrives before `start`. */
export class MessagePortMain extends EventEmitter {
  readonly raw: MessagePort;
  constructor(raw: MessagePort) {
    super();
    this.raw = raw;
  }
  start(): void {
    this.raw.on('message', (data) => this.emit('message', { data, ports: [] }));
    this.raw.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown): void {
    this.raw.postMessage(message);
  }
  close(): void {
    this.raw.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** A utility process that is a worker thread: the built backend itself, with its real database. */
export class UtilityProcess extends EventEmitter {
  #worker: Worker | null = null;
  readonly #entry: string;
  constructor(entry: string) {
    super();
    this.#entry = entry;
  }
  postMessage(message: { readonly type: string; readonly data?: unknown }, transfer: readonly MessagePortMain[] = []): void {
    record('UtilityProcess.postMessage', message.type);
    if (this.#worker === null) {
      this.#worker = new Worker(this.#entry, { workerData: message.data });
      this.#worker.on('message', (said) => this.emit('message', said));
      this.#worker.on('error', () => undefined);
      this.#worker.on('exit', (code) => this.emit('exit', code));
    }
    const [port] = transfer;
    if (port === undefined) this.#worker.postMessage({ type: message.type });
    else this.#worker.postMessage({ type: message.type, port: port.raw }, [port.raw]);
  }
  kill(): boolean {
    void this.#worker?.terminate();
    return true;
  }
}

export const processes: UtilityProcess[] = [];

export const utilityProcess = {
  fork(entry: string, args: readonly string[], options: unknown): UtilityProcess {
    record('utilityProcess.fork', entry, args, options);
    const child = new UtilityProcess(entry);
    processes.push(child);
    return child;
  },
};

/** Plays the page: asks for its port, calls the backend through it, and sees the backend crash and come back. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Client } from '../../../src-main/contract/contract.ts';
import { finish, startShell, until, window } from '../drive.ts';
import { ipcMain } from '../stand-in/electron.ts';
import { MessagePortMain, processes } from '../stand-in/ports.ts';
import { lastArgs, timesCalled } from '../stand-in/record.ts';

const dataDir = process.argv[2] ?? '';
await startShell(dataDir);
const { webContents } = window();

function handed(): number {
  return timesCalled('webContents.postMessage');
}

function request(facts: object): number {
  const before = handed();
  ipcMain.emit('docket-port', { sender: webContents, senderFrame: webContents.mainFrame, ...facts });
  return handed() - before;
}

function portNow(): MessagePortMain {
  const [, , transfer] = lastArgs('webContents.postMessage');
  const [port] = Array.isArray(transfer) ? transfer : [];
  if (!(port instanceof MessagePortMain)) throw new Error('no port was handed over');
  return port;
}

function clientNow(): Client {
  const { raw } = portNow();
  raw.start();
  return createORPCClient(new RPCLink({ port: raw }));
}

/** The built preload script, in a page of its own. */
function runPreload(): unknown {
  const sent: string[] = [];
  const posted: unknown[] = [];
  const listeners = new Map<string, (event: unknown) => void>();
  const loaded: (() => void)[] = [];
  const exposed: string[] = [];
  const electron = {
    ipcRenderer: { on: (channel: string, listener: (event: unknown) => void) => listeners.set(channel, listener), send: (channel: string) => sent.push(channel) },
    contextBridge: { exposeInMainWorld: (name: string) => exposed.push(name) },
  };
  const context = {
    require: (name: string) => (name === 'electron' ? electron : undefined),
    window: { postMessage: (...args: readonly unknown[]) => posted.push(args), addEventListener: (_type: string, listener: () => void) => loaded.push(listener) },
    exports: {}, module: { exports: {} },
  };
  vm.runInNewContext(readFileSync(path.resolve(import.meta.dirname, '../../../out/preload/preload.cjs'), 'utf8'), context);
  for (const listener of loaded) listener();
  for (const listener of listeners.values()) listener({ ports: ['the port'], sender: 'not this' });
  return { channels: [...listeners.keys()], sent, posted, exposed };
}

const page = { url: webContents.mainFrame.url };
const refused = {
  otherContents: request({ sender: {} }),
  subframe: request({ senderFrame: { url: page.url } }),
  goneFrame: request({ senderFrame: null }),
};
webContents.mainFrame.url = 'https://example.org/';
const navigatedAway = request({});
webContents.mainFrame.url = `${page.url}#open=x`;
const granted = request({});
const capabilities = await clientNow().host.capabilities();
const secrets = await clientNow().host.secrets().catch(() => null);

const before = handed();
processes.at(-1)?.kill();
await until(() => handed() > before);
const again = await clientNow().queue.counts();

await finish({ refused: { ...refused, navigatedAway }, granted, capabilities, secrets, processes: processes.length, again: typeof again, preload: runPreload(), loaded: page.url });

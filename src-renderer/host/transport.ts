import type { ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';

/** One way to the backend, until it closes. */
export type Transport = {
  readonly link: ClientLink<Record<never, never>>;
  readonly closed: Promise<void>;
};

/** Where the loopback host's page keeps this window's key. */
const KEY_NAME = 'docket-key';

/** A page served over http talks over a socket beside it; any other page is handed a port by its host. */
export function openTransport(): Promise<Transport> {
  return location.protocol.startsWith('http') ? openSocket() : openPort();
}

function openSocket(): Promise<Transport> {
  const key = sessionStorage.getItem(KEY_NAME);
  // A tab without a key, such as a copy of the address, will never get in; the host's page at / says what to do.
  if (key === null) location.replace('/');
  return new Promise((resolve, reject) => {
    const address = new URL('/socket', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address, ['docket', key ?? 'none']);
    socket.binaryType = 'arraybuffer';
    const closed = new Promise<void>((close) => {
      socket.addEventListener('close', () => {
        close();
        reject(new Error('the socket closed'));
      });
    });
    socket.addEventListener('open', () => resolve({ link: new SocketLink({ websocket: socket }), closed }));
  });
}

/** The preload script forwards the port in a message of this window to itself. */
let waitingPort: MessagePort | null = null;
let takePort: ((port: MessagePort) => void) | null = null;

if (typeof window !== 'undefined' && !location.protocol.startsWith('http')) {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== 'docket-port' || port === undefined) return;
    if (takePort === null) waitingPort = port;
    else takePort(port);
  });
}

function openPort(): Promise<Transport> {
  return new Promise((resolve) => {
    function take(port: MessagePort): void {
      takePort = null;
      waitingPort = null;
      const closed = new Promise<void>((close) => {
        port.addEventListener('close', () => close());
      });
      const link = new PortLink({ port });
      port.start();
      resolve({ link, closed });
    }
    if (waitingPort === null) takePort = take;
    else take(waitingPort);
  });
}

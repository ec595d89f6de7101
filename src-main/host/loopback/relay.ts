import type { MessagePort } from 'node:worker_threads';
import type { WebSocket } from 'ws';

/** Frames a slow window may have waiting before it is let go: a page that stopped reading must not fill the memory. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

/** Hands frames between a desk's socket and the backend's port, untouched. Either end closing closes the other. */
export function relay(socket: WebSocket, port: MessagePort): void {
  socket.on('message', (data, isBinary) => {
    if (!isBinary) port.postMessage(data.toString());
    else if (data instanceof Buffer) port.postMessage(Uint8Array.from(data));
  });
  port.on('message', (frame: unknown) => {
    if (socket.readyState !== socket.OPEN) return;
    if (typeof frame === 'string') socket.send(frame);
    else if (frame instanceof ArrayBuffer || frame instanceof Uint8Array) socket.send(frame);
    if (socket.bufferedAmount > MOST_WAITING_BYTES) socket.close(1013, 'the window does not read');
  });
  socket.on('close', () => port.close());
  socket.on('error', () => socket.terminate());
  port.on('close', () => socket.close(1012, 'the backend stopped'));
}

// Stands for a backend with a bug: repeats what it hears, and throws on the word `crash`.
import { parentPort, workerData } from 'node:worker_threads';

parentPort.on('message', ({ type, port }) => {
  if (type === 'host') parentPort.postMessage(workerData.refuses ? { type: 'failed', message: workerData.refuses } : { type: 'ready' });
  if (type === 'stop') parentPort.postMessage({ type: 'stopped' });
  if (type === 'desk') {
    port.on('message', (frame) => {
      if (frame === 'crash') throw new Error('a bug');
      port.postMessage(frame);
    });
  }
});

import { randomUUID } from 'node:crypto';
import { file } from '../../src-main/connectors/file/file.ts';
import { startTestBackend } from './backend.ts';

/**
 * Imports a CSV of that many rows with about 150 letters each, in a process whose heap
 * has no room for them (see imports-large.test.ts), and prints what came of it.
 */
const rows = Number(process.argv[2]);
const CHUNK = 1024 * 1024;
const filler = 'word '.repeat(8);

/** The file as it is sent, a chunk at a time, so that this side holds no more of it than a browser would. */
function* chunks(): Generator<Buffer> {
  let text = 'post_id,content,author_id,author,reported_by,reason,reported_at\n';
  for (let n = 0; n < rows; n += 1) {
    text += `p${n},"${n} ${filler}, and so on",a${n % 500},Author ${n % 500},Reporter ${n % 90},spam,2026-11-03T09:00:00Z\n`;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text.slice(0, CHUNK));
    text = text.slice(CHUNK);
  }
  yield Buffer.from(text);
}

let bytes = 0;
for (const chunk of chunks()) bytes += chunk.length;
const backend = await startTestBackend({ connectors: [file] });
const { client } = backend;
const { id: connectionId } = await client.connections.add({ id: randomUUID(), platform: 'file', title: '', values: { name: 'large' }, source: 'pointer' });
let view = await client.imports.begin({ id: randomUUID(), name: 'large.csv', bytes });
for (const chunk of chunks()) view = await client.imports.append({ id: view.id, offset: view.received, chunk: chunk.toString('base64') });
const preview = await client.imports.preview({ id: view.id, mapping: null });
await client.imports.commit({ id: view.id, connectionId, source: 'pointer' });
const started = performance.now();
while (view.state !== 'done') {
  await new Promise((resolve) => {
    setTimeout(resolve, 500);
  });
  view = (await client.imports.list({ connectionId }))[0] ?? view;
  if (view.state === 'failed') throw new Error(view.said ?? '');
}
const [connection] = await client.connections.list();
process.stdout.write(JSON.stringify({
  bytes, checked: preview.checked, whole: preview.whole, rows: view.rows, problems: view.problems, pulled: connection?.health.pulled, total: connection?.health.total,
  heapMb: Math.round(process.memoryUsage().heapUsed / 1e6), seconds: Math.round((performance.now() - started) / 100) / 10,
}));
await backend[Symbol.asyncDispose]();

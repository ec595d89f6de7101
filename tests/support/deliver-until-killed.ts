/**
 * A backend of its own process for tests that kill it: connects to a homeserver, decides to redact what was reported
 * first where it is asked to (`decide`), and says every state of its deliveries in a line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { synapse } from '../../src-main/connectors/synapse/synapse.ts';
import { startTestBackend } from './backend.ts';

const [dataDir = '', origin = '', token = '', what = ''] = process.argv.slice(2);
const { client } = await startTestBackend({
  dataDir, connectors: [synapse], settings: { undoSeconds: 0 },
  provisioned: [{ at: 'connections[0]', id: 'tide', platform: 'synapse', title: 'Tide', settings: { url: origin, deletes: true }, secrets: { token } }],
});
let decided = what !== 'decide';
let said = '';
for (;;) {
  const [item] = (await client.queue.page({ filter: {} })).rows;
  if (!decided && item !== undefined) {
    decided = true;
    await client.decide.record({ id: randomUUID(), items: [{ id: item.id, basis: item.version }], actions: [{ verb: 'remove' }], guidelineId: null, source: 'key' });
  }
  const states = (await client.decide.recent({})).flatMap(({ deliveries }) => deliveries.map(({ state }) => state));
  if (JSON.stringify(states) !== said) {
    said = JSON.stringify(states);
    process.stdout.write(`${said}\n`);
  }
  await sleep(25);
}

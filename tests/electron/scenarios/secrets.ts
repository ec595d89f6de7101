/** The shell's secrets, with and without a keyring behind them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shellStore } from '../../../src-main/electron/secrets.ts';
import { scene } from '../stand-in/app.ts';

const dataDir = process.argv[2] ?? '';
const file = path.join(dataDir, 'secrets.enc');
const now = (): number => Date.parse('2026-03-01T10:15:00Z');
const open = (): ReturnType<typeof shellStore> => shellStore(dataDir, now, []);

await (await open()).set('connection/1/token', 'hunter2');
const text = readFileSync(file, 'utf8');
const found = { plain: text.includes('hunter2'), lock: JSON.parse(text).lock, again: await (await open()).get('connection/1/token'), status: (await open()).status() };
scene.storageBackend = 'basic_text';
const weak = (await open()).status();
writeFileSync(file, JSON.stringify({ ...JSON.parse(text), sealed: 'AAAA' }));
const damaged = await open();
process.stdout.write(JSON.stringify({ ...found, weak, damaged: { value: await damaged.get('connection/1/token'), notices: damaged.notices } }));

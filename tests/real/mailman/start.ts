/** A real Mailman to try by hand: starts one, says how to connect Docket to it, and ends with Ctrl+C. */
import { installMailman } from './install.ts';
import { peopleOf } from './people.ts';
import { startMailman } from './server.ts';

const server = await startMailman(installMailman((text) => { process.stderr.write(`${text}\n`); }));
const people = peopleOf(server);
const list = await people.list('garden', { info: 'Be kind.' });
await people.writeMany(list, 'piet@example.org', 12);
await people.ask(list, 'anne@example.org', 'Anne Person');
process.stdout.write(`${JSON.stringify({ url: server.url, user: server.user, password: server.password }, null, 2)}\n`);
process.once('SIGINT', () => { void server.stop().then(() => process.exit(0)); });

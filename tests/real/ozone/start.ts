/** A real Ozone to try by hand: starts one, says how to connect Docket to it, and ends with Ctrl+C. */
import { installOzone } from './install.ts';
import { peopleOf } from './people.ts';
import { startOzone } from './servers.ts';

const say = (text: string): void => { process.stderr.write(`${text}\n`); };
const servers = await startOzone(installOzone(say));
const people = peopleOf(servers);
for (let n = 1; n <= 12; n += 1) {
  const post = await people.post('piet', `Garden gnomes, lot ${n}: the cheapest on this side of the river`);
  await people.reportPost(n % 2 === 0 ? 'mara' : 'juno', post, 'com.atproto.moderation.defs#reasonSpam', 'The same advert again');
}
process.stdout.write(`${JSON.stringify({ service: servers.pds, handle: 'rosa.test', password: servers.password, labeler: servers.labeler }, null, 2)}\n`);
process.once('SIGINT', () => { void servers.stop().then(() => process.exit(0)); });

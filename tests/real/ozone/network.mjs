// Runs inside the folder that holds @atproto/dev-env (install.ts copies it there): PLC, PDS, AppView and Ozone
// in one process on loopback. Says where they are in one JSON line, then routes report rows each second, which
// the daemon would do once a minute. Ends on SIGTERM.
import { TestNetwork } from '@atproto/dev-env';

const PASSWORD = 'mild-test-password';
const TEAM = { rosa: 'addModeratorDid', tomas: 'addModeratorDid', ines: 'addTriageDid', ada: 'addAdminDid' };
const MEMBERS = ['piet', 'mara', 'juno', 'olle'];

const network = await TestNetwork.create();
const accounts = {};
for (const name of [...Object.keys(TEAM), ...MEMBERS]) {
  const response = await fetch(`${network.pds.url}/xrpc/com.atproto.server.createAccount`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@docket.test`, handle: `${name}.test`, password: PASSWORD }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
  accounts[name] = { did: body.did, handle: body.handle, jwt: body.accessJwt };
}
for (const [name, add] of Object.entries(TEAM)) await network.ozone[add](accounts[name].did);
await network.processAll();

const router = setInterval(() => {
  network.ozone.daemon.ctx.queueRouter.routeReports().catch(() => undefined);
}, 1000);

process.stdout.write(`${JSON.stringify({
  ready: true,
  pds: network.pds.url,
  appview: network.bsky.url,
  ozone: network.ozone.url,
  labeler: network.ozone.ctx.cfg.service.did,
  password: PASSWORD,
  accounts,
})}\n`);

process.once('SIGTERM', () => {
  clearInterval(router);
  network.close().finally(() => process.exit(0));
});

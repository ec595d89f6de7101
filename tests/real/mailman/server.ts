import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ended, freePort, isOpen } from '../processes.ts';

/** A running core: its REST API and its LMTP port, both on 127.0.0.1. */
export type MailmanServer = {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly lmtpPort: number;
  readonly stop: () => Promise<void>;
};

const USER = 'restadmin';
const START_MS = 60_000;
/** Nothing is delivered from here: what is accepted stays in the queue "pipeline", what is written to people in "virgin". */
const IDLE = ['archive', 'bounces', 'command', 'digest', 'nntp', 'out', 'pipeline', 'retry', 'shunt', 'task', 'virgin'];

/** Starts an empty core in a folder of its own, in the foreground, on SQLite. */
export async function startMailman(master: string): Promise<MailmanServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'docket-mailman-'));
  const [port, lmtpPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
  const password = `secret-${port}`;
  const config = path.join(folder, 'mailman.cfg');
  writeFileSync(config, `[mailman]
site_owner: owner@lists.example
layout: docket
[paths.docket]
var_dir: ${folder}/var
bin_dir: ${path.dirname(master)}
[database]
class: mailman.database.sqlite.SQLiteDatabase
url: sqlite:///${folder}/var/data/mailman.db
[webservice]
hostname: 127.0.0.1
port: ${port}
admin_user: ${USER}
admin_pass: ${password}
[mta]
incoming: mailman.mta.null.NullMTA
lmtp_host: 127.0.0.1
lmtp_port: ${lmtpPort}
smtp_host: 127.0.0.1
smtp_port: ${smtpPort}
[runner.in]
sleep_time: 0.1s
${IDLE.map((name) => `[runner.${name}]\nstart: no`).join('\n')}
`);
  // Mailman refuses to run as root: then it runs as Debian's own user for it.
  const as = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (as.uid !== undefined && as.gid !== undefined) for (const one of [folder, config]) chownSync(one, as.uid, as.gid);
  const child = spawn(master, ['-C', config], { cwd: folder, env: { ...process.env, HOME: folder }, stdio: ['ignore', 'ignore', 'pipe'], ...as });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => { complaint = (complaint + bytes.toString()).slice(-4000); });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const server = { url: `http://127.0.0.1:${port}`, user: USER, password, lmtpPort, stop };
  for (const since = Date.now(); Date.now() - since < START_MS && child.exitCode === null;) {
    // Each is a process of its own, and starts when it does.
    if (await answers(server) && await isOpen(lmtpPort)) return server;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  await stop();
  throw new Error(`Mailman did not start in ${START_MS / 1000} s.\n${complaint}`);
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'list'], { encoding: 'utf8' }));
}

async function answers({ url }: { readonly url: string }): Promise<boolean> {
  return fetch(`${url}/3.1/system/versions`).then(({ status }) => status === 401, () => false);
}

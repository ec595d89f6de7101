import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { checkHmac, checkStandard } from '../../../src-main/connectors/mapped/sign.ts';
import { exampleCommand } from '../../../src-main/connectors/webhook/example.ts';
import type { Scheme } from '../../../src-main/connectors/webhook/receive-message.ts';

const PHRASE = 'four calm harbour seals';
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const hasTools = ['sh', 'curl', 'openssl', 'base64', 'od'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

/** What a server gets when the command is run with a secret. */
async function sent(scheme: Scheme, secret: string): Promise<{ readonly headers: Headers; readonly body: Buffer; readonly said: string }> {
  const got = Promise.withResolvers<{ headers: Headers; body: Buffer }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
      got.resolve({ headers, body: Buffer.concat(chunks) });
      response.end('{"received":1}');
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A listening TCP server's address is one.
  const { port } = server.address() as AddressInfo;
  try {
    const shell = spawn('sh', ['-c', exampleCommand(`http://127.0.0.1:${port}/`, scheme)], { stdio: ['pipe', 'pipe', 'ignore'] });
    let said = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => { said += text; });
    shell.stdin.end(`${secret}\n`);
    await new Promise((resolve) => { shell.once('close', resolve); });
    return { ...await got.promise, said };
  } finally {
    server.close();
  }
}

describe.skipIf(!hasTools)('the command that a person copies', () => {
  test.each([['a key', KEY], ['a phrase', PHRASE]])('signs as Standard Webhooks says, with %s', async (_, secret) => {
    const { headers, body, said } = await sent({ kind: 'standard' }, secret);
    expect(checkStandard(secret, headers, body, Date.now())).toEqual({ id: expect.stringMatching(/^msg_/u) });
    expect([JSON.parse(body.toString()), headers.get('content-type'), said.includes(secret)]).toEqual([expect.objectContaining({ subject: expect.anything() }), 'application/json', false]);
  });

  test('signs the body alone where a header is named', async () => {
    const { headers, body } = await sent({ kind: 'hmac', header: 'X-Hub-Signature' }, PHRASE);
    expect(checkHmac(PHRASE, headers.get('x-hub-signature'), body)).toBe('right');
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { discourse } from '../../src-main/connectors/discourse/discourse.ts';
import { lemmy } from '../../src-main/connectors/lemmy/lemmy.ts';
import { nodebb } from '../../src-main/connectors/nodebb/nodebb.ts';
import type { Connector } from '../../src-main/connectors/connector.ts';
import { makeConnectorIo } from '../support/connector-io.ts';
import { startWireServer } from '../support/wire-server.ts';
import type { WireServer } from '../support/wire-server.ts';

const signal = new AbortController().signal;
let server: WireServer;
beforeEach(async () => {
  server = await startWireServer({
    'GET /forum/uploads/a.png': () => ({ text: 'a picture', headers: { 'content-type': 'image/png' } }), 'GET /forum/assets/uploads/a.png': () => ({ text: 'a picture', headers: { 'content-type': 'image/png' } }),
    'GET /pictrs/image/a.png': () => ({ text: 'a picture', headers: { 'content-type': 'image/png' } }),
    'GET /forum/secure-uploads/b.png': () => ({ status: 302, headers: { location: 'https://store.example/b.png' }, text: '' }),
  });
});
afterEach(() => server.close());

test.each<[Connector, string, string, Readonly<Record<string, string>>, readonly [string, string]]>([
  [discourse, '/forum', '/uploads/a.png', { key: 'k' }, ['api-key', 'k']], [nodebb, '/forum', '/assets/uploads/a.png', { token: 't' }, ['authorization', 'Bearer t']], [lemmy, '', '/pictrs/image/a.png', { jwt: 'j' }, ['authorization', 'Bearer j']],
])('$title: an upload is fetched as the account, anything else is left to the media cache', async (connector, folder, upload, secrets, [header, value]) => {
  const io = makeConnectorIo(connector.fields);
  const values = { url: `${server.origin}${folder}`, server: server.origin, username: 'ines' };
  io.use(values, secrets);
  const session = connector.open(io, values);
  const got = await session.media?.(`${server.origin}${folder}${upload}`, signal);
  expect([got?.mime, Buffer.from(got?.bytes ?? []).toString()]).toEqual(['image/png', 'a picture']);
  expect(server.requests.map(({ path, headers }) => [path, headers[header]])).toEqual([[`${folder}${upload}`, value]]);
  for (const address of [`${server.origin}${folder}/logout`, `${server.origin}${folder}${upload.replace('a.png', '../../logout')}`, 'https://elsewhere.example/uploads/a.png', 'no address']) {
    expect(await session.media?.(address, signal)).toBeNull();
  }
  expect(server.requests).toHaveLength(1);
  await expect(session.media?.(`${server.origin}${folder}${upload.replace('a.png', 'gone.png')}`, signal)).rejects.toMatchObject({ kind: 'refused' });
  if (connector === discourse) expect(await session.media?.(`${server.origin}/forum/secure-uploads/b.png`, signal)).toBeNull();
});

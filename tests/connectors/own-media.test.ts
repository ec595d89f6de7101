import { afterEach, beforeEach, expect, test } from 'vitest';
import { discourse } from '../../src-main/connectors/discourse/discourse.ts';
import { makeGate } from '../../src-main/connectors/http/gate.ts';
import { makeGuardedFetch } from '../../src-main/connectors/http/guarded-fetch.ts';
import { limitedFetch } from '../../src-main/connectors/http/limited-fetch.ts';
import { fetchOwn } from '../../src-main/connectors/http/own-media.ts';
import { lemmy } from '../../src-main/connectors/lemmy/lemmy.ts';
import { mastodon } from '../../src-main/connectors/mastodon/mastodon.ts';
import { misskey } from '../../src-main/connectors/misskey/misskey.ts';
import { nodebb } from '../../src-main/connectors/nodebb/nodebb.ts';
import { peertube } from '../../src-main/connectors/peertube/peertube.ts';
import { synapse } from '../../src-main/connectors/synapse/synapse.ts';
import type { Connector } from '../../src-main/connectors/connector.ts';
import { makeConnectorIo } from '../support/connector-io.ts';
import { startWireServer } from '../support/wire-server.ts';
import type { WireServer } from '../support/wire-server.ts';

const signal = new AbortController().signal;
const sendsOn = async (): Promise<Response> => new Response(null, { status: 302, headers: { location: 'https://192.168.1.1/router.png' } });
let server: WireServer;
/** Where an instance keeps its files, such as a bucket. */
let store: WireServer;
beforeEach(async () => {
  store = await startWireServer({ 'GET /b.png': ({ query }) => (query.get('signature') === 's' ? { text: 'a kept picture', headers: { 'content-type': 'image/png' } } : { status: 403, text: '' }) });
  server = await startWireServer({
    'GET /forum/uploads/a.png': () => ({ text: 'a picture', headers: { 'content-type': 'image/png' } }), 'GET /forum/assets/uploads/a.png': () => ({ text: 'a picture', headers: { 'content-type': 'image/png' } }),
    'GET /pictrs/image/a.png': () => ({ text: 'a picture', headers: { 'content-type': 'image/png' } }),
    'GET /forum/secure-uploads/b.png': () => ({ status: 302, headers: { location: `${store.origin}/b.png?signature=s` }, text: '' }),
    'GET /_matrix/client/v1/media/download/:server/:id': () => ({ status: 307, headers: { location: `${store.origin}/b.png?signature=s` }, text: '' }),
    'GET /files/a.webp': () => ({ text: 'a picture', headers: { 'content-type': 'image/webp' } }),
  });
});
afterEach(() => Promise.all([server.close(), store.close()]));

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
});

test.each<[Connector, string, string, Readonly<Record<string, string>>, string]>([
  [discourse, '/forum', 'key', { 'api-key': 'k' }, '/forum/secure-uploads/b.png'], [synapse, '', 'token', { authorization: 'Bearer k' }, 'mxc://harbour.example/b'],
])('$0.title: where the instance sends on to its store of files, the sign-in stays behind', async (connector, folder, secret, header, address) => {
  const io = makeConnectorIo(connector.fields);
  const values = { url: `${server.origin}${folder}`, username: 'ines' };
  io.use(values, { [secret]: 'k' });
  const session = connector.open(io, values);
  const got = await session.media?.(address.startsWith('/') ? `${server.origin}${address}` : address, signal);
  expect([got?.mime, Buffer.from(got?.bytes ?? []).toString()]).toEqual(['image/png', 'a kept picture']);
  expect(server.requests.map(({ headers }) => headers)).toMatchObject([header]);
  expect(store.requests.map(({ headers }) => Object.keys(header).some((name) => name in headers))).toEqual([false]);
});

test('an instance on the internet that sends on into a private network is not followed there', async () => {
  const io = { ...makeConnectorIo([]), fetch: limitedFetch({ fetch: sendsOn, guardedFetch: makeGuardedFetch(), gate: makeGate({ now: () => 0, sleep: () => Promise.resolve() }), origins: ['https://forum.example'], now: () => 0 }) };
  await expect(fetchOwn(io, 'https://forum.example/secure-uploads/a.png', { 'api-key': 'k' }, signal)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('private network') });
});

test.each<[Connector, string]>([[mastodon, 'server'], [misskey, 'url'], [peertube, 'server']])('$0.title: a picture of an instance in a private network is fetched as nobody, any other is left to the media cache', async (connector, field) => {
  const io = makeConnectorIo(connector.fields);
  const values = { [field]: server.origin, username: 'ines' };
  io.use(values, { token: 't', password: 'p' });
  const session = connector.open(io, values);
  const got = await session.media?.(`${server.origin}/files/a.webp`, signal);
  expect([got?.mime, Buffer.from(got?.bytes ?? []).toString()]).toEqual(['image/webp', 'a picture']);
  expect(server.requests.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([[undefined, undefined]]);
  for (const address of [`${store.origin}/b.png`, 'https://elsewhere.example/a.webp', 'no address']) expect(await session.media?.(address, signal)).toBeNull();
  const elsewhere = connector.open(io, { ...values, [field]: 'https://public.example' });
  expect(await elsewhere.media?.('https://public.example/files/a.webp', signal)).toBeNull();
  await Promise.all([session.close(), elsewhere.close()]);
});

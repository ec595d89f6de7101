import { afterEach, beforeEach, expect, test } from 'vitest';
import { discourse } from '../../src-main/connectors/discourse/discourse.ts';
import { lemmy } from '../../src-main/connectors/lemmy/lemmy.ts';
import { nodebb } from '../../src-main/connectors/nodebb/nodebb.ts';
import { makeConnectorIo } from '../support/connector-io.ts';
import { startWireServer } from '../support/wire-server.ts';
import type { WireServer } from '../support/wire-server.ts';

const barred = () => ({ status: 403, headers: { 'content-type': 'text/html' }, text: '<!DOCTYPE html><html><title>Just a moment...</title></html>' });
const paths = ['/review.json', '/session/current.json', '/u/:name', '/api/self', '/api/config', '/api/flags', '/api/v4/site', '/api/v3/site'];
let server: WireServer;
beforeEach(async () => {
  server = await startWireServer(Object.fromEntries(paths.map((path) => [`GET ${path}`, barred])));
});
afterEach(() => server.close());

test.each([discourse, nodebb, lemmy])('$title: a page that keeps robots out is not taken for a wrong key or a missing role', async (connector) => {
  const io = makeConnectorIo(connector.fields);
  const values = { url: server.origin, server: server.origin, username: 'ines' };
  io.use(values, { key: 'k', token: 't', password: 'p' });
  await expect(connector.open(io, values).verify(new AbortController().signal)).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringContaining('may keep programs out') });
});

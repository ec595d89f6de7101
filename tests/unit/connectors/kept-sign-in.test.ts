import { expect, test } from 'vitest';
import { makeKeptSignIn } from '../../../src-main/connectors/http/kept-sign-in.ts';
import type { KeptSignIn } from '../../../src-main/connectors/http/kept-sign-in.ts';
import { signal } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';

const io = makeConnectorIo([]);
let begun = 0;

/** By a password that is kept, as after a restart. */
function signInOf(account: string): KeptSignIn {
  return makeKeptSignIn({
    io, alone: true, server: `https://far.example ${account}`,
    async begin() {
      begun += 1;
      return { tokens: { accessToken: `${account}-${begun}`, refreshToken: null, expiresAt: null, scopes: [] } };
    },
  });
}

test('a sign-in serves its account after a restart, and no other; who comes late with an ended token gets the newer one', async () => {
  const first = await signInOf('rosa').tokens(signal);
  expect([first.accessToken, (await signInOf('rosa').tokens(signal)).accessToken]).toEqual(['rosa-1', 'rosa-1']);
  const other = signInOf('ines');
  expect((await other.tokens(signal)).accessToken).toBe('ines-2');
  expect([other.spoilt('ines-2'), (await other.tokens(signal)).accessToken]).toEqual([true, 'ines-3']);
  expect([other.spoilt('ines-2'), (await other.tokens(signal)).accessToken]).toEqual([true, 'ines-3']);
});

test('who gives up while a sign-in is renewed leaves the renewal to the next one: a refresh token is spent once', async () => {
  const spent: (string | null)[] = [];
  const answered = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const renewing = makeKeptSignIn({
    io: {
      ...io,
      async fetch(_input, init) {
        const token = new URLSearchParams(String(init?.body)).get('refresh_token');
        const again = spent.includes(token);
        spent.push(token);
        asked.resolve();
        await answered.promise;
        if (again) return Response.json({ error: 'invalid_grant' }, { status: 400 });
        return Response.json({ access_token: 'second', refresh_token: 'r2', expires_in: 3600 });
      },
    },
    server: 'https://rotating.example', clientOf: (name) => ({ ...name, tokenUrl: 'https://rotating.example/token', scopes: [] }),
    begin: async () => ({ client: { clientId: 'c' }, tokens: { accessToken: 'first', refreshToken: 'r1', expiresAt: null, scopes: [] } }),
  });
  await renewing.tokens(signal);
  renewing.spoilt('first');
  const leaving = new AbortController();
  const first = renewing.tokens(leaving.signal);
  await asked.promise;
  leaving.abort(new Error('the person went on'));
  await expect(first).rejects.toThrow('the person went on');
  const second = renewing.tokens(signal);
  answered.resolve();
  expect([(await second).accessToken, spent]).toEqual(['second', ['r1']]);
});

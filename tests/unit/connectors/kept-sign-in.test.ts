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

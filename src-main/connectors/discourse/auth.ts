import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { beginHandshake, finishHandshake } from './handshake.ts';
import type { DiscourseSettings } from './settings.ts';

/** What stands for the account in a request. */
export type Auth = {
  readonly kind: 'admin' | 'user';
  /** The headers of docs.discourse.org ("Authentication") or of a User API key (app/controllers/user_api_keys_controller.rb). */
  readonly headers: Readonly<Record<string, string>>;
};

/** The secret under which a key from the browser is kept; `from` tells which pasted text it came of. */
const KEPT = 'user-key';
const kept = z.object({ url: z.string(), key: z.string().min(1), clientId: z.string(), from: z.string() });

/**
 * How requests are signed: with an API key that an admin made, or with a key of the moderator's own, which the forum gives
 * out in the browser as a text to be pasted. Throws ConnectorError `sign-in` where neither is there yet.
 */
export function makeAuth(io: ConnectorIo, settings: DiscourseSettings): (signal: AbortSignal) => Promise<Auth> {
  async function keptKey(): Promise<z.infer<typeof kept> | null> {
    try {
      const read = kept.parse(JSON.parse(await io.secret(KEPT) ?? ''));
      return read.url === settings.url ? read : null;
    } catch (error) {
      if (error instanceof ConnectorError) throw error;
      return null;
    }
  }

  async function userKey(): Promise<Auth> {
    const answer = (await io.secret('answer'))?.trim() ?? '';
    const from = createHash('sha256').update(answer).digest('hex');
    let mine = await keptKey();
    if (mine === null || (answer !== '' && mine.from !== from)) {
      if (answer === '') throw await beginHandshake(io, settings);
      mine = { url: settings.url, from, ...finishHandshake(answer, settings) };
      await io.keepSecret(KEPT, JSON.stringify(mine));
    }
    return { kind: 'user', headers: { 'user-api-key': mine.key, 'user-api-client-id': mine.clientId } };
  }

  let underWay: Promise<Auth> | null = null;
  return async () => {
    const key = (await io.secret('key'))?.trim() ?? '';
    if (key !== '') {
      if (settings.username === '') throw new ConnectorError('settings', 'The username is missing. Write the name of the moderator whose API key this is.');
      return { kind: 'admin', headers: { 'api-key': key, 'api-username': settings.username } };
    }
    // Many requests at once share one sign-in.
    underWay ??= userKey().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

import { ConnectorError } from '../connectors/connector.ts';
import type { ConnectorIo, Inbox } from '../connectors/connector.ts';
import { limitedSocket } from '../connectors/http/socket.ts';
import type { Gate } from '../connectors/http/gate.ts';
import { limitedFetch } from '../connectors/http/limited-fetch.ts';
import type { FormValues, SettingField } from '../contract/setup.ts';
import type { Context } from './context.ts';
import { makeScrubber, scrubbedFetch } from './scrub.ts';

export type SessionIoOptions = {
  readonly connectionId: string;
  readonly fields: readonly SettingField[];
  readonly settings: FormValues;
  readonly gate: Gate;
  readonly guardedFetch: typeof globalThis.fetch;
  readonly secret: (name: string) => Promise<string | null>;
  readonly keepSecret: (name: string, value: string) => Promise<void>;
  readonly wake: () => void;
  /** Whether a person is there and asked for it, so that a browser may open. */
  readonly attended: () => boolean;
  readonly inbox: Inbox;
  readonly listen: ConnectorIo['listen'];
};

/** Everything a session gets from outside. */
export function makeSessionIo(ctx: Context, options: SessionIoOptions): ConnectorIo {
  const { connectionId, fields, settings, attended } = options;
  const origins = namedOrigins(fields, settings);
  const scrubber = makeScrubber();
  return {
    connectionId,
    fetch: scrubbedFetch(limitedFetch({
      fetch: ctx.fetch, guardedFetch: options.guardedFetch, gate: options.gate, now: ctx.now, origins,
    }), scrubber),
    socket: limitedSocket({ origins, now: ctx.now }),
    now: ctx.now,
    random: ctx.random,
    async secret(name) {
      const value = await options.secret(name);
      scrubber.note(value);
      return value;
    },
    async keepSecret(name, value) {
      scrubber.note(value);
      await options.keepSecret(name, value);
    },
    log: (event, facts = {}) => ctx.log.info(event, { connection: connectionId, ...facts }),
    wake: options.wake,
    inbox: options.inbox,
    listen: options.listen,
    async openExternal(url) {
      if (!attended()) throw new ConnectorError('sign-in', 'The sign-in has ended. Choose “Sign in again” at this connection; the browser opens for it.');
      await ctx.host.openExternal({ url });
    },
  };
}

/** The origins that the person wrote into the form. */
function namedOrigins(fields: readonly SettingField[], settings: FormValues): readonly string[] {
  return fields.flatMap((field) => {
    const value = settings[field.name];
    return field.kind === 'url' && typeof value === 'string' && URL.canParse(value) ? [new URL(value).origin] : [];
  });
}

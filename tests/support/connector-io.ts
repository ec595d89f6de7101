import type { ConnectorIo, Inbox } from '../../src-main/connectors/connector.ts';
import { makeGate } from '../../src-main/connectors/http/gate.ts';
import { receive } from '../../src-main/connectors/http/receive.ts';
import { limitedSocket } from '../../src-main/connectors/http/socket.ts';
import { limitedFetch } from '../../src-main/connectors/http/limited-fetch.ts';
import type { FormValues, SettingField } from '../../src-main/contract/setup.ts';
import { makeInboxes } from '../../src-main/services/inboxes.ts';
import { makeStoreWorld } from './store-world.ts';

/** For connectors without a stream. */
export const noSocket: ConnectorIo['socket'] = () => Promise.reject(new Error('this platform has no stream'));

function nothingArrives(): Promise<never> {
  return Promise.reject(new Error('nothing arrives at this platform from outside'));
}

/** For connectors that fetch everything themselves. */
export const noIntake: Pick<ConnectorIo, 'inbox' | 'listen'> = {
  inbox: { append: nothingArrives, read: nothingArrives, keepAside: nothingArrives, forget: nothingArrives }, listen: nothingArrives,
};

/** A Saturday morning. */
const MORNING = Date.UTC(2026, 10, 21, 9, 0, 0);
/** A busy machine answers late; only what hangs on purpose is given up sooner. */
const PATIENT_MS = 20_000;
const IMPATIENT_MS = 200;

/** What a session gets in tests: the real fetch with its limits, a clock that tests turn, secrets in memory. */
export type TestIo = ConnectorIo & {
  /** Takes over the settings whose origins may be reached, and the secrets. */
  readonly use: (values: FormValues, secrets: Readonly<Record<string, string>>) => void;
  readonly pass: (ms: number) => void;
  /** Puts this machine's clock that far off the platform's. */
  readonly skew: (ms: number) => void;
  /** The platform's clock. */
  readonly truly: () => number;
  /** Forgets what rate limits were learnt; `hurried` gives up on answers at once that are known not to come. */
  readonly reset: (hurried?: boolean) => void;
  readonly secrets: Map<string, string>;
  readonly opened: string[];
};

export function makeConnectorIo(fields: readonly SettingField[]): TestIo {
  let time = MORNING;
  let skewMs = 0;
  let settings: FormValues = {};
  const secrets = new Map<string, string>();
  const opened: string[] = [];
  const now = (): number => time + skewMs;
  /** Waiting costs nothing but time on this clock. */
  const sleep = async (ms: number): Promise<void> => {
    time += ms;
  };
  const originsNow = (): string[] => fields.filter(({ kind }) => kind === 'url').map(({ name }) => String(settings[name] ?? '')).filter((url) => URL.canParse(url)).map((url) => new URL(url).origin);
  const freshFetch = (timeoutMs = PATIENT_MS): typeof globalThis.fetch => limitedFetch({
    fetch: globalThis.fetch,
    guardedFetch: () => Promise.reject(new Error('a test reached for an address of its content')),
    gate: makeGate({ now, sleep, burst: 1_000_000 }),
    origins: originsNow(),
    now,
    timeoutMs,
  });
  let limited = freshFetch();
  let inbox: Inbox | null = null;
  /** A real inbox in a database of its own, made when it is first asked for. */
  const openInbox = (): Inbox => {
    inbox ??= makeInboxes({ store: makeStoreWorld().store, now, changed: () => undefined }).of(1);
    return inbox;
  };
  const receivers = new Map<number, Parameters<ConnectorIo['listen']>[1]>();

  return {
    connectionId: 'conformance',
    fetch: (input, init) => limited(input, init),
    socket: (url, options) => limitedSocket({ origins: originsNow(), now })(url, options),
    now,
    random: () => 0.5,
    secret: async (name) => secrets.get(name) ?? null,
    async keepSecret(name, value) {
      secrets.set(name, value);
    },
    log: () => undefined,
    wake: () => undefined,
    inbox: {
      append: (entries, key) => openInbox().append(entries, key),
      read: (after, limit) => openInbox().read(after, limit),
      keepAside: (entries) => openInbox().keepAside(entries),
      forget: (upTo) => openInbox().forget(upTo),
    },
    /** Sessions that a test leaves behind, as a crash would, hand their port on to the next one. */
    async listen(options, handle) {
      const known = receivers.has(options.port);
      receivers.set(options.port, handle);
      if (known) return { close: () => Promise.resolve() };
      const listening = await receive(options, (request) => (receivers.get(options.port) ?? handle)(request), (error) => {
        throw error;
      });
      return {
        close() {
          receivers.delete(options.port);
          return listening.close();
        },
      };
    },
    async openExternal(url) {
      opened.push(url);
    },
    use(values, given) {
      settings = values;
      for (const [name, value] of Object.entries(given)) secrets.set(name, value);
      limited = freshFetch();
    },
    pass(ms) {
      time += ms;
    },
    skew(ms) {
      skewMs = ms;
    },
    truly: () => time,
    reset(hurried = false) {
      limited = freshFetch(hurried ? IMPATIENT_MS : PATIENT_MS);
    },
    secrets,
    opened,
  };
}

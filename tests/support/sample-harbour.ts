import type { Batch, ConnectorIo, Session } from '../../src-main/connectors/connector.ts';
import { sampleConnector } from '../../src-main/connectors/sample/connector.ts';
import type { FormValues } from '../../src-main/contract/setup.ts';
import { noIntake, noSocket } from './connector-io.ts';

/** A Saturday morning, so that every run sees the same dates. */
export const MORNING = Date.UTC(2026, 10, 21, 9, 0, 0);

/** A sample community with a clock that the test turns. */
export type Harbour = {
  readonly session: Session;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** How often the session asked to be pulled soon. */
  readonly wakes: () => number;
  /** The same community again, as after a restart. */
  readonly reopen: () => Harbour;
};

export function openHarbour(values: FormValues = {}, startAt = MORNING): Harbour {
  let now = startAt;
  let wakes = 0;
  const io: ConnectorIo = {
    connectionId: 'harbour', fetch: () => Promise.reject(new Error('the sample community has no network')), now: () => now, random: () => 0.5,
    secret: async () => null, keepSecret: async () => undefined, log: () => undefined, openExternal: async () => undefined, socket: noSocket, ...noIntake,
    wake: () => {
      wakes += 1;
    },
  };
  return {
    session: sampleConnector.open(io, values),
    now: () => now,
    pass(ms) {
      now += ms;
    },
    wakes: () => wakes,
    reopen: () => openHarbour(values, now),
  };
}

/** Everything a pull gives from `cursor` on. */
export async function pullAll(session: Session, cursor: string | null = null): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of session.pull(cursor, new AbortController().signal)) batches.push(batch);
  return batches;
}

/** The cursor after some batches; `before` where there were none. */
export function reached(batches: readonly Batch[], before: string): string {
  return batches.at(-1)?.cursor ?? before;
}

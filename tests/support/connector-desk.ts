import { randomUUID } from 'node:crypto';
import type { Batch, DeliveryResult, Order, RemoteReport, RemoteSubject, Resolution, Session } from '../../src-main/connectors/connector.ts';
import type { Verb } from '../../src-main/contract/words.ts';
import type { TestIo } from './connector-io.ts';

export const signal = new AbortController().signal;
export const DAY = 86_400_000;

/** What a session brings, kept as a desk would, and orders about it. */
export type ConnectorDesk = {
  readonly io: TestIo;
  readonly session: Session;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly resolutions: Resolution[];
  /** Pulls on from where the last pull ended. */
  readonly pull: () => Promise<Batch[]>;
  readonly subject: (remoteId: string | number) => RemoteSubject;
  readonly order: (verb: Verb, remoteId: string | number, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, remoteId: string | number, more?: Partial<Order>) => Promise<DeliveryResult>;
};

/** An order as the outbox makes it. */
export function orderAbout(io: TestIo, verb: Verb, { type, remoteId, authorId, extra, revision }: RemoteSubject, more: Partial<Order> = {}): Order {
  return {
    id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId, authorId, extra }, durationMs: DAY, labels: [],
    reason: 'A reason', guideline: null, message: null, expected: revision, force: false, decidedAt: io.now(), ...more,
  };
}

/** Pulls a session to its end, each time on from where the last pull came. */
export function pullerOf(session: Session, keep: (batch: Batch) => void): () => Promise<void> {
  let cursor: string | null = null;
  return async () => {
    for await (const batch of session.pull(cursor, signal)) {
      ({ cursor } = batch);
      keep(batch);
    }
  };
}

export function deskOf(io: TestIo, session: Session): ConnectorDesk {
  const reports = new Map<string, RemoteReport>();
  const subjects = new Map<string, RemoteSubject>();
  const resolutions: Resolution[] = [];
  let batches: Batch[] = [];
  const pull = pullerOf(session, (batch) => {
    batches.push(batch);
    for (const report of batch.reports) reports.set(report.remoteId, report);
    for (const one of batch.subjects) subjects.set(one.remoteId, one);
    resolutions.push(...batch.resolutions);
  });
  const subject = (remoteId: string | number): RemoteSubject => {
    const found = subjects.get(String(remoteId));
    if (found === undefined) throw new Error(`${remoteId} was not brought`);
    return found;
  };
  const order = (verb: Verb, remoteId: string | number, more: Partial<Order> = {}): Order => orderAbout(io, verb, subject(remoteId), more);
  return {
    io, session, reports, subjects, resolutions, subject, order,
    async pull() {
      batches = [];
      await pull();
      return batches;
    },
    send: (verb, remoteId, more) => session.deliver(order(verb, remoteId, more), signal),
  };
}

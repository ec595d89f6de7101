import { randomUUID } from 'node:crypto';
import { misskey } from '../../../src-main/connectors/misskey/misskey.ts';
import type { Batch, DeliveryResult, Order, RemoteReport, RemoteSubject, Resolution, Session } from '../../../src-main/connectors/connector.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { startMisskey, TOKEN } from './server.ts';
import type { ScriptedMisskey } from './server.ts';

/** A server and a desk that keeps what the connector brings. */
export type Desk = {
  readonly far: ScriptedMisskey;
  readonly io: TestIo;
  readonly session: Session;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly resolutions: Resolution[];
  readonly pull: () => Promise<Batch[]>;
  readonly subject: (remoteId: string) => RemoteSubject;
  readonly order: (verb: Verb, remoteId: string, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, remoteId: string, more?: Partial<Order>) => Promise<DeliveryResult>;
  readonly author: string;
  readonly reporter: string;
};

export const signal = new AbortController().signal;

export async function openDesk(): Promise<Desk> {
  const io = makeConnectorIo(misskey.fields);
  const far = await startMisskey(() => io.truly());
  const values = { url: far.server.origin };
  io.use(values, { token: TOKEN });
  const session = misskey.open(io, values);
  const reports = new Map<string, RemoteReport>();
  const subjects = new Map<string, RemoteSubject>();
  const resolutions: Resolution[] = [];
  let cursor: string | null = null;
  const subject = (remoteId: string): RemoteSubject => {
    const found = subjects.get(remoteId);
    if (found === undefined) throw new Error(`${remoteId} was not brought`);
    return found;
  };
  const order = (verb: Verb, remoteId: string, more: Partial<Order> = {}): Order => {
    const { type, authorId, extra, revision } = subject(remoteId);
    return {
      id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId, authorId, extra }, durationMs: null, labels: [],
      reason: 'A reason', guideline: null, message: null, expected: revision, force: false, decidedAt: io.now(), ...more,
    };
  };
  return {
    far, io, session, reports, subjects, resolutions, subject, order,
    async pull() {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        batches.push(batch);
        for (const report of batch.reports) reports.set(report.remoteId, report);
        for (const one of batch.subjects) subjects.set(one.remoteId, one);
        resolutions.push(...batch.resolutions);
      }
      return batches;
    },
    send: (verb, remoteId, more) => session.deliver(order(verb, remoteId, more), signal),
    author: far.addUser('piet', 'far.example'),
    reporter: far.addUser('mara'),
  };
}

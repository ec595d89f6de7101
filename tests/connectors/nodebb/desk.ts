import { randomUUID } from 'node:crypto';
import { nodebb } from '../../../src-main/connectors/nodebb/nodebb.ts';
import type { Batch, DeliveryResult, Order, RemoteReport, RemoteSubject, Resolution, Session } from '../../../src-main/connectors/connector.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { startNodebb, TOKEN } from './server.ts';
import type { ScriptedNodebb } from './server.ts';

/** A forum and a desk that keeps what the connector brings. */
export type Desk = {
  readonly forum: ScriptedNodebb;
  readonly io: TestIo;
  readonly session: Session;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly resolutions: Resolution[];
  readonly pull: () => Promise<Batch[]>;
  readonly subject: (remoteId: string | number) => RemoteSubject;
  readonly order: (verb: Verb, remoteId: string | number, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, remoteId: string | number, more?: Partial<Order>) => Promise<DeliveryResult>;
  readonly author: number;
  readonly flagger: number;
  readonly tomas: number;
};

export const signal = new AbortController().signal;
export const DAY = 86_400_000;

export async function openDesk(style: ScriptedNodebb['style'] = 'text'): Promise<Desk> {
  const io = makeConnectorIo(nodebb.fields);
  const forum = await startNodebb(() => io.truly());
  forum.style = style;
  const values = { url: forum.server.origin };
  io.use(values, { token: TOKEN });
  const session = nodebb.open(io, values);
  const reports = new Map<string, RemoteReport>();
  const subjects = new Map<string, RemoteSubject>();
  const resolutions: Resolution[] = [];
  let cursor: string | null = null;
  const subject = (remoteId: string | number): RemoteSubject => {
    const found = subjects.get(String(remoteId));
    if (found === undefined) throw new Error(`${remoteId} was not brought`);
    return found;
  };
  const order = (verb: Verb, remoteId: string | number, more: Partial<Order> = {}): Order => {
    const { type, authorId, extra, revision } = subject(remoteId);
    return {
      id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId: String(remoteId), authorId, extra }, durationMs: DAY, labels: [],
      reason: 'A reason', guideline: null, message: null, expected: revision, force: false, decidedAt: io.now(), ...more,
    };
  };
  return {
    forum, io, session, reports, subjects, resolutions, subject, order,
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
    author: forum.addUser('piet'),
    flagger: forum.addUser('mara'),
    tomas: [...forum.users.values()].find(({ username }) => username === 'tomas')?.uid ?? 0,
  };
}

import { randomUUID } from 'node:crypto';
import { reddit } from '../../../src-main/connectors/reddit/reddit.ts';
import type { Batch, DeliveryResult, Order, RemoteMember, RemoteReport, RemoteSubject, Resolution, Session } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { CLIENT, startReddit } from './server.ts';
import type { ScriptedReddit } from './server.ts';

/** Reddit and a desk that keeps what the connector brings. */
export type Desk = {
  readonly far: ScriptedReddit;
  readonly io: TestIo;
  readonly session: Session;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly members: Map<string, RemoteMember>;
  readonly resolutions: Resolution[];
  readonly pull: () => Promise<Batch[]>;
  readonly about: (name: string) => readonly RemoteReport[];
  readonly subject: (name: string) => RemoteSubject;
  readonly order: (verb: Verb, name: string, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, name: string, more?: Partial<Order>) => Promise<DeliveryResult>;
  /** Another session of the same connection, as after a restart. */
  readonly again: () => Session;
};

export const signal = new AbortController().signal;
export const DAY = 86_400_000;

export async function openDesk(values: FormValues = {}): Promise<Desk> {
  const io = makeConnectorIo(reddit.fields);
  const far = await startReddit(() => io.truly());
  far.subs.set('harbour', { permissions: ['all'] });
  const all = { client: CLIENT, api: far.server.origin, ...values };
  io.use(all, { refreshToken: far.refreshToken });
  const session = reddit.open(io, all);
  const reports = new Map<string, RemoteReport>();
  const subjects = new Map<string, RemoteSubject>();
  const members = new Map<string, RemoteMember>();
  const resolutions: Resolution[] = [];
  let cursor: string | null = null;
  const subject = (name: string): RemoteSubject => {
    const found = subjects.get(name);
    if (found === undefined) throw new Error(`${name} was not brought`);
    return found;
  };
  const order = (verb: Verb, name: string, more: Partial<Order> = {}): Order => {
    const { type, authorId, extra, revision } = subject(name);
    return {
      id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId: name, authorId, extra }, durationMs: DAY, labels: [],
      reason: 'A reason', guideline: null, message: null, expected: revision, force: false, decidedAt: io.now(), ...more,
    };
  };
  return {
    far, io, session, reports, subjects, members, resolutions, subject, order,
    async pull() {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        batches.push(batch);
        for (const report of batch.reports) reports.set(report.remoteId, report);
        for (const one of batch.subjects) subjects.set(one.remoteId, one);
        for (const member of batch.members) members.set(member.remoteId, member);
        resolutions.push(...batch.resolutions);
      }
      return batches;
    },
    about: (name) => [...reports.values()].filter((report) => report.subject.remoteId === name),
    send: (verb, name, more) => session.deliver(order(verb, name, more), signal),
    again: () => reddit.open(io, all),
  };
}

import { randomUUID } from 'node:crypto';
import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import type { Batch, ConnectorIo, DeliveryResult, Order, RemoteMember, RemoteReport, RemoteSubject, Resolution, Session } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { makeConnectorIo } from '../connector-io.ts';
import type { TestIo } from '../connector-io.ts';

/** A connector's session with what a desk would keep of its batches. */
export type Desk = {
  readonly io: TestIo;
  readonly session: Session;
  readonly members: Map<string, RemoteMember>;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly resolutions: Resolution[];
  /** Pulls to the end and keeps what came. */
  readonly pull: () => Promise<readonly Batch[]>;
  readonly cursor: () => string | null;
  /** What was brought whose text holds these words. */
  readonly find: (words: string) => RemoteSubject;
  readonly order: (verb: Verb, words: string, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, words: string, more?: Partial<Order>) => Promise<DeliveryResult>;
  /** Takes an order back whose answer is known. */
  readonly takeBack: (order: Order, result: DeliveryResult, more?: Partial<Order>) => Promise<DeliveryResult>;
};

export const signal = new AbortController().signal;

export type DeskInput = { readonly values: FormValues; readonly password: string; readonly fetch?: typeof globalThis.fetch; readonly cursor?: string | null };

export function openDesk({ values, password, fetch, cursor: from = null }: DeskInput): Desk {
  const io = makeConnectorIo(mailman.fields);
  io.use(values, { password });
  const given: ConnectorIo = fetch === undefined ? io : { ...io, fetch };
  const session = mailman.open(given, values);
  const kept = { members: new Map<string, RemoteMember>(), reports: new Map<string, RemoteReport>(), subjects: new Map<string, RemoteSubject>(), resolutions: [] as Resolution[] };
  let cursor = from;
  const find = (words: string): RemoteSubject => {
    const found = [...kept.subjects.values()].findLast(({ text }) => text.includes(words));
    if (found === undefined) throw new Error(`nothing with "${words}" was brought`);
    return found;
  };
  const order: Desk['order'] = (verb, words, more = {}) => {
    const { type, remoteId, authorId, extra, revision } = find(words);
    return {
      id: randomUUID(), verb, reverse: false, reverses: null, subject: { type, remoteId, authorId, extra }, durationMs: null, labels: [],
      reason: 'A reason', guideline: null, message: null, expected: revision, force: false, decidedAt: io.now(), ...more,
    };
  };
  return {
    ...kept, io, session, find, order,
    cursor: () => cursor,
    async pull() {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        batches.push(batch);
        for (const member of batch.members) kept.members.set(member.remoteId, member);
        for (const report of batch.reports) kept.reports.set(report.remoteId, report);
        for (const subject of batch.subjects) kept.subjects.set(subject.remoteId, subject);
        kept.resolutions.push(...batch.resolutions);
      }
      return batches;
    },
    send: (verb, words, more) => session.deliver(order(verb, words, more), signal),
    takeBack: (done, result, more = {}) => session.deliver({
      ...done, id: randomUUID(), reverse: true, reverses: { orderId: done.id, remoteId: result.kind === 'done' ? result.remoteId : null }, ...more,
    }, signal),
  };
}

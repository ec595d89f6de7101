import { randomUUID } from 'node:crypto';
import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import type { Batch, DeliveryResult, Order, RemoteSubject } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { deskOf, signal } from '../connector-desk.ts';
import type { ConnectorDesk } from '../connector-desk.ts';
import { makeConnectorIo } from '../connector-io.ts';

/** A desk that finds things by their words. */
export type Desk = Omit<ConnectorDesk, 'subject' | 'order' | 'send'> & {
  /** What was brought whose text holds these words. */
  readonly find: (words: string) => RemoteSubject;
  readonly order: (verb: Verb, words: string, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, words: string, more?: Partial<Order>) => Promise<DeliveryResult>;
  /** Takes an order back whose answer is known. */
  readonly takeBack: (order: Order, result: DeliveryResult) => Promise<DeliveryResult>;
  /** Pulls from a place of its own, and keeps nothing. */
  readonly pullFrom: (cursor: string | null) => Promise<readonly Batch[]>;
};

export type DeskInput = { readonly values: FormValues; readonly password: string; readonly fetch?: typeof globalThis.fetch };

export function openDesk({ values, password, fetch }: DeskInput): Desk {
  const io = makeConnectorIo(mailman.fields);
  io.use(values, { password });
  const session = mailman.open(fetch === undefined ? io : { ...io, fetch }, values);
  const { subject: _subject, order: orderFor, send: _send, ...desk } = deskOf(io, session);
  const find = (words: string): RemoteSubject => {
    const found = [...desk.subjects.values()].findLast(({ text }) => text.includes(words));
    if (found === undefined) throw new Error(`nothing with "${words}" was brought`);
    return found;
  };
  const order: Desk['order'] = (verb, words, more = {}) => orderFor(verb, find(words).remoteId, { durationMs: null, ...more });
  return {
    ...desk, find, order,
    send: (verb, words, more) => session.deliver(order(verb, words, more), signal),
    takeBack: (done, result) => session.deliver({
      ...done, id: randomUUID(), reverse: true, reverses: { orderId: done.id, remoteId: result.kind === 'done' ? result.remoteId : null },
    }, signal),
    async pullFrom(cursor) {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) batches.push(batch);
      return batches;
    },
  };
}

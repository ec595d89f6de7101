import type { DeliveryResult, Order } from '../connector.ts';
import { stoodBefore } from '../http/stood.ts';
import type { Way } from './dialect.ts';
import type { Report } from './model.ts';
import { goneAccount } from './outcome.ts';
import type { DeliverInput } from './outcome.ts';
import { readState, reportById } from './state.ts';

/** Takes back what an order did: the limit is lifted, and the reports that were closed with it are open again. */
export async function takeBack(input: DeliverInput, order: Order, way: Way, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, dialect } = input;
  const cannot: DeliveryResult = { kind: 'refused', why: `${dialect.title} has no way to take this back.` };
  switch (way.by) {
    case 'nothing': case 'lifting': return cannot;
    case 'reports': {
      if (dialect.reopen === null) return { kind: 'refused', why: `${dialect.title} keeps a report that is resolved closed.` };
      const reopened = await reopen(input, order, signal);
      if (reopened.length === 0) return { kind: 'already', by: null, what: 'open', at: null };
      return { kind: 'done', remoteId: null, said: `reopened · ${reopened.join(', ')}` };
    }
    case 'post': {
      if (way.deed.undo === null) return cannot;
      const before = stoodBefore(order, way.deed.said);
      if (before !== null) return before;
      await client.act(way.deed.undo(order.subject.remoteId), 'the taking back', signal);
      const reopened = await reopen(input, order, signal);
      return { kind: 'done', remoteId: null, said: `taken back: ${way.deed.said}${listed(reopened)}` };
    }
    case 'account': {
      const { undo, limit, said } = way.deed;
      if (undo === null || limit === null) return cannot;
      const { person } = await readState(input, order.subject, true, signal);
      if (person === null) return goneAccount();
      const lifts = person.limits.includes(limit);
      // No answer tells who set a limit.
      const before = lifts ? stoodBefore(order, said) : null;
      if (before !== null) return before;
      if (lifts) await client.act(undo(person), 'the taking back', signal);
      const reopened = await reopen(input, order, signal);
      if (!lifts && reopened.length === 0) return { kind: 'already', by: null, what: `no longer ${said}`, at: null };
      return { kind: 'done', remoteId: null, said: `no longer ${said}${listed(reopened)}` };
    }
  }
}

function listed(reopened: readonly string[]): string {
  return reopened.length === 0 ? '' : ` · reopened ${reopened.join(', ')}`;
}

/** Opens the reports again that the order closed; those that someone has opened since stay as they are. */
async function reopen(input: DeliverInput, order: Order, signal: AbortSignal): Promise<readonly string[]> {
  const { client, dialect, memory } = input;
  if (dialect.reopen === null) return [];
  const named = order.reverses?.remoteId?.split(' ') ?? (order.subject.extra['report'] === undefined ? [] : [order.subject.extra['report']]);
  const done: string[] = [];
  for (const id of named) {
    const report: Report | null = await reportById(client, dialect, id, signal);
    if (report === null || report.handled === null) continue;
    await client.act(dialect.reopen(id), 'the reopening of a report', signal);
    memory.ours.delete(id);
    done.push(id);
  }
  return done;
}

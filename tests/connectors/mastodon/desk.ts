import { randomUUID } from 'node:crypto';
import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import type { Batch, Order, RemoteMember, RemoteReport, RemoteSubject, Resolution, Session } from '../../../src-main/connectors/connector.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { orderAbout } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { TOKEN, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';
import type { Kind } from './world.ts';

/** A session with what a desk would keep of its batches. */
export type Desk = {
  readonly session: Session;
  readonly io: TestIo;
  readonly members: Map<string, RemoteMember>;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly resolutions: Resolution[];
  /** Pulls to the end and keeps what came; answers the batches. */
  readonly pull: () => Promise<readonly Batch[]>;
  readonly signal: AbortSignal;
  /** The same desk after a restart: nothing but what was stored is known. */
  readonly restarted: () => Desk;
  /** What is kept of one subject; an error where it never came. */
  readonly subject: (remoteId: string) => RemoteSubject;
};

export type FarDesk = { readonly far: FarServer; readonly io: TestIo; readonly desk: Desk };

/** A server and a desk that is connected to it. */
export async function startFarDesk(kind: Kind, token: string | null = TOKEN): Promise<FarDesk> {
  const io = makeConnectorIo(mastodon.fields);
  const far = await startFarServer(kind, io.truly);
  io.use({ server: far.server.origin }, token === null ? {} : { token });
  return { far, io, desk: openDesk(io, far) };
}

export function openDesk(io: TestIo, far: FarServer, kept: Omit<Desk, 'session' | 'io' | 'pull' | 'signal' | 'restarted' | 'subject'> | null = null, at: string | null = null): Desk {
  const session = mastodon.open(io, { server: far.server.origin });
  const { signal } = new AbortController();
  const { members, reports, subjects, resolutions } = kept ?? { members: new Map<string, RemoteMember>(), reports: new Map<string, RemoteReport>(), subjects: new Map<string, RemoteSubject>(), resolutions: [] as Resolution[] };
  let cursor = at;
  return {
    session, io, signal, members, reports, subjects, resolutions,
    async pull() {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        batches.push(batch);
        for (const member of batch.members) members.set(member.remoteId, member);
        for (const report of batch.reports) reports.set(report.remoteId, report);
        for (const subject of batch.subjects) subjects.set(subject.remoteId, subject);
        resolutions.push(...batch.resolutions);
      }
      return batches;
    },
    restarted: () => openDesk(io, far, { members, reports, subjects, resolutions }, cursor),
    subject(remoteId) {
      const found = subjects.get(remoteId);
      if (found === undefined) throw new Error('it did not arrive');
      return found;
    },
  };
}

/** An order as the outbox makes it. */
export function orderOf(io: TestIo, verb: Verb, subject: RemoteSubject, more: Partial<Order> = {}): Order {
  return orderAbout(io, verb, subject, { durationMs: null, reason: 'For the team only', ...more });
}

/** The order that takes another back. */
export function reversalOf(order: Order, remoteId: string | null): Order {
  return { ...order, id: randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId } };
}

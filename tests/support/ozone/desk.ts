import { ozone } from '../../../src-main/connectors/ozone/ozone.ts';
import type { Batch, ConnectorIo, Order, RemoteReport, RemoteSubject, Resolution, Session, SubjectRef } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { noIntake, noSocket } from '../connector-io.ts';

/** A connector's session with what a desk would keep of its batches. */
export type Desk = {
  readonly session: Session;
  readonly secrets: Map<string, string>;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly resolutions: Resolution[];
  readonly batches: Batch[];
  readonly cursor: () => string | null;
  /** Pulls to the end and keeps what came. */
  readonly pull: () => Promise<void>;
  readonly signal: AbortSignal;
};

export type DeskInput = {
  readonly values: FormValues;
  readonly password: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly connectionId?: string;
  readonly secrets?: Map<string, string>;
  readonly now?: () => number;
};

export function openDesk(input: DeskInput): Desk {
  const secrets = input.secrets ?? new Map([['password', input.password]]);
  const { signal } = new AbortController();
  const io: ConnectorIo = {
    connectionId: input.connectionId ?? 'desk-one',
    fetch: input.fetch ?? globalThis.fetch,
    socket: noSocket, ...noIntake,
    now: input.now ?? Date.now,
    random: drawFrom(input.connectionId ?? 'desk-one'),
    secret: async (name) => secrets.get(name) ?? null,
    keepSecret: async (name, value) => void secrets.set(name, value),
    log: () => undefined,
    wake: () => undefined,
    openExternal: async () => undefined,
  };
  const session = ozone.open(io, input.values);
  const desk = { reports: new Map<string, RemoteReport>(), subjects: new Map<string, RemoteSubject>(), resolutions: [] as Resolution[], batches: [] as Batch[] };
  let cursor: string | null = null;
  return {
    ...desk, session, secrets, signal,
    cursor: () => cursor,
    async pull() {
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        desk.batches.push(batch);
        for (const report of batch.reports) desk.reports.set(report.remoteId, report);
        for (const subject of batch.subjects) desk.subjects.set(subject.remoteId, subject);
        desk.resolutions.push(...batch.resolutions);
      }
    },
  };
}

/** An order as the outbox makes it. */
export function orderOf(id: string, verb: Verb, subject: SubjectRef & { readonly revision?: string | null }, more: Partial<Order> = {}): Order {
  return {
    id, verb, reverse: false, reverses: null,
    subject: { type: subject.type, remoteId: subject.remoteId, authorId: subject.authorId, extra: subject.extra },
    durationMs: null, labels: [], reason: '', guideline: null, message: null,
    expected: subject.revision ?? null, force: false, decidedAt: 0, ...more,
  };
}

/** The order that takes another back. */
export function reversalOf(id: string, order: Order, more: Partial<Order> = {}): Order {
  return { ...order, id, reverse: true, reverses: { orderId: order.id, remoteId: null }, ...more };
}

/** Random numbers that differ from desk to desk and not from run to run. */
function drawFrom(seed: string): () => number {
  let at = 0;
  return () => {
    at += 1;
    return (seed.charCodeAt(at % seed.length) % 16) / 16;
  };
}

import type { Batch, Connector, ConnectorIo, Order, RemoteReport, RemoteSubject, Resolution, Session } from '../../src-main/connectors/connector.ts';
import type { FormValues } from '../../src-main/contract/setup.ts';
import { orderAbout, signal } from './connector-desk.ts';
import type { TestIo } from './connector-io.ts';

/** A connection whose sessions are opened anew, as after a restart. */
export type Reopened = {
  readonly io: TestIo;
  readonly signal: AbortSignal;
  /** A new session, which remembers nothing but its secrets. */
  readonly open: (secrets?: Readonly<Record<string, string>>, fetch?: ConnectorIo['fetch']) => Session;
  readonly pull: (session: Session, cursor?: string | null) => Promise<readonly Batch[]>;
};

export function makeReopened(connector: Connector, io: TestIo, values: FormValues, secrets: Readonly<Record<string, string>>): Reopened {
  io.use(values, secrets);
  return {
    io, signal,
    open(more = {}, fetch = (input, init) => io.fetch(input, init)) {
      io.use(values, more);
      return connector.open({ ...io, fetch }, values);
    },
    async pull(session, cursor = null) {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) batches.push(batch);
      return batches;
    },
  };
}

export type Rows = {
  readonly subjects: ReadonlyMap<string, RemoteSubject>;
  readonly reports: ReadonlyMap<string, RemoteReport>;
  readonly resolutions: readonly Resolution[];
  readonly cursor: string | null;
};

/** What batches brought; `name` tells subjects apart where numbers of several kinds may be the same. */
export function rowsIn(batches: readonly Batch[], name = ({ remoteId }: RemoteSubject) => remoteId): Rows {
  return {
    subjects: new Map(batches.flatMap(({ subjects }) => subjects).map((subject) => [name(subject), subject])),
    reports: new Map(batches.flatMap(({ reports }) => reports).map((report) => [report.remoteId, report])),
    resolutions: batches.flatMap(({ resolutions }) => resolutions),
    cursor: batches.at(-1)?.cursor ?? null,
  };
}

/** An order to remove something for good, or to do what `change` says. */
export function orderOf(io: TestIo, subject: RemoteSubject | undefined, change: Partial<Order>): Order {
  if (subject === undefined) throw new Error('there is no such subject');
  return orderAbout(io, 'remove', subject, { durationMs: null, reason: 'Adverts', guideline: '2 No adverts', ...change });
}

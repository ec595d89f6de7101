import { peertube } from '../../../src-main/connectors/peertube/peertube.ts';
import type { Batch, ConnectorIo, Order, RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { orderAbout } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { PASSWORD, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';

/** A far side with a session on it. */
export type Desk = {
  readonly far: FarServer;
  readonly io: TestIo;
  readonly signal: AbortSignal;
  /** A new session, which remembers nothing but its secrets. */
  readonly open: (secrets?: Readonly<Record<string, string>>, fetch?: ConnectorIo['fetch']) => Session;
  readonly pull: (session: Session, cursor?: string | null) => Promise<readonly Batch[]>;
};

export async function startDesk(): Promise<Desk> {
  const io = makeConnectorIo(peertube.fields);
  const far = await startFarServer(io.truly);
  const values = { server: far.server.origin, username: 'rosa' };
  const signal = new AbortController().signal;
  io.use(values, { password: PASSWORD });
  return {
    far, io, signal,
    open(secrets = {}, fetch = (input, init) => io.fetch(input, init)) {
      io.use(values, secrets);
      return peertube.open({ ...io, fetch }, values);
    },
    async pull(session, cursor = null) {
      const batches: Batch[] = [];
      for await (const batch of session.pull(cursor, signal)) batches.push(batch);
      return batches;
    },
  };
}

export function rowsIn(batches: readonly Batch[]) {
  return {
    subjects: new Map(batches.flatMap(({ subjects }) => subjects).map((subject) => [`${subject.type} ${subject.remoteId}`, subject])),
    reports: new Map(batches.flatMap(({ reports }) => reports).map((report) => [report.remoteId, report])),
    resolutions: batches.flatMap(({ resolutions }) => resolutions),
    cursor: batches.at(-1)?.cursor ?? null,
  };
}

export function orderOf(io: TestIo, subject: RemoteSubject | undefined, change: Partial<Order>): Order {
  if (subject === undefined) throw new Error('there is no such subject');
  return orderAbout(io, 'remove', subject, { durationMs: null, reason: 'Adverts', guideline: '2 No adverts', ...change });
}

import { reddit } from '../../../src-main/connectors/reddit/reddit.ts';
import type { Batch, RemoteMember, RemoteReport, Session } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import { deskOf } from '../../support/connector-desk.ts';
import type { ConnectorDesk } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { CLIENT, startReddit } from './server.ts';
import type { ScriptedReddit } from './server.ts';

export { DAY, signal } from '../../support/connector-desk.ts';

/** Reddit and a desk that keeps what the connector brings. */
export type Desk = ConnectorDesk & {
  readonly far: ScriptedReddit;
  readonly members: Map<string, RemoteMember>;
  readonly about: (name: string) => readonly RemoteReport[];
  /** Another session of the same connection, as after a restart. */
  readonly again: () => Session;
};

export async function openDesk(values: FormValues = {}): Promise<Desk> {
  const io = makeConnectorIo(reddit.fields);
  const far = await startReddit(() => io.truly());
  far.subs.set('harbour', { permissions: ['all'] });
  const all = { client: CLIENT, api: far.server.origin, ...values };
  io.use(all, { refreshToken: far.refreshToken });
  const desk = deskOf(io, reddit.open(io, all));
  const members = new Map<string, RemoteMember>();
  return {
    ...desk, far, members,
    async pull(): Promise<Batch[]> {
      const batches = await desk.pull();
      for (const member of batches.flatMap((batch) => batch.members)) members.set(member.remoteId, member);
      return batches;
    },
    about: (name) => [...desk.reports.values()].filter((report) => report.subject.remoteId === name),
    again: () => reddit.open(io, all),
  };
}

import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import { deskOf, signal } from '../../support/connector-desk.ts';
import type { ConnectorDesk } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { KEY, startForum } from './server.ts';
import type { ScriptedForum } from './server.ts';

export { signal };

/** A forum and a desk that keeps what the connector brings. */
export type Desk = ConnectorDesk & {
  readonly forum: ScriptedForum;
  readonly author: number;
  readonly flagger: number;
  readonly tomas: number;
  readonly ines: number;
};

export async function openDesk(): Promise<Desk> {
  const io = makeConnectorIo(discourse.fields);
  const forum = await startForum(() => io.truly());
  const values = { url: forum.server.origin, username: 'ines' };
  io.use(values, { key: KEY });
  const named = (name: string): number => [...forum.users.values()].find(({ username }) => username === name)?.id ?? 0;
  return {
    ...deskOf(io, discourse.open(io, values)),
    forum,
    author: forum.addUser('piet'),
    flagger: forum.addUser('mara'),
    tomas: named('tomas'),
    ines: named('ines'),
  };
}

import { nodebb } from '../../../src-main/connectors/nodebb/nodebb.ts';
import { DAY, deskOf, signal } from '../../support/connector-desk.ts';
import type { ConnectorDesk } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { startNodebb, TOKEN } from './server.ts';
import type { ScriptedNodebb } from './server.ts';

export { DAY, signal };

/** A forum and a desk that keeps what the connector brings. */
export type Desk = ConnectorDesk & { readonly forum: ScriptedNodebb; readonly author: number; readonly flagger: number; readonly tomas: number };

export async function openDesk(style: ScriptedNodebb['style'] = 'text'): Promise<Desk> {
  const io = makeConnectorIo(nodebb.fields);
  const forum = await startNodebb(() => io.truly());
  forum.style = style;
  const values = { url: forum.server.origin };
  io.use(values, { token: TOKEN });
  return {
    ...deskOf(io, nodebb.open(io, values)),
    forum,
    author: forum.addUser('piet'),
    flagger: forum.addUser('mara'),
    tomas: [...forum.users.values()].find(({ username }) => username === 'tomas')?.uid ?? 0,
  };
}

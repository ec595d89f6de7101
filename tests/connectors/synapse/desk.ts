import { synapse } from '../../../src-main/connectors/synapse/synapse.ts';
import { deskOf } from '../../support/connector-desk.ts';
import type { ConnectorDesk } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { startSynapse, TOKEN } from './server.ts';
import type { ScriptedSynapse } from './server.ts';

export const PIET = '@piet:matrix.example';
export const MARA = '@mara:matrix.example';

/** A homeserver and a desk that keeps what the connector brings. */
export type Desk = ConnectorDesk & { readonly far: ScriptedSynapse };

export async function openDesk(): Promise<Desk> {
  const io = makeConnectorIo(synapse.fields);
  const far = await startSynapse(() => io.truly());
  const values = { url: far.server.origin };
  io.use(values, { token: TOKEN });
  return { ...deskOf(io, synapse.open(io, values)), far };
}

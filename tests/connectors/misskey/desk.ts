import { misskey } from '../../../src-main/connectors/misskey/misskey.ts';
import { deskOf } from '../../support/connector-desk.ts';
import type { ConnectorDesk } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { startMisskey, TOKEN } from './server.ts';
import type { ScriptedMisskey } from './server.ts';

/** A server and a desk that keeps what the connector brings. */
export type Desk = ConnectorDesk & { readonly far: ScriptedMisskey; readonly author: string; readonly reporter: string };

export async function openDesk(): Promise<Desk> {
  const io = makeConnectorIo(misskey.fields);
  const far = await startMisskey(() => io.truly());
  const values = { url: far.server.origin };
  io.use(values, { token: TOKEN });
  return { ...deskOf(io, misskey.open(io, values)), far, author: far.addUser('piet', 'far.example'), reporter: far.addUser('mara') };
}

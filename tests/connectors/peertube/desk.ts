import { peertube } from '../../../src-main/connectors/peertube/peertube.ts';
import type { Batch } from '../../../src-main/connectors/connector.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { makeReopened, rowsIn as rowsNamed } from '../../support/reopened.ts';
import type { Reopened, Rows } from '../../support/reopened.ts';
import { PASSWORD, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';

export { orderOf } from '../../support/reopened.ts';

/** A far side with sessions on it. */
export type Desk = Reopened & { readonly far: FarServer };

export async function startDesk(): Promise<Desk> {
  const io = makeConnectorIo(peertube.fields);
  const far = await startFarServer(io.truly);
  return { ...makeReopened(peertube, io, { server: far.server.origin, username: 'rosa' }, { password: PASSWORD }), far };
}

/** Videos, comments and accounts are numbered apart. */
export function rowsIn(batches: readonly Batch[]): Rows {
  return rowsNamed(batches, ({ type, remoteId }) => `${type} ${remoteId}`);
}

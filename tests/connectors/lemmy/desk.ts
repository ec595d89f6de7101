import { lemmy } from '../../../src-main/connectors/lemmy/lemmy.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { makeReopened } from '../../support/reopened.ts';
import type { Reopened } from '../../support/reopened.ts';
import type { Version } from './render.ts';
import { PASSWORD, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';

export { orderOf, rowsIn } from '../../support/reopened.ts';

/** A far side with sessions on it. */
export type Desk = Reopened & { readonly far: FarServer };

export async function startDesk(version: Version): Promise<Desk> {
  const io = makeConnectorIo(lemmy.fields);
  const far = await startFarServer(version, io.truly);
  return { ...makeReopened(lemmy, io, { server: far.server.origin, username: 'rosa' }, { password: PASSWORD }), far };
}

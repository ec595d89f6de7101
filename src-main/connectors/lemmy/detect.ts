import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { send } from '../http/call.ts';
import type { Dialect } from './dialect.ts';
import { v3 } from './dialects/v3.ts';
import { v4 } from './dialects/v4.ts';
import { readAnswer } from './http.ts';
import { site } from './schemas.ts';

/** Which API the instance speaks: 1.0 has v4 and of v3 nothing that moderates; 0.19 has v3 only. */
export async function detect(io: ConnectorIo, server: string, signal: AbortSignal): Promise<Dialect> {
  const asked = async (api: string): Promise<string | null> => {
    const response = await send(io, `${server}${api}`, { method: 'GET', path: '/site' }, null, signal);
    return (await readAnswer(io, server, response, site, 'the instance', ).catch((error: unknown) => {
      // What stands before the server may answer an unknown path with its own web page.
      if (error instanceof RefusedThere || (error instanceof ConnectorError && error.kind === 'unintelligible')) return null;
      throw error;
    }))?.version ?? null;
  };
  if (await asked(v4.api) !== null) return v4;
  const version = await asked(v3.api);
  const { host } = new URL(server);
  if (version === null) throw new ConnectorError('unintelligible', `${host} does not answer like a Lemmy instance. Check the address.`);
  if (z.string().regex(/^0\.(?:\d|1[0-8])\./).safeParse(version).success) {
    throw new ConnectorError('refused', `${host} runs Lemmy ${version}, whose sign-in is older than Docket can use. It needs 0.19 or later.`);
  }
  return v3;
}

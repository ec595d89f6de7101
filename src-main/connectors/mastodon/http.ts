import { z } from 'zod';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { readJson } from '../http/read-json.ts';
import { refusedAs } from '../http/refused.ts';

const refusal = z.object({ error: z.string().catch('') });
/** Enough of a refusal to be of use to a person. */
const SAID = 200;

/** Reads an answer of a known shape; refusals (4xx) become RefusedThere. */
export async function readAnswer<Shape>(io: ConnectorIo, server: string, response: Response, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  const about = { host: new URL(server).host, what, now: io.now() };
  if (response.status < 400 || response.status >= 500) return readJson(response, schema, about);
  throw refusedAs(statusError(response, about.host, about.now), response.status, await refusalIn(response));
}

/** What a server says of why it refuses; empty where it says nothing. */
export async function refusalIn(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return refusal.parse(JSON.parse(text)).error.slice(0, SAID);
  } catch {
    return '';
  }
}

import { z } from 'zod';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { readJson } from '../http/read-json.ts';
import { refusedAs } from '../http/refused.ts';

/** Where the API lies below an instance's address. */
export const API = '/api/v1';

const problem = z.object({ code: z.string().catch(''), detail: z.string().catch(''), error: z.string().catch('') });
/** Enough of a refusal to be of use to a person. */
const SAID = 200;

/** Throws what a refusal (4xx) means; other statuses are left to the reader. */
export async function checkRefusal(io: ConnectorIo, server: string, response: Response): Promise<void> {
  if (response.status < 400 || response.status >= 500) return;
  const { code, detail, error } = problemIn(await response.text());
  throw refusedAs(statusError(response, new URL(server).host, io.now()), response.status, (detail || error).slice(0, SAID), code);
}

/** Reads an answer of a known shape; refusals become RefusedThere. */
export async function readAnswer<Shape>(io: ConnectorIo, server: string, response: Response, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  await checkRefusal(io, server, response);
  return readJson(response, schema, { host: new URL(server).host, what, now: io.now() });
}

function problemIn(text: string): z.output<typeof problem> {
  try {
    return problem.parse(JSON.parse(text));
  } catch {
    return { code: '', detail: '', error: '' };
  }
}

import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import { statusError } from './errors.ts';

export type ReadOptions = {
  /** Who answered, for the message. */
  readonly host: string;
  /** What was asked, for the message: "the list of reports". */
  readonly what: string;
  readonly now: number;
};

/** Whether text is a web page rather than data. */
function looksLikeHtml(contentType: string, text: string): boolean {
  return contentType.includes('html') || /^\s*(?:<!doctype\s+html|<html)/i.test(text);
}

/** What stands before the server keeps the request out: it refuses with a web page, where the server's own API would not. */
export function barredError(status: number, contentType: string, text: string, host: string): ConnectorError | null {
  if ((status !== 403 && status !== 401) || !looksLikeHtml(contentType, text)) return null;
  return new ConnectorError('unreachable', `${host} answered with a web page that refuses the request (${status}). What stands before the server, such as a protection against robots, may keep programs out; whoever runs it can let its API through. Docket keeps trying.`);
}

/** Parses an answer's text; HTML, half a JSON and nothing at all are told apart. */
export function parseJson(text: string, contentType: string, options: ReadOptions): unknown {
  if (looksLikeHtml(contentType, text)) {
    throw new ConnectorError('unintelligible', `${options.host} answered ${options.what} with a web page instead of data. Check the address; a login page or a proxy may stand before the server.`);
  }
  if (text.trim() === '') throw new ConnectorError('unintelligible', `${options.host} answered ${options.what} with nothing. Docket tries again.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectorError('unintelligible', `${options.host} answered ${options.what} with data that ends early or is not JSON. Docket tries again.`);
  }
}

/** Checks data against a schema; the error names the wrong field's path, never what stands in it. */
export function checkShape<Shape>(data: unknown, schema: z.ZodType<Shape>, options: ReadOptions): Shape {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue === undefined || issue.path.length === 0 ? 'the whole answer' : `"${issue.path.map(String).join('.')}"`;
  throw new ConnectorError('unintelligible', `${options.host} answered ${options.what} in a form that Docket does not know: ${path} is not as expected. The server may run a version that is newer than this connector.`);
}

/** Reads an answer as JSON of a known shape; throws ConnectorError for any other status, form or shape. */
export async function readJson<Shape>(response: Response, schema: z.ZodType<Shape>, options: ReadOptions): Promise<Shape> {
  if (!response.ok) {
    await response.body?.cancel();
    throw statusError(response, options.host, options.now);
  }
  const text = await response.text();
  return checkShape(parseJson(text, response.headers.get('content-type') ?? '', options), schema, options);
}

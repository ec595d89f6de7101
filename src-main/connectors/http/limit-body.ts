import { ConnectorError } from '../connector.ts';
import { tooLargeError } from './errors.ts';

export type BodyLimit = {
  readonly host: string;
  readonly maxBytes: number;
  /** Called once, when the body is read, cancelled or broken. */
  readonly end: () => void;
  /** Turns what breaks a body into what the connector is told. */
  readonly told: (error: unknown) => unknown;
};

/** Statuses that have no body (Fetch standard, null body status). */
const BODILESS = new Set([204, 205, 304]);

/** The same answer with a body that ends with an error beyond `maxBytes`, without reading further. */
export function limitBody(response: Response, limit: BodyLimit): Response {
  const { status, statusText, headers } = response;
  if (status < 200 || status > 599) {
    limit.end();
    throw new ConnectorError('unintelligible', `${limit.host} answered with status ${status}, which HTTP does not know. Check the address.`);
  }
  if (response.body === null || BODILESS.has(status)) {
    limit.end();
    return new Response(null, { status, statusText, headers });
  }
  const declared = Number(headers.get('content-length') ?? 0);
  const reader = response.body.getReader();
  let bytes = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        if (declared > limit.maxBytes) throw tooLargeError(limit.host, limit.maxBytes);
        const { done, value } = await reader.read();
        if (done) {
          limit.end();
          return controller.close();
        }
        bytes += value.byteLength;
        if (bytes > limit.maxBytes) throw tooLargeError(limit.host, limit.maxBytes);
        controller.enqueue(value);
      } catch (error) {
        limit.end();
        controller.error(limit.told(error));
        await reader.cancel().catch(() => undefined);
      }
    },
    async cancel(reason) {
      limit.end();
      await reader.cancel(reason);
    },
  });
  return new Response(body, { status, statusText, headers });
}

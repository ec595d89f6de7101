import { Webhook } from 'standardwebhooks';
import { startWireServer } from '../wire-server.ts';
import type { WireServer } from '../wire-server.ts';

export const DELIVERY_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export type ScriptedEndpoint = {
  readonly server: WireServer;
  readonly url: string;
  /** Orders that were carried out, each once. */
  readonly carriedOut: () => number;
  /** From now on somebody there has settled a subject otherwise. */
  readonly settle: (subjectId: string, by: string) => void;
};

/** An endpoint as the README says one behaves: it checks the signature, knows an order by its id, and answers what came of it. */
export async function startEndpoint(now: () => number): Promise<ScriptedEndpoint> {
  const orders = new Set<string>();
  const settled = new Map<string, string>();
  const webhook = new Webhook(DELIVERY_SECRET);
  const server = await startWireServer({
    'POST /docket': ({ text, headers, body }) => {
      // The library's own clock is the machine's: the time is checked by the test's.
      const sent = Number(headers['webhook-timestamp']) * 1000;
      const id = String(headers['webhook-id']);
      if (webhook.sign(id, new Date(sent), text) !== headers['webhook-signature'] || Math.abs(now() - sent) > 2 * 24 * 60 * 60_000) return { status: 401, json: { error: 'signature' } };
      if (orders.has(id)) return { json: { result: 'already', what: 'done before' } };
      const subject = Object(body['subject']) as Readonly<Record<string, unknown>>;
      const by = settled.get(String(subject['id']));
      if (by !== undefined && body['force'] !== true && body['reverse'] !== true) return { status: 409, json: { by, what: 'kept', at: 1_764_000_000_000 } };
      orders.add(id);
      return { json: { result: 'done', id: `there-${orders.size}` } };
    },
  });
  return { server, url: `${server.origin}/docket`, carriedOut: () => orders.size, settle: (id, by) => void settled.set(id, by) };
}

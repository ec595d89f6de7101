import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { webhook } from '../../../src-main/connectors/webhook/webhook.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import { DELIVERY_SECRET, startEndpoint } from '../../support/mapped/endpoint.ts';
import { ownReport } from '../../support/mapped/reports.ts';
import type { Conformance } from '../conformance.ts';

export const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** A port that nobody uses at present. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

export type Sending = { readonly scheme: 'standard' | 'hmac'; readonly at: number; readonly id: string };

/** A message as a sender signs it, by other code than ours. */
export function signed(body: string, { scheme, at, id }: Sending): RequestInit {
  const headers = scheme === 'standard'
    ? { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at / 1000)), 'webhook-signature': new Webhook(SECRET).sign(id, new Date(at), body) }
    : { 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` };
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
}

/** Reports in one message. */
const AT_ONCE = 200;

/** A sender that posts signed lists of reports, and an endpoint that takes decisions. */
export function webhookConformance(scheme: 'standard' | 'hmac'): Conformance {
  return {
    connector: webhook,
    verb: 'remove',
    // Reports arrive by themselves; only deliveries ask something of a server.
    leaveOut: ['asking'],
    async start({ reports, io }) {
      const endpoint = await startEndpoint(io.truly);
      const port = await freePort();
      const values: FormValues = { name: 'forum', port, scheme, deliveryUrl: endpoint.url, labels: 'off-topic' };
      const secrets = { secret: SECRET, deliverySecret: DELIVERY_SECRET };
      io.use(values, secrets);
      const session = webhook.open(io, values);
      await session.verify(new AbortController().signal);
      let sent = 0;

      async function publish(count: number): Promise<void> {
        for (const end = sent + count; sent < end;) {
          const some = Array.from({ length: Math.min(AT_ONCE, end - sent) }, (_, index) => ownReport(sent + index));
          // The sender lives by this machine's clock; what a clock that is off does is in webhook.test.ts.
          const answer = await fetch(`http://127.0.0.1:${port}/`, signed(JSON.stringify({ reports: some }), { scheme, at: io.now(), id: `msg_${sent}` }));
          if (answer.status !== 200) throw new Error(`the receiver answered ${answer.status}: ${await answer.text()}`);
          sent += some.length;
        }
      }

      await publish(reports);
      return {
        values, secrets, server: endpoint.server, publish,
        open: () => Array.from({ length: sent }, (_, n) => `r${n}`),
        actions: endpoint.carriedOut,
        handle({ remoteId }) {
          endpoint.settle(remoteId, 'Ines');
          return 'Ines';
        },
        async close() {
          await session.close();
          await endpoint.server.close();
        },
      };
    },
  };
}

import type { Browser, Locator } from 'playwright-core';
import type { ConnectionView, FormValues } from '../../src-main/contract/setup.ts';
import type { WireFault } from '../support/wire-faults.ts';
import type { WireServer } from '../support/wire-server.ts';
import { makeConnectorIo } from '../support/connector-io.ts';
import type { TestIo } from '../support/connector-io.ts';
import { openDesk } from '../support/desk.ts';
import type { Colleague, Desk, DeskInput } from '../support/desk.ts';

/** A far side as the connectors' tests script it. */
export type Far = { readonly values: FormValues; readonly secrets: Readonly<Record<string, string>>; readonly server: WireServer | null; readonly close: () => Promise<void> };

export type ConnectedDesk = {
  readonly desk: Desk;
  readonly colleague: Colleague;
  /** Connects a far side as a person's form would. */
  readonly connect: (platform: string, title: string, far: Far) => Promise<ConnectionView>;
  /** The line of a connection in the list. */
  readonly line: (name: string) => Locator;
  /** Goes to the connections and selects the last one. */
  readonly goToLast: (name: string) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Far sides that count their time by this machine's clock. */
export const farIo: TestIo = { ...makeConnectorIo([]), truly: Date.now };

/** A desk whose secrets are open, for connections of the test's own. */
export async function openConnectedDesk(browser: Browser, look: Pick<DeskInput, 'theme' | 'size' | 'args' | 'env'> = {}): Promise<ConnectedDesk> {
  const desk = await openDesk({ browser, args: ['--sample', '20'], ...look });
  await desk.page.getByRole('row').first().waitFor();
  const colleague = await desk.colleague();
  await colleague.client.host.unlock({ passphrase: 'four calm harbour seals' });
  const fars: Far[] = [];
  const line = (name: string): Locator => desk.page.getByRole('option').filter({ hasText: name });
  return {
    desk,
    colleague,
    connect(platform, title, far) {
      fars.push(far);
      return colleague.client.connections.add({ id: crypto.randomUUID(), platform, title, values: { ...far.values, ...far.secrets }, source: 'key' });
    },
    line,
    async goToLast(name) {
      await desk.press('g', 'p');
      await line(name).waitFor();
      await desk.press('End');
      await line(name).and(desk.page.locator('[aria-selected=true]')).waitFor();
    },
    async [Symbol.asyncDispose]() {
      colleague[Symbol.dispose]();
      await desk[Symbol.asyncDispose]();
      for (const far of fars) await far.close();
    },
  };
}

/** Answers that wait until they are let go. */
export function heldBack(): { readonly fault: WireFault; readonly release: () => void } {
  const gate = Promise.withResolvers<void>();
  return {
    release: gate.resolve,
    fault: {
      name: 'held back',
      means: [],
      intact: true,
      async send(response, { status, headers, body }) {
        await gate.promise;
        response.writeHead(status, headers).end(body);
      },
    },
  };
}

/** Answers that name what is left of a budget. */
export function budget(remaining: number, limit: number): WireFault {
  return {
    name: 'a budget',
    means: [],
    intact: true,
    send(response, { status, headers, body }) {
      response.writeHead(status, { ...headers, 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': new Date(Date.now() + 3_600_000).toISOString() }).end(body);
    },
  };
}

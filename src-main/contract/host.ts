import { eventIterator, oc } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { capabilities, secretsStatus, settings, settingsChanges } from './setup.ts';

/**
 * What the backend asks of the host that runs it (Electron shell or loopback host): the settings file,
 * the secrets and the system's browser. Served over a MessagePort of its own; the desk never sees it.
 */
export const hostContract = {
  capabilities: oc.output(capabilities),
  settings: {
    get: oc.output(settings),
    change: oc.input(settingsChanges).output(settings),
  },
  secrets: {
    status: oc.output(secretsStatus),
    unlock: oc.input(z.object({ passphrase: z.string() })).output(secretsStatus),
    /** The value kept under a name such as `connection/<id>/<field>`; null where there is none. */
    get: oc.input(z.object({ name: z.string() })).output(z.object({ value: z.string().nullable() })),
    set: oc.input(z.object({ name: z.string(), value: z.string() })).output(z.object({ ok: z.literal(true) })),
    remove: oc.input(z.object({ name: z.string() })).output(z.object({ ok: z.literal(true) })),
    /** Fires when the store becomes usable, after an unlock. */
    unlocked: oc.output(eventIterator(z.object({ at: z.number().int() }))),
  },
  /** Opens an https page in the system's browser, for a platform's sign-in. */
  openExternal: oc.input(z.object({ url: z.url() })).output(z.object({ ok: z.literal(true) })),
  /** A quiet system notification; hosts without them do nothing. */
  notify: oc.input(z.object({ title: z.string(), body: z.string() })).output(z.object({ ok: z.literal(true) })),
} as const;

export type HostClient = ContractRouterClient<typeof hostContract>;

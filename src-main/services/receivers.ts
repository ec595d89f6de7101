import type { ConnectorIo } from '../connectors/connector.ts';
import { receive } from '../connectors/http/receive.ts';
import type { Context } from './context.ts';

/** Ports of this machine on which connections receive. */
export type Receivers = {
  /** What a connection's session listens with; `trial`: a session that only tries whether it could. */
  readonly of: (owner: string, trial: boolean) => ConnectorIo['listen'];
};

/** Makes what sessions listen with. */
export function makeReceivers(ctx: Pick<Context, 'log'>): Receivers {
  const held = new Map<number, string>();
  return {
    of: (owner, trial) => async (options, handle) => {
      const { port } = options;
      // The connection that is tried may be running already: its port is its own.
      if (trial && held.get(port) === owner) return { close: () => Promise.resolve() };
      const listening = await receive(options, handle, (error) => ctx.log.error('receiver-failed', error, { port }));
      held.set(port, owner);
      return {
        async close() {
          held.delete(port);
          await listening.close();
        },
      };
    },
  };
}

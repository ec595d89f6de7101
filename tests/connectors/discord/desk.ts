import { discord } from '../../../src-main/connectors/discord/discord.ts';
import type { Batch, Connector, DeliveryResult, Order, RemoteMember, RemoteReport, RemoteSubject, Resolution, Session } from '../../../src-main/connectors/connector.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { orderAbout, signal } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { startDiscord, TOKEN } from './server.ts';
import type { ScriptedDiscord } from './server.ts';
import { GUILD } from './world.ts';
import type { FarUser, World } from './world.ts';

/** A server and a desk that keeps what the connector brings. */
export type Desk = {
  readonly far: ScriptedDiscord;
  readonly world: World;
  readonly io: TestIo;
  readonly values: FormValues;
  readonly piet: FarUser;
  /** The session now; `restart` opens a new one, which knows nothing but the cursor. */
  session: Session;
  readonly restart: () => Promise<void>;
  readonly reports: Map<string, RemoteReport>;
  readonly subjects: Map<string, RemoteSubject>;
  readonly members: Map<string, RemoteMember>;
  readonly resolutions: Resolution[];
  cursor: string | null;
  readonly pull: () => Promise<Batch[]>;
  /** Pulls of the gateway's asking. */
  readonly woken: () => Promise<void>;
  readonly order: (verb: Verb, remoteId: string, more?: Partial<Order>) => Order;
  readonly send: (verb: Verb, remoteId: string, more?: Partial<Order>) => Promise<DeliveryResult>;
  readonly close: () => Promise<void>;
};

export async function openDesk(more: FormValues = {}, connector: Connector = discord): Promise<Desk> {
  const plain = makeConnectorIo(connector.fields);
  let wakes: (() => void)[] = [];
  let woken = false;
  const io: TestIo = {
    ...plain,
    wake() {
      woken = true;
      for (const wake of wakes) wake();
      wakes = [];
    },
  };
  const far = await startDiscord(() => io.truly());
  const values: FormValues = { url: far.server.origin, guild: GUILD, ...more };
  io.use(values, { token: TOKEN });
  const desk: Desk = {
    far, world: far.world, io, values, piet: far.world.addUser('piet'), session: connector.open(io, values),
    async restart() {
      await desk.session.close();
      desk.session = connector.open(io, values);
    },
    reports: new Map(), subjects: new Map(), members: new Map(), resolutions: [], cursor: null,
    async pull() {
      const batches: Batch[] = [];
      for await (const batch of desk.session.pull(desk.cursor, signal)) {
        desk.cursor = batch.cursor;
        batches.push(batch);
        for (const one of batch.members) desk.members.set(one.remoteId, one);
        for (const one of batch.reports) desk.reports.set(one.remoteId, one);
        for (const one of batch.subjects) desk.subjects.set(one.remoteId, one);
        desk.resolutions.push(...batch.resolutions);
        for (const { subject } of batch.resolutions) if (!desk.subjects.has(subject.remoteId)) throw new Error(`something was done to ${subject.remoteId}, which was never brought`);
      }
      return batches;
    },
    async woken() {
      if (!woken) {
        await new Promise<void>((resolve, reject) => {
          wakes.push(resolve);
          setTimeout(() => reject(new Error('nobody asked for a pull')), 8000).unref();
        });
      }
      woken = false;
    },
    order(verb, remoteId, over = {}) {
      const found = desk.subjects.get(remoteId);
      if (found === undefined) throw new Error(`${remoteId} was not brought`);
      return orderAbout(io, verb, found, { durationMs: null, ...over });
    },
    send: (verb, remoteId, over) => desk.session.deliver(desk.order(verb, remoteId, over), signal),
    async close() {
      await desk.session.close();
      await far.close();
    },
  };
  return desk;
}

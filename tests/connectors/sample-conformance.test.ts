import type { Connector, Session } from '../../src-main/connectors/connector.ts';
import { sampleConnector } from '../../src-main/connectors/sample/connector.ts';
import type { TestIo } from '../support/connector-io.ts';
import { describeConformance } from './conformance.ts';
import type { FarPlatform } from './conformance.ts';

const signal = new AbortController().signal;

/** The session that a case opened last, through which the community's own memory can be read. */
let latest: Session | null = null;
const watched: Connector = {
  ...sampleConnector,
  open(io, values) {
    latest = sampleConnector.open(io, values);
    return latest;
  },
};

/** The community is in this process: a second session at the same time sees the same reports come. */
async function start({ reports, io }: { readonly reports: number; readonly io: TestIo }): Promise<FarPlatform> {
  const values = { size: reports };
  const mirror = sampleConnector.open({ ...io, now: io.truly }, values);
  const ids: string[] = [];
  let cursor: string | null = null;
  async function open(): Promise<readonly string[]> {
    for await (const batch of mirror.pull(cursor, signal)) {
      cursor = batch.cursor;
      ids.push(...batch.reports.map(({ remoteId }) => remoteId));
    }
    return ids;
  }
  await open();
  return {
    values,
    secrets: {},
    server: null,
    async publish(count) {
      for (const wanted = ids.length + count; ids.length < wanted; io.pass(5000)) await open();
    },
    open,
    async actions() {
      let count = 0;
      const told = { ...JSON.parse(cursor ?? '{}'), told: 0, marks: [] };
      for await (const batch of latest?.pull(JSON.stringify(told), signal) ?? []) count += batch.resolutions.filter(({ by }) => by === 'you@openharbor').length;
      return count;
    },
    handle: () => null,
    close: async () => undefined,
  };
}

describeConformance('the sample community', {
  connector: watched,
  start,
  verb: 'remove',
  // It is in this process, and its team does what the seed says when it says: sample-live.test.ts has the conflicts.
  leaveOut: ['network', 'conflict'],
});

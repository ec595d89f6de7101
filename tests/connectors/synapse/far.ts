import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { startSynapse, TOKEN } from './server.ts';

/** The scripted homeserver as the conformance suite wants it; reports are deleted once decided, which is all a decision can tell it. */
export async function startFar({ reports, io }: { readonly reports: number; readonly io: TestIo }): Promise<FarPlatform> {
  let filed = 0;
  const start = io.truly() - 2 * 86_400_000 - reports * 1000;
  const far = await startSynapse(() => start + filed * 1000);
  const shared = Array.from({ length: 8 }, (_, n) => far.addEvent(member(n), `Shared ${n}`));

  function publish(count: number): void {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      // The first few stand alone, so that deciding about one deletes one report.
      if (filed <= 6) far.reportEvent(far.addEvent(member(filed), `Event ${filed}`), member(filed + 1));
      else if (filed % 4 === 0) far.reportEvent(shared[filed % shared.length] ?? '', member(filed + 1), `Reason ${filed}`);
      else far.reportUser(filed <= 15 ? `@alone${filed}:matrix.example` : member(filed), member(filed + 1), `Reason ${filed}`);
    }
  }
  publish(reports);
  return {
    values: { url: far.server.origin, deletes: true },
    secrets: { token: TOKEN },
    server: far.server,
    publish,
    open: () => [...far.eventReports.map(({ id }) => `event-${id}`), ...far.userReports.map(({ id }) => `user-${id}`)],
    actions: () => far.deeds,
    handle(subject) {
      const event = far.events.get(subject.remoteId);
      if (event !== undefined) event.redactedBy = '@tomas:matrix.example';
      return '@tomas:matrix.example';
    },
    close: far.close,
  };
}

function member(n: number): string {
  return `@member${n % 40}:matrix.example`;
}

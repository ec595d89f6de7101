import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { startDiscord, TOKEN } from './server.ts';
import { GUILD } from './world.ts';
import type { FarUser } from './world.ts';

/** The scripted server as the conformance suite wants it: flagged messages in a thread, blocked ones with and without an alert, profiles. */
export async function startFar({ reports, io }: { readonly reports: number; readonly io: TestIo }): Promise<FarPlatform> {
  let filed = 0;
  const start = io.truly() - reports * 20_000;
  let live = false;
  // The suite forgets at times what it learnt of limits, which a real second would forget as well.
  const far = await startDiscord(() => (live ? io.truly() : start + filed * 20_000), 1000);
  const { world } = far;
  const members = Array.from({ length: 60 }, (_, n) => world.addUser(`member${n}`));
  const member = (n: number): FarUser => members[n % members.length] ?? world.tomas;
  const open: string[] = [];

  function publish(count: number): void {
    live = false;
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      const user = member(filed);
      const content = `Offence ${filed}`;
      // The first are messages of members of their own, so that what is done to one says nothing of another.
      if (filed > 20 && filed % 7 === 0) {
        const { entries } = world.trigger(user, { content, blocks: true, alerts: false });
        open.push(entries[0] ?? '');
      } else {
        const { alert } = world.trigger(user, { content, channel: world.thread.id, blocks: filed > 20 && filed % 3 === 0, profile: filed <= 20 && filed > 12, timesOut: filed > 20 && filed % 9 === 0 });
        open.push(alert ?? '');
      }
      if (filed % 10 === 0) world.write(world.alerts.id, world.tomas.id, 'I take this one');
    }
    live = true;
  }
  publish(reports);
  return {
    values: { url: far.server.origin, guild: GUILD, marks: true },
    secrets: { token: TOKEN },
    server: far.server,
    publish,
    open: () => open,
    actions: () => far.deeds,
    handle(subject) {
      const user = world.users.get(subject.type === 'member' ? subject.remoteId : subject.authorId ?? '');
      if (user === undefined) throw new Error('nobody to time out');
      world.timeOut(world.tomas, user, io.truly() + 7 * 86_400_000);
      return '@tomas';
    },
    close: far.close,
  };
}

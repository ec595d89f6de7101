import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { PASSWORD, startMailman, USER } from './server.ts';

/** The scripted core as the conformance suite wants it: two lists, most of what waits held messages, some requests. */
export async function startFar({ reports, io }: { readonly reports: number; readonly io: TestIo }): Promise<FarPlatform> {
  let filed = 0;
  let start = io.truly() - reports * 1000;
  const { world, server, close } = await startMailman(() => start + filed * 1000);
  const lists = [world.addList('ant', { description: 'About ants', info: 'Be kind.' }).id, world.addList('bee').id];

  function publish(count: number): void {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      const list = lists[filed % 7 === 0 ? 1 : 0] ?? '';
      if (filed % 25 === 1) world.ask(list, `asker${filed}@example.org`, { name: filed % 50 === 1 ? `Asker ${filed}` : '' });
      else if (filed % 60 === 2) {
        world.join(list, `leaver${filed}@example.org`);
        world.ask(list, `leaver${filed}@example.org`, { type: 'unsubscription' });
      } else world.hold(list, { sender: `sender${filed % 40}@example.org`, subject: `Message ${filed}` });
    }
  }
  publish(reports);
  return {
    values: { url: server.origin, user: USER },
    secrets: { password: PASSWORD },
    server,
    publish,
    open: () => [
      ...world.held.map(({ list, id, at }) => `${list}/${id}@${new Date(at).toISOString().slice(0, -1)}123`),
      ...world.requests.map(({ list, token }) => `${list}/${token}`),
    ],
    actions: () => world.deeds,
    handle(subject) {
      start = io.truly() - filed * 1000;
      const one = world.held.find(({ list, id }) => list === subject.extra['list'] && String(id) === subject.extra['held']);
      if (one !== undefined) world.handle(one, 'discard');
      return null;
    },
    close,
  };
}

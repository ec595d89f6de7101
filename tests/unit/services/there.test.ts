import { expect, test } from 'vitest';
import type { Connector, RemoteMember } from '../../../src-main/connectors/connector.ts';
import { reportsOfItem } from '../../../src-main/store/item-details.ts';
import { templatesOf } from '../../../src-main/store/sync-state.ts';
import { makeWorld } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';

test('what a platform says of a reporter, and what its team has written in advance, is kept until it says otherwise', async () => {
  const platform = scriptedPlatform('tidepool');
  platform.publish(1);
  let reports: RemoteMember['reports'] = { made: 12, upheld: 3 };
  let texts = ['Please stop.'];
  const told: Connector = {
    ...platform.connector,
    open(io, values) {
      const session = platform.connector.open(io, values);
      return {
        ...session,
        templates: async () => texts.map((text, at) => ({ remoteId: String(at), name: `Template ${at}`, text, language: null })),
        async context(subject, signal) {
          const found = await session.context(subject, signal);
          const reporter: RemoteMember = { remoteId: 'reporter-0', name: 'Rosa', handle: '@rosa', joinedAt: null, postCount: null, standing: [], url: null };
          return { ...found, members: [...found.members, reports === undefined ? reporter : { ...reporter, reports }] };
        },
      };
    },
  };
  const world = makeWorld([told]);
  try {
    const [n = 0] = world.connect(told);
    const { store } = world.ctx;
    for (let round = 0; round < 10; round += 1) await world.clock.settle();
    const [subject = 0] = world.subjects(n);
    store.db.prepare('UPDATE reports SET reporter = (SELECT id FROM members WHERE remote_id = ?)').run('reporter-0');
    const seen = () => reportsOfItem(store, subject, 10).map(({ madeThere, upheldThere }) => [madeThere, upheldThere]);
    expect(seen()).toEqual([[12, 3]]);
    expect(templatesOf(store, n)).toEqual([{ remoteId: '0', name: 'Template 0', text: 'Please stop.', language: null }]);
    reports = undefined;
    texts = [];
    await world.clock.advance(61 * 60_000);
    world.platforms.contexts.want([subject]);
    for (let round = 0; round < 10; round += 1) await world.clock.settle();
    expect(seen()).toEqual([[12, 3]]);
    expect(templatesOf(store, n)).toEqual([]);
  } finally {
    await world.stop();
  }
});

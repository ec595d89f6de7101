import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { startNodebb, TOKEN } from './server.ts';
import type { ScriptedNodebb } from './server.ts';

/** The scripted forum as the conformance suite wants it: flagged posts and members with several reports each, and a post queue. */
export async function startFar({ reports, io }: { readonly reports: number; readonly io: TestIo }, style: ScriptedNodebb['style']): Promise<FarPlatform> {
  let filed = 0;
  let start = io.truly() - reports * 1000;
  const forum = await startNodebb(() => start + filed * 1000);
  forum.style = style;
  const members = Array.from({ length: 40 }, (_, n) => forum.addUser(`member${n}`));
  const member = (n: number): number => members[n % members.length] ?? 0;
  const named = (name: string): number => [...forum.users.values()].find(({ username }) => username === name)?.uid ?? 0;
  let last: readonly ['post' | 'user', number] = ['user', named('ines')];

  function publish(count: number): void {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      if (filed % 50 === 1) forum.hold(member(filed), `Held ${filed}`);
      else {
        if (filed % 8 === 2) last = filed % 40 === 2 ? ['user', forum.addUser(`new${filed}`)] : ['post', forum.addPost(member(filed), `Post ${filed}`)];
        forum.flag(...last, member(filed + 1), filed % 3 === 0 ? 'Spam' : `Reason ${filed}`);
        const post = forum.posts.get(last[1]);
        if (post !== undefined && filed % 48 === 13) post.deleted = true;
      }
    }
  }
  publish(reports);
  return {
    values: { url: forum.server.origin },
    secrets: { token: TOKEN },
    server: forum.server,
    publish,
    open: () => [
      ...[...forum.flags.values()].filter(({ state }) => state === 'open' || state === 'wip').flatMap(({ id, reports: some }) => some.map(({ uid }) => `${id}:${uid}`)),
      ...forum.queue.map(({ id }) => `queued-${id}`),
    ],
    actions: () => forum.deeds,
    handle(subject) {
      start = io.truly() - filed * 1000;
      forum.setState(Number(subject.extra['flag']), 'resolved', named('tomas'));
      return '@tomas';
    },
    close: forum.close,
  };
}

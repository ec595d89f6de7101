import type { FarPlatform } from '../conformance.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { KEY, startForum } from './server.ts';

/** The scripted forum as the conformance suite wants it: every kind of reviewable, several flags on many posts. */
export async function startDiscourse({ reports, io }: { readonly reports: number; readonly io: TestIo }): Promise<FarPlatform & { readonly forum: Awaited<ReturnType<typeof startForum>> }> {
  // Every report has a moment of its own, before the platform's present.
  let filed = 0;
  let start = io.truly() - reports * 1000;
  const forum = await startForum(() => start + filed);
  const members = Array.from({ length: 40 }, (_, n) => forum.addUser(`member${n}`));
  const member = (n: number): number => members[n % members.length] ?? 0;
  const tomas = [...forum.users.values()].find(({ username }) => username === 'tomas')?.id ?? 0;
  let last = 0;

  function publish(count: number): void {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      if (filed % 50 === 0) forum.holdUser(`new${filed}`);
      else if (filed % 50 === 1) forum.flagChat(member(filed), `Said ${filed}`, member(filed + 1));
      else if (filed % 50 === 2) forum.hold(member(filed), `Held ${filed}`);
      else {
        if (filed % 4 === 0 || last === 0) last = forum.addPost(member(filed), `Post ${filed}`);
        forum.flag(last, member(filed + 1), [3, 4, 8, 77][filed % 4]);
      }
    }
  }
  publish(reports);
  start = io.truly();
  return {
    forum,
    values: { url: forum.server.origin, username: 'ines' },
    secrets: { key: KEY },
    server: forum.server,
    publish,
    open: () => [...forum.reviewables.values()].filter(({ status }) => status === 0).flatMap((one) => one.scores.filter((id) => forum.scores.get(id)?.status === 0)).map(String),
    actions: () => forum.deeds,
    handle(subject) {
      start = io.truly();
      const item = forum.reviewables.get(Number(subject.extra['review']));
      forum.review(item?.id ?? 0, item?.type === 'ReviewableQueuedPost' ? 'approve_post' : 'disagree', tomas);
      return '@tomas';
    },
    close: forum.close,
  };
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { orderOf, rowsIn, startDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const RUNS = 40;
const fuzz = makeAnswerFuzz((input, init) => desk.io.fetch(input, init));
let desk: Desk;
let reported: ReadonlyMap<string, RemoteSubject>;

const open = () => desk.open({}, fuzz.fetch);
/** Addresses that end so, whatever is asked for there. */
const at = (path: string): RegExp => new RegExp(`${path}(?:\\?|$)`);

describe.each(['v3', 'v4'] as const)('answers of %s with something wrong in them', (version) => {
  beforeAll(async () => {
    desk = await startDesk(version);
    const { world, me, ines } = desk.far;
    const piet = world.person('piet');
    for (let n = 0; n < 4; n += 1) {
      const post = world.post(piet, `Post ${n}`);
      world.report(ines, { kind: 'post', it: post });
      world.report(ines, { kind: 'comment', it: world.comment(piet, `Comment ${n}`, post) });
    }
    world.report(ines, { kind: 'private_message', it: world.message(piet, me, 'Hm') });
    world.note('mod_lock_post', ines, piet, null, false, 'Calm down');
    world.note('mod_ban_from_community', ines, piet, null, false, 'Again', 1000);
    reported = rowsIn(await desk.pull(desk.open())).subjects;
  });
  afterAll(() => desk.far.close());

  test.each(['/report/list', '/site', '/login'])('%s: no report is lost', async (path) => {
    await fuzz.losesNothing(at(path), RUNS, () => desk.open({ 'sign-in': '' }, fuzz.fetch), () => desk.far.world.open().map(({ id, about }) => `${about.kind}/${id}`));
  });

  test.each(['/post', '/comment', '/comment/list', '/modlog', version === 'v3' ? '/user' : '/person/content', '/report/list'])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...reported.values()];
    await fuzz.check(at(path), RUNS, (spoilt, which) => spoilt(() => open().context(oneOf(subjects, which), desk.signal)));
  });

  test.each(['/post/lock', '/post', '/report/list'])('%s: an order ends as it should, whatever is answered first', async (path) => {
    const [post] = desk.far.world.posts;
    await fuzz.check(at(path), RUNS, async (spoilt) => {
      if (post !== undefined) post.locked = false;
      const order = orderOf(desk.io, reported.get('post/1'), { verb: 'lock', force: true });
      await spoilt(() => open().deliver(order, desk.signal));
      expect(['done', 'already']).toContain((await desk.open().deliver(order, desk.signal)).kind);
      expect(post?.locked).toBe(true);
    });
  });

  test('/report/resolve: reports are closed, whatever is answered first', async () => {
    const about = desk.far.world.about('post', 1);
    await fuzz.check(at('/report/resolve'), RUNS, async (spoilt) => {
      for (const report of about) report.resolved = false;
      const order = orderOf(desk.io, reported.get('post/1'), { verb: 'dismiss', force: true });
      await spoilt(() => open().deliver(order, desk.signal));
      expect(['done', 'already']).toContain((await desk.open().deliver(order, desk.signal)).kind);
      expect(about.map(({ resolved }) => resolved)).toEqual([true]);
    });
  });

  test.each(['/private_message', version === 'v3' ? '/private_message/list' : '/account/notification/list'])('%s: a message is sent once', async (path) => {
    const { messages } = desk.far.world;
    await fuzz.check(at(path), RUNS, async (spoilt, which) => {
      const before = messages.length;
      const order = orderOf(desk.io, reported.get('post/1'), { verb: 'message', message: `Please ${which} ${before}`, force: true });
      await spoilt(() => open().deliver(order, desk.signal));
      await desk.open().deliver(order, desk.signal);
      expect(messages.length - before).toBe(1);
    });
  });
});

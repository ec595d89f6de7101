import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { orderOf, rowsIn, startDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const RUNS = 40;
/** A number would be another report's, another video's. */
const fuzz = makeAnswerFuzz((input, init) => desk.io.fetch(input, init), ['something_new']);
let desk: Desk;
let reported: ReadonlyMap<string, RemoteSubject>;

const open = (secrets: Readonly<Record<string, string>> = {}): Session => desk.open(secrets, fuzz.fetch);
/** Addresses that end so, whatever is asked for there. */
const at = (path: string): RegExp => new RegExp(`${path}(?:\\?|$)`);

beforeAll(async () => {
  desk = await startDesk();
  const { world } = desk.far;
  const [piet, mara] = [world.account('piet'), world.account('mara')];
  for (let n = 0; n < 4; n += 1) {
    const video = world.video(piet, `Video ${n}`);
    world.report(mara, { video }, 'Adverts', ['spamOrMisleading']);
    world.report(mara, { comment: world.comment(piet, `Comment ${n}`, video) });
  }
  const about = world.report(mara, { account: piet });
  about.messages.push({ id: 1, text: 'Thank you', by: mara, byModerator: false, at: desk.io.now() });
  reported = rowsIn(await desk.pull(desk.open())).subjects;
});
afterAll(() => desk.far.close());

describe('answers with something wrong in them', () => {
  test.each(['/abuses', '/users/token', '/oauth-clients/local'])('%s: no report is lost, and only ConnectorError is thrown', async (path) => {
    await fuzz.losesNothing(at(path), RUNS, () => open({ 'sign-in': '' }), () => desk.far.world.abuses.filter(({ state }) => state === 1).map(({ id }) => String(id)));
  });

  test.each(['/abuses', '/messages', '/videos/1', '/comment-threads', '/comment-threads/1', '/accounts/piet%40127.0.0.1', '/videos', '/config/about', '/users/me'])('%s: a context comes as far as it can', async (path) => {
    const here = open();
    const subjects = [...reported.values()];
    // In turn: some addresses are asked for about one subject alone, which chance may leave out.
    let turn = 0;
    await fuzz.check(at(path), 25, async (spoilt) => {
      const subject = oneOf(subjects, turn);
      turn += 1;
      await spoilt(() => here.context(subject, desk.signal));
      await spoilt(() => here.guidelines(desk.signal));
      await spoilt(() => here.verify(desk.signal));
    });
  });

  test.each(['/videos/1', '/abuses'])('%s: an order ends as it should, whatever is answered first', async (path) => {
    const [video] = desk.far.world.videos;
    await fuzz.check(at(path), RUNS, async (spoilt) => {
      if (video !== undefined) video.blacklisted = false;
      const order = orderOf(desk.io, reported.get('post 1'), { force: true });
      await spoilt(() => open().deliver(order, desk.signal));
      expect(['done', 'already']).toContain((await desk.open().deliver(order, desk.signal)).kind);
      expect(video?.blacklisted).toBe(true);
    });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import { pullerOf, signal } from '../../support/connector-desk.ts';
import { openDesk } from '../../support/mailman/desk.ts';
import type { Desk } from '../../support/mailman/desk.ts';
import { PASSWORD, startMailman, USER } from './server.ts';
import type { ScriptedMailman } from './server.ts';

const fuzz = makeAnswerFuzz();
const RUNS = 80;
let far: ScriptedMailman;
let desk: Desk;
let ant: string;

function open(): Session {
  return mailman.open({ ...desk.io, fetch: fuzz.fetch }, { url: far.server.origin, user: USER });
}

beforeAll(async () => {
  let now = Date.UTC(2026, 10, 21, 9);
  far = await startMailman(() => {
    now += 1000;
    return now;
  });
  ant = far.world.addList('ant', { info: 'Be kind.' }).id;
  for (let n = 0; n < 23; n += 1) far.world.hold(ant);
  far.world.ask(ant, 'anne@example.org', { name: 'Anne' });
  far.world.ask(ant, 'olle@example.org', { type: 'unsubscription' });
  desk = openDesk({ values: { url: far.server.origin, user: USER }, password: PASSWORD });
  await desk.pull();
});
afterAll(() => far.close());

describe('answers with something wrong in them', () => {
  test.each([/held\?/, /requests\?/, /lists\?/, /held\/count/])('%s: no report is lost', async (path) => {
    await fuzz.losesNothing(path, 60, open, () => [...desk.reports.keys()]);
  });

  test('what was brought half under another name is closed when it can be read', async () => {
    await fuzz.check(/held\?/, 60, async (spoilt) => {
      const left = new Set<string>();
      const pull = pullerOf(open(), ({ reports, resolutions }) => {
        for (const { remoteId } of reports) left.add(remoteId);
        for (const { subject } of resolutions) left.delete(subject.remoteId);
      });
      await spoilt(pull);
      for (let times = 0; times < 2; times += 1) await pull();
      expect([...left].toSorted()).toEqual([...desk.reports.keys()].toSorted());
    });
  });

  test.each([/held\/\d/, /held\?/, /requests\/\w/, /addresses/, /members\/find/, /bans\//])('%s: a context comes as far as it can', async (path) => {
    const subjects = [...desk.subjects.values()];
    await fuzz.check(path, RUNS, (spoilt, which) => spoilt(() => open().context(oneOf(subjects, which), signal)));
  });

  test.each([/versions/, /lists\?/, /config/])('%s: signing in and the rules say what is wrong', async (path) => {
    await fuzz.check(path, RUNS, async (spoilt) => {
      await spoilt(() => open().verify(signal));
      await spoilt(() => open().guidelines(signal));
    });
  });

  test.each([[/held\/\d/, 'dismiss'], [/nonmember\//, 'mute'], [/bans/, 'suspend']] as const)('%s: %s is carried out at most once', async (path, verb) => {
    await fuzz.check(path, 60, async (spoilt, n) => {
      const sender = `someone${n}@example.org`;
      const one = far.world.hold(ant, { subject: 'To decide', sender });
      const session = open();
      const order = {
        ...desk.order(verb, 'Held 1'), force: true,
        subject: { type: 'post' as const, remoteId: `${ant}/${one.id}@${new Date(one.at).toISOString().slice(0, -1)}123`, authorId: sender, extra: { list: ant, held: String(one.id) } },
      };
      const before = far.world.deeds;
      await spoilt(() => session.deliver(order, signal));
      expect(['done', 'already']).toContain((await session.deliver(order, signal)).kind);
      expect(far.world.deeds - before).toBe(1);
      if (far.world.held.includes(one)) far.world.handle(one, 'discard');
      for (const bans of far.world.bans.values()) bans.delete(sender);
      for (const member of far.world.memberships) member.action = null;
    });
  });
});

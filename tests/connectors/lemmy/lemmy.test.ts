import { afterEach, describe, expect, test } from 'vitest';
import { lemmy } from '../../../src-main/connectors/lemmy/lemmy.ts';
import type { Order } from '../../../src-main/connectors/connector.ts';
import { LOST } from '../../support/wire-faults.ts';
import { orderOf, rowsIn, startDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Version } from './render.ts';

const LONG = 10 * 60_000;
let desk: Desk;
afterEach(() => desk.far.close());

async function start(version: Version): Promise<Desk['far']['world']> {
  desk = await startDesk(version);
  return desk.far.world;
}

/** Takes back what closed the only report about a thing. */
function backOf(order: Order): Order {
  return { ...order, id: `${order.id}-back`, reverse: true, reverses: { orderId: order.id, remoteId: order.subject.remoteId } };
}

describe.each(['v3', 'v4'] as const)('Lemmy by %s', (version) => {
  test('a post and a comment with the same numbers stay apart', async () => {
    const world = await start(version);
    const [piet, mara] = [world.person('piet'), world.person('mara')];
    const post = world.post(piet, 'Cheap watches', 'Buy');
    world.report(mara, { kind: 'post', it: post });
    world.report(mara, { kind: 'comment', it: world.comment(piet, 'Rude', post) }, 'harassment');
    const { reports, subjects } = rowsIn(await desk.pull(desk.open()));
    expect([...reports.values()].map(({ remoteId, subject, category }) => [remoteId, subject.remoteId, category])).toEqual([['post/1', 'post/1', 'spam'], ['comment/1', 'comment/1', 'harassment']]);
    expect([...subjects.values()].map(({ text, place }) => [text, place])).toEqual([['Cheap watches\n\nBuy', '!main@far.example'], ['Rude', '!main@far.example']]);
  });

  test('removing closes the reports by itself; taking it back restores, then opens them again', async () => {
    const world = await start(version);
    const post = world.post(world.person('piet'), 'Cheap watches');
    const about = [world.report(world.person('mara'), { kind: 'post', it: post }), world.report(world.person('juno'), { kind: 'post', it: post })];
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    const order = orderOf(desk.io, subjects.get('post/1'), {});
    expect(await here.deliver(order, desk.signal)).toEqual({ kind: 'done', remoteId: 'post/1 post/2', said: 'removed · reports 1, 2' });
    expect([post.removed, ...about.map(({ resolved }) => resolved), world.actions()]).toEqual([true, true, true, 1]);
    expect(await desk.open().deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: 'post/1 post/2' } }, desk.signal)).toMatchObject({ kind: 'done' });
    expect([post.removed, ...about.map(({ resolved }) => resolved)]).toEqual([false, false, false]);
  });

  test('taking back a removal and a ban of one decision, the ban first, leaves no report closed by the restoring', async () => {
    const world = await start(version);
    const post = world.post(world.person('piet'), 'Cheap watches');
    const report = world.report(world.person('mara'), { kind: 'post', it: post });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    const [remove, suspend] = [orderOf(desk.io, subjects.get('post/1'), { id: 'remove' }), orderOf(desk.io, subjects.get('post/1'), { id: 'suspend', verb: 'suspend' })];
    expect(await here.deliver(remove, desk.signal)).toMatchObject({ kind: 'done', remoteId: 'post/1' });
    expect(await here.deliver(suspend, desk.signal)).toMatchObject({ kind: 'done', remoteId: null });
    expect(await here.deliver({ ...suspend, id: 'suspend-back', reverse: true, reverses: { orderId: 'suspend', remoteId: null } }, desk.signal)).toMatchObject({ kind: 'done' });
    expect(await here.deliver(backOf(remove), desk.signal)).toMatchObject({ kind: 'done', said: 'taken back: removed · report 1' });
    expect([post.removed, report.resolved]).toEqual([false, false]);
  });

  test('who did what stands there already is told by the log, not by who closed the reports', async () => {
    const world = await start(version);
    const piet = world.person('piet');
    world.report(world.person('mara'), { kind: 'post', it: world.post(piet, 'Cheap watches') });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    piet.banned = true;
    world.note('admin_ban', desk.far.ines, piet, null, false, 'Adverts');
    expect(await here.deliver(orderOf(desk.io, subjects.get('post/1'), { id: 'remove' }), desk.signal)).toMatchObject({ kind: 'done' });
    expect(await here.deliver(orderOf(desk.io, subjects.get('post/1'), { id: 'suspend', verb: 'suspend' }), desk.signal)).toMatchObject({ kind: 'already', by: '@ines@far.example', what: 'banned from the instance' });
  });

  test('what another moderator closed, or an admin purged, is found by the next look at the open ones', async () => {
    const world = await start(version);
    const [piet, mara] = [world.person('piet'), world.person('mara')];
    const comment = world.comment(piet, 'Rude', world.post(piet, 'First'));
    const closed = world.report(mara, { kind: 'comment', it: comment });
    world.report(mara, { kind: 'post', it: world.post(piet, 'Second') });
    for (let n = 0; n < 70; n += 1) world.report(mara, { kind: 'post', it: world.post(piet, `More ${n}`) });
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    world.resolve(closed, desk.far.ines);
    const [purged] = world.reports.splice(1, 1);
    desk.io.pass(LONG);
    const { resolutions, reports } = rowsIn(await desk.pull(here, first.cursor));
    expect(resolutions.map(({ subject, by, what, closes }) => [subject.remoteId, by, what, closes])).toEqual(expect.arrayContaining([
      ['comment/1', '@ines@far.example', 'resolved', true], [`post/${purged?.about.it.id}`, null, 'report gone', true],
    ]));
    expect(reports.get('comment/1')?.open).toBe(false);
  });

  test('a first reading that stopped goes on where the report that it stopped at was purged meanwhile', async () => {
    const world = await start(version);
    const [piet, mara] = [world.person('piet'), world.person('mara')];
    for (let n = 0; n < 120; n += 1) world.report(mara, { kind: 'post', it: world.post(piet, `Post ${n}`) });
    let cursor: string | null = null;
    const found = new Set<string>();
    for await (const batch of desk.open().pull(null, desk.signal)) {
      ({ cursor } = batch);
      for (const { remoteId } of batch.reports) found.add(remoteId);
      break;
    }
    const [purged] = world.reports.splice(49, 1);
    for (const { remoteId } of rowsIn(await desk.pull(desk.open(), cursor)).reports.values()) found.add(remoteId);
    expect([found.size, found.has(`post/${purged?.id}`)]).toEqual([120, true]);
  });

  test('a limit without a time is waited out, and not taken for a refusal', async () => {
    const world = await start(version);
    world.report(world.person('mara'), { kind: 'post', it: world.post(world.person('piet'), 'First') });
    const here = desk.open();
    await here.verify(desk.signal);
    desk.far.setup.limit = 0;
    await expect(desk.pull(here)).rejects.toMatchObject({ name: 'ConnectorError', kind: 'rate-limited' });
    desk.far.setup.limit = 1000;
    desk.io.pass(LONG);
    expect(rowsIn(await desk.pull(here)).reports.size).toBe(1);
  });

  test('says what a sign-in lacks', async () => {
    await start(version);
    const { setup } = desk.far;
    await expect(desk.open({ password: 'wrong' }).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('password is not right') });
    setup.totp = '123456';
    await expect(desk.open({ password: setup.password }).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('authenticator') });
    expect((await desk.open({ totp: '123456' }).verify(desk.signal)).name).toMatch(/^@rosa@/);
    setup.tokens.clear();
    await expect(desk.open({ jwt: 'stale' }).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('new token') });
    setup.tokens.add('given');
    expect((await desk.open({ jwt: 'given' }).verify(desk.signal)).missing).toEqual([]);
  });

  test('a session that ended there is opened anew with the password, also after a restart', async () => {
    const world = await start(version);
    world.report(desk.far.ines, { kind: 'post', it: world.post(world.person('piet'), 'First') });
    const first = rowsIn(await desk.pull(desk.open()));
    desk.far.setup.tokens.clear();
    const here = desk.open();
    expect((await here.verify(desk.signal)).name).toMatch(/^@rosa@/);
    desk.far.setup.tokens.clear();
    expect(await here.deliver(orderOf(desk.io, first.subjects.get('post/1'), {}), desk.signal)).toMatchObject({ kind: 'done' });
    desk.far.setup.tokens.clear();
    desk.far.setup.password = 'another';
    await expect(desk.open().verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('password is not right') });
  });

  test('a sign-in that answers its token alone is one', async () => {
    await start(version);
    desk.far.setup.tokens.add('alone');
    const here = desk.open({}, async (input, init) => (String(input).endsWith('/login') ? Response.json({ jwt: 'alone' }) : desk.io.fetch(input, init)));
    expect((await here.verify(desk.signal)).name).toMatch(/^@rosa@/);
  });

  test('the session of one account does not serve another that is named instead', async () => {
    await start(version);
    await desk.open().verify(desk.signal);
    const other = lemmy.open(desk.io, { server: desk.far.server.origin, username: 'ines' });
    await expect(other.verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('user name or the password') });
    expect((await desk.open().verify(desk.signal)).name).toMatch(/^@rosa@/);
  });

  test('a token that was given for one account does not serve another that is named with its password', async () => {
    await start(version);
    desk.far.setup.tokens.add('given');
    expect((await desk.open({ jwt: 'given' }).verify(desk.signal)).name).toMatch(/^@rosa@/);
    const values = { server: desk.far.server.origin, username: 'ines' };
    await expect(lemmy.open(desk.io, values).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('user name or the password') });
    desk.io.use(values, { jwt: 'given anew' });
    desk.far.setup.tokens.add('given anew');
    await expect(lemmy.open(desk.io, values).verify(desk.signal)).resolves.toMatchObject({ missing: [] });
    expect((await desk.open({ jwt: 'given' }).verify(desk.signal)).name).toMatch(/^@rosa@/);
  });

  test('a moderator of a community sees its reports, and is told what only admins can', async () => {
    const world = await start(version);
    const piet = world.person('piet');
    desk.far.setup.admin = false;
    world.report(desk.far.ines, { kind: 'post', it: world.post(piet, 'Here') });
    world.report(desk.far.ines, { kind: 'post', it: world.post(piet, 'Elsewhere', '', world.community('side')) });
    world.report(desk.far.ines, { kind: 'private_message', it: world.message(piet, desk.far.me, 'Hm') });
    const here = desk.open();
    const { scopes, missing, capabilities } = await here.verify(desk.signal);
    expect({ scopes, missing, suspend: capabilities.post?.suspend, mute: capabilities.post?.mute?.can }).toMatchObject({ scopes: ['moderator'], missing: [], suspend: { can: false, why: expect.stringContaining('admin') }, mute: true });
    expect([...rowsIn(await desk.pull(here)).reports.keys()]).toEqual(['post/1']);
    desk.far.setup.moderates = [];
    expect((await desk.open().verify(desk.signal)).missing).toEqual([expect.stringContaining('neither an admin')]);
  });

  test('a ban ends when it should by the instance\'s clock, whatever this machine\'s says', async () => {
    const world = await start(version);
    const piet = world.person('piet');
    world.report(desk.far.ines, { kind: 'post', it: world.post(piet, 'First') });
    desk.io.skew(-3 * 86_400_000);
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    expect(await here.deliver(orderOf(desk.io, subjects.get('post/1'), { verb: 'suspend', durationMs: 86_400_000 }), desk.signal)).toMatchObject({ kind: 'done', said: 'banned from the instance · report 1' });
    expect(Math.abs((piet.banExpires ?? 0) - desk.io.truly() - 86_400_000)).toBeLessThan(2000);
  });

  test('a ban that a colleague gave is theirs to end: taking ours back asks first', async () => {
    const world = await start(version);
    const piet = world.person('piet');
    const post = world.post(piet, 'First');
    world.report(world.person('mara'), { kind: 'post', it: post });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    piet.banned = true;
    world.note('admin_ban', desk.far.ines, piet, null, false, 'rude');
    const order = orderOf(desk.io, subjects.get('post/1'), { verb: 'suspend' });
    expect(await here.deliver(order, desk.signal)).toMatchObject({ kind: 'done' });
    const back = { ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: 'post/1' } };
    expect(await here.deliver(back, desk.signal)).toEqual({ kind: 'conflict', by: '@ines@far.example', what: 'banned from the instance', at: expect.any(Number) });
    expect([piet.banned, world.open().length]).toEqual([true, 0]);
    expect(await here.deliver({ ...back, force: true }, desk.signal)).toMatchObject({ kind: 'done' });
    expect([piet.banned, world.open().length]).toEqual([false, 1]);
    const mute = orderOf(desk.io, subjects.get('post/1'), { verb: 'mute' });
    expect(await here.deliver(mute, desk.signal)).toMatchObject({ kind: 'done' });
    expect(await here.deliver({ ...mute, id: 'one more', reverse: true, reverses: { orderId: mute.id, remoteId: 'post/1' } }, desk.signal)).toMatchObject({ kind: 'done' });
    expect(post.community.banned.size).toBe(0);
  });

  test('what a colleague removed or locked is theirs to take back, be it before ours or again since', async () => {
    const world = await start(version);
    const [piet, mara] = [world.person('piet'), world.person('mara')];
    const post = world.post(piet, 'First');
    const comment = world.comment(piet, 'Rude', world.post(piet, 'Second'));
    world.report(mara, { kind: 'post', it: post });
    world.report(mara, { kind: 'comment', it: comment });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    const theirs = { kind: 'conflict', by: '@ines@far.example', at: expect.any(Number) };

    const remove = orderOf(desk.io, subjects.get('post/1'), { verb: 'remove' });
    expect(await here.deliver(remove, desk.signal)).toMatchObject({ kind: 'done' });
    world.remove({ kind: 'post', it: post }, desk.far.ines, false, 'not so bad');
    world.remove({ kind: 'post', it: post }, desk.far.ines, true, 'with the ban', true);
    expect(await here.deliver(backOf(remove), desk.signal)).toEqual({ ...theirs, what: 'removed' });
    expect(post.removed).toBe(true);
    expect(await here.deliver({ ...backOf(remove), force: true }, desk.signal)).toMatchObject({ kind: 'done' });
    expect(post.removed).toBe(false);

    const locked = version === 'v3' ? comment.post : comment;
    locked.locked = true;
    if (version === 'v3') world.note('mod_lock_post', desk.far.ines, piet, { kind: 'post', it: comment.post }, false, 'calm down');
    else world.note('mod_lock_comment', desk.far.ines, piet, { kind: 'comment', it: comment }, false, 'calm down');
    const lock = orderOf(desk.io, subjects.get('comment/1'), { verb: 'lock' });
    expect(await here.deliver(lock, desk.signal)).toMatchObject({ kind: 'done' });
    expect(await here.deliver(backOf(lock), desk.signal)).toEqual({ ...theirs, what: version === 'v3' ? 'thread locked' : 'locked' });
    expect(locked.locked).toBe(true);
  });

  test('what was never removed is not removed by taking its restoring back: only its reports are opened again', async () => {
    const world = await start(version);
    const [post, removed] = [world.post(world.person('piet'), 'Fine watches'), world.post(world.person('piet'), 'Cheap watches')];
    removed.removed = true;
    const about = [post, removed].map((it) => world.report(world.person('mara'), { kind: 'post', it }));
    const { subjects } = rowsIn(await desk.pull(desk.open()));
    for (const id of ['post/1', 'post/2']) {
      const order = { ...orderOf(desk.io, subjects.get(id), {}), verb: 'restore' as const, id: `restores ${id}` };
      // What an earlier try did whose answer was lost is its own.
      const heal = desk.far.server.plan({ fault: LOST, route: `POST /api/${version}/post/remove`, times: 1, afterwards: true });
      await desk.open().deliver(order, desk.signal).catch(() => undefined);
      heal();
      const first = await desk.open().deliver(order, desk.signal);
      const reverses = { orderId: order.id, remoteId: first.kind === 'done' ? first.remoteId : null };
      expect((await desk.open().deliver({ ...order, id: `back ${id}`, reverse: true, reverses }, desk.signal)).kind, id).toBe('done');
    }
    expect([post.removed, removed.removed, ...about.map(({ resolved }) => resolved)]).toEqual([false, true, false, false]);
  });

  test('a dismissal that was cut off between two reports opens both again when it is taken back', async () => {
    const world = await start(version);
    const post = world.post(world.person('piet'), 'Cheap watches');
    const about = ['mara', 'juno'].map((name) => world.report(world.person(name), { kind: 'post', it: post }));
    const { subjects } = rowsIn(await desk.pull(desk.open()));
    const order = orderOf(desk.io, subjects.get('post/1'), { verb: 'dismiss' });
    const heal = desk.far.server.plan({ fault: LOST, route: `PUT /api/${version}/post/report/resolve`, from: 2 });
    await desk.open().deliver(order, desk.signal).catch(() => undefined);
    heal();
    expect(about.map(({ resolved }) => resolved).toSorted()).toEqual([false, true]);
    const done = await desk.open().deliver({ ...order, begunBy: 'itself' }, desk.signal);
    const reverses = { orderId: order.id, remoteId: done.kind === 'done' ? done.remoteId : null };
    expect([done.kind, ...about.map(({ resolved }) => resolved)]).toEqual(['done', true, true]);
    expect(await desk.open().deliver({ ...order, id: 'back', reverse: true, reverses }, desk.signal)).toMatchObject({ kind: 'done' });
    expect(about.map(({ resolved }) => resolved)).toEqual([false, false]);
  });

  test('a ban for a time is taken back also when part of it has passed', async () => {
    const world = await start(version);
    const piet = world.person('piet');
    const post = world.post(piet, 'First');
    world.report(world.person('mara'), { kind: 'post', it: post });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    for (const verb of ['suspend', 'mute'] as const) {
      const order = orderOf(desk.io, subjects.get('post/1'), { verb, durationMs: 7 * 86_400_000 });
      expect(await here.deliver(order, desk.signal)).toMatchObject({ kind: 'done' });
      desk.io.pass(86_400_000);
      expect(await here.deliver({ ...order, id: `${verb} back`, reverse: true, reverses: { orderId: order.id, remoteId: 'post/1' } }, desk.signal)).toMatchObject({ kind: 'done' });
    }
    expect([piet.banned, post.community.banned.size]).toEqual([false, 0]);
  });

  test('locks a comment where the instance can, and else its post', async () => {
    const world = await start(version);
    const post = world.post(world.person('piet'), 'First');
    const comment = world.comment(world.person('piet'), 'Rude', post);
    world.report(desk.far.ines, { kind: 'comment', it: comment });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    expect((await here.deliver(orderOf(desk.io, subjects.get('comment/1'), { verb: 'lock' }), desk.signal)).kind).toBe('done');
    expect({ post: post.locked, comment: comment.locked }).toEqual({ post: version === 'v3', comment: version === 'v4' });
  });

  test('a comment that its author deleted is neither removed nor restored there, which is said', async () => {
    const world = await start(version);
    const comment = world.comment(world.person('piet'), 'Rude', world.post(world.person('piet'), 'First'));
    world.report(world.person('mara'), { kind: 'comment', it: comment });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    comment.deleted = true;
    expect(await here.deliver(orderOf(desk.io, subjects.get('comment/1'), {}), desk.signal))
      .toEqual({ kind: 'refused', why: 'Its author deleted the comment, and Lemmy neither removes nor restores such a one. Dismiss the item.' });
    expect(await here.deliver(orderOf(desk.io, subjects.get('comment/1'), { verb: 'dismiss' }), desk.signal)).toMatchObject({ kind: 'done' });
  });

  test('a context has the thread, what was done to the author, and what it said before an edit', async () => {
    const world = await start(version);
    const piet = world.person('piet');
    const post = world.post(piet, 'First');
    const top = world.comment(world.person('mara'), 'Top', post);
    const comment = world.comment(piet, 'Rude', post, top);
    world.comment(world.person('juno'), 'Answer', post, comment);
    world.report(desk.far.ines, { kind: 'comment', it: comment });
    world.remove({ kind: 'post', it: world.post(piet, 'Old') }, desk.far.ines, true, 'Adverts');
    comment.content = 'Kind';
    const here = desk.open();
    const subject = rowsIn(await desk.pull(here)).subjects.get('comment/2');
    if (subject === undefined) throw new Error('nothing came');
    const { before, after, record, subject: now } = await here.context(subject, desk.signal);
    expect([before.map(({ text }) => text), after.map(({ text }) => text), now?.text]).toEqual([['First', 'Top'], ['Answer'], 'Kind']);
    expect(record.map(({ text, by }) => [text, by])).toEqual([['When it was reported, it said: Rude', null], ['post removed: Adverts', '@ines@far.example']]);
  });

  test('rules come from the sidebars of the instance and of the communities', async () => {
    await start(version);
    expect((await desk.open().guidelines(desk.signal)).map(({ remoteId, number, title, body }) => [remoteId, number, title, body])).toEqual([
      ['site#1', '1', 'Be kind', ''], ['site#2', '2', 'No adverts', ''], ['legal', '3', 'Legal information', 'Run by nobody in particular.'],
      ['community/1#1', '4', 'Be kind', '**Be kind**\nAlways.'], ['community/1#2', '5', 'No adverts', ''],
    ]);
  });
});

describe.each(['v3', 'v4'] as const)('a message by %s', (version) => {
  test('whose answer was lost is not sent twice, not even by a new session', async () => {
    const world = await start(version);
    const piet = world.person('piet', 'elsewhere.example');
    world.report(desk.far.ines, { kind: 'post', it: world.post(piet, 'First') });
    const { subjects } = rowsIn(await desk.pull(desk.open()));
    const order = orderOf(desk.io, subjects.get('post/1'), { verb: 'message', message: 'Please read the rules.' });
    const heal = desk.far.server.plan({ fault: { name: 'lost', means: [], send: (response) => void response.socket?.resetAndDestroy() }, route: `POST /api/${version}/private_message`, times: 1, afterwards: true });
    await expect(desk.open().deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    heal();
    expect(await desk.open().deliver(order, desk.signal)).toMatchObject({ kind: 'done', said: 'message to @piet@elsewhere.example · report 1' });
    expect(world.messages.map(({ to, content }) => [to.name, content])).toEqual([['piet', 'Please read the rules.']]);
    expect(await desk.open().deliver({ ...order, id: 'another', reverse: true }, desk.signal)).toMatchObject({ kind: 'refused' });
  });
});

test.each([['the last page, which names no next one', 50], ['one of two pages', 70]])('1.0 with a full page that is %s: every report is brought', async (_which, count) => {
  const world = await start('v4');
  for (let n = 0; n < count; n += 1) world.report(desk.far.ines, { kind: 'post', it: world.post(world.person('piet'), `Post ${n}`) });
  const here = desk.open({}, async (input, init) => {
    const response = await desk.io.fetch(input, init);
    if (!String(input).includes('/report/list') || !String(input).includes('limit=50')) return response;
    const answer = await response.json() as Record<string, unknown>;
    return Response.json({ ...answer, next_page: '' });
  });
  expect(rowsIn(await desk.pull(here)).reports.size).toBe(count);
});

test('a ban by the author\'s own instance is not taken for this instance\'s: suspending bans, and taking it back leaves theirs', async () => {
  const world = await start('v4');
  const piet = world.person('piet', 'elsewhere.example');
  piet.bannedElsewhere = true;
  world.note('admin_ban', world.person('anna', 'elsewhere.example'), piet, null, false, 'rude at home');
  world.report(world.person('mara'), { kind: 'post', it: world.post(piet, 'First') });
  const here = desk.open();
  const { subjects } = rowsIn(await desk.pull(here));
  const order = orderOf(desk.io, subjects.get('post/1'), { verb: 'suspend' });
  expect(await here.deliver(order, desk.signal)).toMatchObject({ kind: 'done' });
  expect(piet.banned).toBe(true);
  expect(await here.deliver(orderOf(desk.io, subjects.get('post/1'), { id: 'again', verb: 'suspend' }), desk.signal)).toMatchObject({ kind: 'already' });
  const back = { ...order, id: 'back', reverse: true, reverses: { orderId: order.id, remoteId: 'post/1' } };
  expect(await here.deliver(back, desk.signal)).toMatchObject({ kind: 'done' });
  expect([piet.banned, piet.bannedElsewhere]).toEqual([false, true]);
  expect(await here.deliver({ ...back, id: 'back again' }, desk.signal)).toMatchObject({ kind: 'already' });
});

test('a next page that leads back to itself ends the list', async () => {
  const world = await start('v4');
  const [first] = [0, 1, 2].map((n) => world.report(desk.far.ines, { kind: 'post', it: world.post(world.person('piet'), `Post ${n}`) }));
  const here = desk.open({}, async (input, init) => {
    const response = await desk.io.fetch(input, init);
    return String(input).includes('/report/list') ? Response.json({ ...await response.json() as Record<string, unknown>, next_page: `P${first?.made.toString(36)}` }) : response;
  });
  expect(rowsIn(await desk.pull(here)).reports.size).toBe(3);
});

test('reports that a removal leaves open, as before 0.19.4, are closed after it', async () => {
  const world = await start('v3');
  const post = world.post(world.person('piet'), 'First');
  const report = world.report(desk.far.ines, { kind: 'post', it: post });
  const here = desk.open();
  const { subjects } = rowsIn(await desk.pull(here));
  const heal = desk.far.server.plan({ route: 'POST /api/v3/post/remove', times: 1, afterwards: true, fault: { name: 'left open', means: ['survives'], send(response, { status, headers, body }) {
    world.resolve(report, desk.far.ines, false);
    response.writeHead(status, headers).end(body);
  } } });
  expect(await here.deliver(orderOf(desk.io, subjects.get('post/1'), {}), desk.signal)).toMatchObject({ kind: 'done' });
  heal();
  expect([post.removed, report.resolved, report.resolver?.name]).toEqual([true, true, 'rosa']);
});

test('an instance that moves from 0.19 to 1.0 loses nothing and closes nothing', async () => {
  const world = await start('v3');
  for (let n = 0; n < 120; n += 1) world.report(world.person('mara'), { kind: 'post', it: world.post(world.person('piet'), `Post ${n}`) });
  const here = desk.open();
  const before = rowsIn(await desk.pull(here));
  desk.far.setup.version = 'v4';
  world.report(world.person('mara'), { kind: 'community', it: world.community('side') });
  await expect(desk.pull(here, before.cursor)).rejects.toMatchObject({ name: 'ConnectorError' });
  const after = rowsIn(await desk.pull(here, before.cursor));
  desk.io.pass(LONG);
  const later = rowsIn(await desk.pull(here, after.cursor));
  expect(after.reports.has('community/1')).toBe(true);
  expect([before.reports.size, ...after.resolutions, ...later.resolutions]).toEqual([120]);
});

test('an order that meets an instance which moved from 0.19 to 1.0 since the last pull is carried out there', async () => {
  const world = await start('v3');
  const post = world.post(world.person('piet'), 'First');
  const report = world.report(world.person('mara'), { kind: 'post', it: post });
  const here = desk.open();
  const { subjects } = rowsIn(await desk.pull(here));
  desk.far.setup.version = 'v4';
  expect(await here.deliver(orderOf(desk.io, subjects.get('post/1'), {}), desk.signal)).toMatchObject({ kind: 'done', said: 'removed · report 1' });
  expect([post.removed, report.resolved]).toEqual([true, true]);
});

test('1.0 warns about nothing that is removed, and locks no removed post: both say so, and a colleague\'s removal is met before', async () => {
  const world = await start('v4');
  const [piet, mara] = [world.person('piet'), world.person('mara')];
  const post = world.post(piet, 'First');
  world.report(mara, { kind: 'post', it: post });
  const here = desk.open();
  const { subjects } = rowsIn(await desk.pull(here));
  world.remove({ kind: 'post', it: post }, desk.far.ines, true, 'No');
  const send = (verb: 'warn' | 'lock', force: boolean) => here.deliver(orderOf(desk.io, subjects.get('post/1'), { verb, force, message: 'Please read the rules.' }), desk.signal);
  expect(await send('warn', false)).toMatchObject({ kind: 'conflict', by: '@ines@far.example', what: 'removed' });
  expect(await send('warn', true)).toEqual({ kind: 'refused', why: 'The post is gone from its community, and Lemmy warns only about what is still there. Write a message instead.' });
  expect(await send('lock', true)).toEqual({ kind: 'refused', why: 'The post is removed, and Lemmy 1.0 locks and unlocks only posts that are not. Restore it first.' });
  expect(world.actions()).toBe(0);
});

test('a report that is opened again keeps no conclusion of ours', async () => {
  const world = await start('v4');
  const report = world.report(world.person('mara'), { kind: 'post', it: world.post(world.person('piet'), 'First') });
  const here = desk.open();
  const { subjects } = rowsIn(await desk.pull(here));
  const order = orderOf(desk.io, subjects.get('post/1'), { verb: 'dismiss', reason: 'Nothing wrong with it' });
  await here.deliver(order, desk.signal);
  expect(report).toMatchObject({ resolved: true, conclusion: 'Nothing wrong with it' });
  await here.deliver(backOf(order), desk.signal);
  expect(report).toMatchObject({ resolved: false, conclusion: null });
});

test('a warning whose answer was lost is not given twice, not even by a new session', async () => {
  const world = await start('v4');
  world.report(desk.far.ines, { kind: 'post', it: world.post(world.person('piet'), 'First') });
  const { subjects } = rowsIn(await desk.pull(desk.open()));
  const order = orderOf(desk.io, subjects.get('post/1'), { verb: 'warn', message: 'Please read the rules.' });
  const heal = desk.far.server.plan({ fault: { name: 'lost', means: [], send: (response) => void response.socket?.resetAndDestroy() }, writes: true, times: 1, afterwards: true });
  await expect(desk.open().deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
  heal();
  expect(await desk.open().deliver(order, desk.signal)).toMatchObject({ kind: 'done', said: 'warned · report 1' });
  expect(world.log.map(({ kind, reason }) => [kind, reason])).toEqual([['mod_warn_post', 'Rule 2 No adverts: Adverts\n\nPlease read the rules.']]);
});

test('a report of which little can be read arrives with that, and is told whole later', async () => {
  const world = await start('v4');
  world.report(desk.far.ines, { kind: 'comment', it: world.comment(world.person('piet'), 'Rude', world.post(world.person('piet'), 'First')) });
  let bare = true;
  const here = desk.open({}, async (input, init) => {
    const response = await desk.io.fetch(input, init);
    return bare && String(input).includes('/report/list') ? Response.json({ items: [{ type_: 'comment', comment_report: { id: 1, original_comment_text: 'Rude' } }] }) : response;
  });
  const first = rowsIn(await desk.pull(here));
  expect([first.reports.get('comment/1')?.open, [...first.subjects.values()].map(({ text }) => text)]).toEqual([true, ['Rude']]);
  bare = false;
  desk.io.pass(LONG);
  expect(rowsIn(await desk.pull(here, first.cursor)).reports.get('comment/1')?.subject.remoteId).toBe('comment/1');
});

test('a kind of report that is not known yet arrives all the same, and is left to the instance', async () => {
  await start('v4');
  const row = { type_: 'multi_community', multi_community_report: { id: 7, reason: 'Odd', resolved: false, published_at: '2026-11-21T08:00:00.000000Z' }, creator: { id: 2, name: 'mara' } };
  const here = desk.open({}, async (input, init) => {
    const response = await desk.io.fetch(input, init);
    return String(input).includes('/report/list') ? Response.json({ items: [row] }) : response;
  });
  const { reports, subjects } = rowsIn(await desk.pull(here));
  expect(reports.get('multi_community/7')).toMatchObject({ comment: 'Odd', open: true, subject: { remoteId: 'multi_community-report/7' } });
  expect(await here.deliver(orderOf(desk.io, subjects.get('multi_community-report/7'), {}), desk.signal)).toMatchObject({ kind: 'refused' });
});

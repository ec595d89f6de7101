import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../../src-main/connectors/connector.ts';
import { LOST } from '../../support/wire-faults.ts';
import { orderOf, rowsIn, startDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { peertube } from '../../../src-main/connectors/peertube/peertube.ts';
import { PASSWORD, startFarServer } from './server.ts';

const LONG = 10 * 60_000;
let desk: Desk;
let world: Desk['far']['world'];
beforeEach(async () => {
  desk = await startDesk();
  ({ world } = desk.far);
});
afterEach(() => desk.far.close());

describe('signing in', () => {
  test('says what it lacks', async () => {
    const { setup } = desk.far;
    await expect(desk.open({ password: 'wrong' }).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('password is not right') });
    setup.otp = '123456';
    await expect(desk.open({ password: PASSWORD }).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('authenticator') });
    await expect(desk.open({ otp: '000000' }).verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('not accepted') });
    expect(await desk.open({ otp: '123456' }).verify(desk.signal)).toMatchObject({ scopes: ['moderator'], missing: [] } satisfies Partial<Account>);
  });

  test('is renewed by the refresh token when it ends, without the one-time code', async () => {
    desk.far.setup.otp = '123456';
    const here = desk.open({ otp: '123456' });
    await here.verify(desk.signal);
    desk.far.setup.access = 'another now';
    desk.io.secrets.delete('otp');
    expect((await here.verify(desk.signal)).name).toMatch(/^@rosa@/);
    expect([desk.far.setup.issued, desk.far.server.requests.filter(({ path }) => path.startsWith('/api/v1/oauth-clients')).length]).toEqual([2, 1]);
  });

  test('many requests at once that find the session ended share one renewal', async () => {
    const here = desk.open();
    await here.verify(desk.signal);
    desk.far.setup.access = 'another now';
    await Promise.all([here.verify(desk.signal), here.guidelines(desk.signal), here.verify(desk.signal)]);
    expect(desk.far.setup.issued).toBe(2);
  });

  test('with the password again where the refresh token ended too', async () => {
    await desk.open().verify(desk.signal);
    Object.assign(desk.far.setup, { access: 'another now', refresh: 'another too' });
    expect((await desk.open().verify(desk.signal)).name).toMatch(/^@rosa@/);
  });

  test('the session of one account does not serve another that is named instead', async () => {
    await desk.open().verify(desk.signal);
    const other = peertube.open(desk.io, { server: desk.far.server.origin, username: 'ines' });
    await expect(other.verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('user name or the password') });
    expect((await desk.open().verify(desk.signal)).name).toMatch(/^@rosa@/);
  });

  test('a plain user is told which role is missing and where it is given', async () => {
    desk.far.setup.role = 2;
    const { missing, capabilities } = await desk.open().verify(desk.signal);
    expect([missing, capabilities.post?.remove]).toEqual([[expect.stringContaining('Administration, Users')], { can: false, why: expect.stringContaining('neither a moderator') }]);
  });
});

describe('reports', () => {
  test('of a video, a comment and an account, with reasons that are new and marks in the video', async () => {
    const [piet, mara] = [world.account('piet'), world.account('mara', 'elsewhere.example')];
    const video = world.video(piet, 'Cheap watches');
    world.report(mara, { video }, 'Look', ['violentOrAbusive', 'newReason']);
    world.report(mara, { comment: world.comment(piet, 'Rude', video) }, 'Rude', ['hatefulOrAbusive']);
    world.report(mara, { account: piet });
    const { reports, subjects } = rowsIn(await desk.pull(desk.open()));
    expect([...reports.values()].map(({ subject, category, remoteCategory }) => [subject.type, subject.remoteId, category, remoteCategory])).toEqual([
      ['post', '1', 'violence', 'violentOrAbusive, newReason'], ['message', '1', 'hate', 'hatefulOrAbusive'], ['member', String(piet.id), 'other', null],
    ]);
    expect([...subjects.values()].map(({ text, media }) => [text, media.map(({ url }) => new URL(url).pathname)])).toEqual([['Cheap watches', ['/lazy-static/thumbnails/1.jpg']], ['Rude', []], ['PIET', []]]);
  });

  test('of a comment stay about it when it went with its video, and can be dismissed', async () => {
    const video = world.video(world.account('piet'), 'First');
    const comment = world.comment(world.account('olle'), 'Rude', video);
    const abuse = world.report(world.account('mara'), { comment });
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    video.gone = true;
    desk.io.pass(LONG);
    const { reports, subjects } = rowsIn(await desk.pull(desk.open(), first.cursor));
    expect([...reports.values()].map(({ subject }) => subject)).toEqual([{ type: 'message', remoteId: '1' }]);
    expect([...subjects.values()]).toMatchObject([{ type: 'message', remoteId: '1', text: '', deletedAt: abuse.updated }]);
    expect(await here.deliver(orderOf(desk.io, first.subjects.get('message 1'), { verb: 'dismiss' }), desk.signal)).toMatchObject({ kind: 'done', said: 'rejected · report 1' });
  });

  test('survive the video they are about', async () => {
    const video = world.video(world.account('piet'), 'Gone soon');
    world.report(world.account('mara'), { video });
    video.gone = true;
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    expect(subjects.get('post 1')).toMatchObject({ text: 'Gone soon', deletedAt: expect.any(Number) });
    expect(await here.deliver(orderOf(desk.io, subjects.get('post 1'), {}), desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Dismiss') });
    expect(await here.deliver(orderOf(desk.io, subjects.get('post 1'), { verb: 'dismiss' }), desk.signal)).toMatchObject({ kind: 'done', said: 'rejected · report 1' });
  });

  test('closed by another moderator, or hidden with a muted reporter, are found by the next look at the open ones', async () => {
    const mara = world.account('mara');
    const closed = world.report(mara, { video: world.video(world.account('piet'), 'First') });
    world.report(world.account('olle'), { video: world.video(world.account('piet'), 'Second') });
    const orphan = world.report(world.account('lea'), { video: world.video(world.account('piet'), 'Third') });
    // The news shows the newest only, so that the look at the open ones has something to find.
    for (let n = 0; n < 230; n += 1) world.report(mara, { video: world.video(world.account('tom'), `More ${n}`) });
    desk.io.pass(LONG);
    world.report(mara, { video: world.video(world.account('tom'), 'Newest') });
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    world.set(closed, 3, 'Not with us');
    world.muted.add(world.account('olle'));
    world.set(orphan, 2);
    orphan.orphaned = true;
    desk.io.pass(LONG);
    const { resolutions } = rowsIn(await desk.pull(here, first.cursor));
    expect(resolutions.map(({ subject, by, what, closes }) => [subject.remoteId, by, what, closes])).toEqual([['1', null, 'accepted: Not with us', true], ['2', null, 'report deleted, or its reporter muted', true], ['3', null, 'rejected', true]]);
  });

  test.each([['while it is among the newest', 0], ['once it is not', 230]])('about one video are closed one by one, %s', async (_, more) => {
    const video = world.video(world.account('piet'), 'First');
    const [one, other] = [world.report(world.account('mara'), { video }), world.report(world.account('olle'), { video })];
    for (let n = 0; n < more; n += 1) world.report(world.account('mara'), { account: world.account('tom') });
    desk.io.pass(LONG);
    world.report(world.account('mara'), { account: world.account('tom') });
    const here = desk.open();
    let { cursor } = rowsIn(await desk.pull(here));
    const closings: unknown[] = [];
    for (const [report, state] of [[one, 3], [other, 2]] as const) {
      world.set(report, state);
      desk.io.pass(LONG);
      const next = rowsIn(await desk.pull(here, cursor));
      ({ cursor } = next);
      closings.push(next.resolutions.map(({ subject, what, reportId }) => [subject.remoteId, what, reportId]));
    }
    expect(closings).toEqual([[['1', 'accepted', String(one.id)]], [['1', 'rejected', String(other.id)]]]);
  });

  test('about one video that are closed together are both told', async () => {
    const video = world.video(world.account('piet'), 'First');
    const both = [world.report(world.account('mara'), { video }), world.report(world.account('olle'), { video })];
    const here = desk.open();
    const { cursor } = rowsIn(await desk.pull(here));
    for (const report of both) world.set(report, 3);
    desk.io.pass(LONG);
    expect(rowsIn(await desk.pull(here, cursor)).resolutions.map(({ reportId }) => Number(reportId)).toSorted()).toEqual(both.map(({ id }) => id));
  });

  test('are found among those that nobody is left for who reported them, whatever is asked for', async () => {
    const mara = world.account('mara');
    const closed = world.report(mara, { video: world.video(world.account('piet'), 'First') });
    for (let n = 0; n < 230; n += 1) world.report(mara, { account: world.account('tom') }).orphaned = true;
    desk.io.pass(LONG);
    world.report(mara, { account: world.account('tom') });
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    world.set(closed, 3, 'Not with us');
    desk.io.pass(LONG);
    expect(rowsIn(await desk.pull(here, first.cursor)).resolutions).toMatchObject([{ subject: { remoteId: '1' }, what: 'accepted: Not with us' }]);
  });

  test('are asked for by no more than a hundred at once', async () => {
    for (let n = 0; n < 230; n += 1) world.report(world.account('mara'), { video: world.video(world.account('piet'), `Video ${n}`) });
    const batches = await desk.pull(desk.open());
    expect([rowsIn(batches).reports.size, batches[0]?.total]).toEqual([230, 230]);
  });
});

describe('decisions', () => {
  test('an account of another instance can be muted here, and suspended only there', async () => {
    world.report(world.account('mara'), { account: world.account('piet', 'elsewhere.example') });
    const here = desk.open();
    const subject = [...rowsIn(await desk.pull(here)).subjects.values()][0];
    expect(await here.deliver(orderOf(desk.io, subject, { verb: 'suspend' }), desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringContaining('elsewhere.example') });
    expect(await here.deliver(orderOf(desk.io, subject, { verb: 'mute' }), desk.signal)).toEqual({ kind: 'done', remoteId: '1', said: 'muted @piet@elsewhere.example on the instance · report 1' });
    expect([world.muted.size, world.abuses[0]?.state]).toEqual([1, 3]);
  });

  test('an instance knows its own accounts by the name that it gives itself', async () => {
    const far = await startFarServer(desk.io.truly, 'video.example');
    const values = { server: far.server.origin, username: 'rosa' };
    desk.io.use(values, { password: PASSWORD });
    const here = peertube.open(desk.io, values);
    const piet = far.world.account('piet');
    far.world.report(far.world.account('mara'), { account: piet });
    const subject = [...rowsIn(await desk.pull(here)).subjects.values()][0];
    expect(await here.deliver(orderOf(desk.io, subject, { verb: 'suspend' }), desk.signal)).toMatchObject({ kind: 'done', said: 'suspended @piet@video.example · report 1' });
    expect(piet.user?.blocked).toBe(true);
    await far.close();
  });

  test('a video\'s comments are closed, it is marked as sensitive, and both are taken back', async () => {
    const video = world.video(world.account('piet'), 'First');
    world.report(world.account('mara'), { video });
    const here = desk.open();
    const subject = rowsIn(await desk.pull(here)).subjects.get('post 1');
    const orders = [orderOf(desk.io, subject, { verb: 'lock' }), orderOf(desk.io, subject, { verb: 'label', labels: ['sensitive'] })];
    for (const order of orders) expect(await here.deliver(order, desk.signal)).toMatchObject({ kind: 'done' });
    expect([video.comments, video.nsfw]).toEqual([2, true]);
    for (const order of orders) await here.deliver({ ...order, id: `back of ${order.id}`, reverse: true, reverses: { orderId: order.id, remoteId: null } }, desk.signal);
    expect([video.comments, video.nsfw]).toEqual([1, false]);
  });

  test('comments that waited for approval wait for it again once a video is no longer closed to them', async () => {
    const video = world.video(world.account('piet'), 'First');
    video.comments = 3;
    world.report(world.account('mara'), { video });
    const here = desk.open();
    const order = orderOf(desk.io, rowsIn(await desk.pull(here)).subjects.get('post 1'), { verb: 'lock' });
    const done = await here.deliver(order, desk.signal);
    expect([done.kind, video.comments]).toEqual(['done', 2]);
    const remoteId = done.kind === 'done' ? done.remoteId : null;
    expect(await desk.open().deliver({ ...order, id: 'back', reverse: true, reverses: { orderId: order.id, remoteId } }, desk.signal)).toMatchObject({ kind: 'done', said: 'taken back: comments closed · report 1' });
    expect([video.comments, world.abuses[0]?.state]).toEqual([3, 1]);
  });

  test('what stood there before is not taken back with what only closed the reports, unless a person insists', async () => {
    const video = world.video(world.account('piet'), 'First');
    world.report(world.account('mara'), { video });
    video.blacklisted = true;
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    const order = orderOf(desk.io, subjects.get('post 1'), {});
    const done = await here.deliver(order, desk.signal);
    const back = { ...order, id: 'back', reverse: true, reverses: { orderId: order.id, remoteId: done.kind === 'done' ? done.remoteId : null } };
    expect(await here.deliver(back, desk.signal)).toEqual({ kind: 'conflict', by: null, what: 'video blocked before Docket did it', at: null });
    expect(video.blacklisted).toBe(true);
    expect(await here.deliver({ ...back, force: true }, desk.signal)).toMatchObject({ kind: 'done', remoteId: '1' });
    expect(video.blacklisted).toBe(false);
  });

  test('reports that a colleague closed otherwise since are not opened again by taking the decision back, unless a person insists', async () => {
    const video = world.video(world.account('piet'), 'First');
    const report = world.report(world.account('mara'), { video });
    const here = desk.open();
    const order = orderOf(desk.io, rowsIn(await desk.pull(here)).subjects.get('post 1'), {});
    const done = await here.deliver(order, desk.signal);
    world.set(report, 2, 'Fine');
    const back = { ...order, id: 'back', reverse: true, reverses: { orderId: order.id, remoteId: done.kind === 'done' ? done.remoteId : null } };
    expect(await here.deliver(back, desk.signal)).toEqual({ kind: 'conflict', by: null, what: 'rejected, video blocked: Fine', at: report.updated });
    expect([report.state, video.blacklisted]).toEqual([2, true]);
    expect(await here.deliver({ ...back, force: true }, desk.signal)).toMatchObject({ kind: 'done' });
    expect([report.state, video.blacklisted]).toEqual([1, false]);
  });

  test('a decision that was cut off goes on after a restart as its own: no conflict with itself, and all of it is taken back', async () => {
    const piet = world.account('piet');
    const video = world.video(piet, 'First');
    const about = ['mara', 'juno'].map((name) => world.report(world.account(name), { video }));
    const { subjects } = rowsIn(await desk.pull(desk.open()));
    const remove = orderOf(desk.io, subjects.get('post 1'), {});
    // The video and one of its reports, and then the power was cut.
    const heal = desk.far.server.plan({ fault: LOST, route: 'PUT /api/v1/abuses/:id', from: 2 });
    await desk.open().deliver(remove, desk.signal).catch(() => undefined);
    heal();
    expect([video.blacklisted, ...about.map(({ state }) => state).toSorted()]).toEqual([true, 1, 3]);
    const done = await desk.open().deliver({ ...remove, begunBy: 'itself' }, desk.signal);
    expect([done.kind, ...about.map(({ state }) => state)]).toEqual(['done', 3, 3]);

    const suspend = { ...remove, id: 'suspend', verb: 'suspend' as const };
    expect(await desk.open().deliver(suspend, desk.signal)).toMatchObject({ kind: 'conflict' });
    expect(await desk.open().deliver({ ...suspend, begunBy: 'other' }, desk.signal)).toMatchObject({ kind: 'done' });
    expect(piet.user?.blocked).toBe(true);

    const reverses = { orderId: remove.id, remoteId: done.kind === 'done' ? done.remoteId : null };
    expect(await desk.open().deliver({ ...remove, id: 'back', reverse: true, reverses }, desk.signal)).toMatchObject({ kind: 'done' });
    expect([video.blacklisted, ...about.map(({ state }) => state)]).toEqual([false, 1, 1]);
  });

  test('a video of another instance can only be changed there', async () => {
    const video = world.video(world.account('piet', 'elsewhere.example'), 'First');
    world.report(world.account('mara'), { video });
    const here = desk.open();
    const subject = rowsIn(await desk.pull(here)).subjects.get('post 1');
    expect(await here.deliver(orderOf(desk.io, subject, { verb: 'lock' }), desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringContaining('another instance') });
  });

  test('taking a mute back opens its reports again', async () => {
    const piet = world.account('piet');
    world.report(world.account('mara'), { video: world.video(piet, 'First') });
    const here = desk.open();
    const order = orderOf(desk.io, rowsIn(await desk.pull(here)).subjects.get('post 1'), { verb: 'mute' });
    await here.deliver(order, desk.signal);
    expect(await desk.open().deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: '1' } }, desk.signal)).toMatchObject({ kind: 'done', remoteId: '1' });
    expect([world.muted.size, world.abuses[0]?.state]).toEqual([0, 1]);
  });

  test('what another moderator wrote beside a report stays', async () => {
    const abuse = world.report(world.account('mara'), { video: world.video(world.account('piet'), 'First') });
    abuse.comment = 'Wait for the owner';
    const here = desk.open();
    await here.deliver(orderOf(desk.io, rowsIn(await desk.pull(here)).subjects.get('post 1'), { verb: 'dismiss', reason: 'Owner answered' }), desk.signal);
    expect([abuse.state, abuse.comment]).toEqual([2, 'Wait for the owner\nOwner answered']);
  });

  test('a comment that is gone already is not deleted twice', async () => {
    const comment = world.comment(world.account('piet'), 'Rude', world.video(world.account('piet'), 'First'));
    const abuse = world.report(world.account('mara'), { comment });
    const here = desk.open();
    const { subjects } = rowsIn(await desk.pull(here));
    comment.deleted = true;
    expect(await here.deliver(orderOf(desk.io, subjects.get('message 1'), {}), desk.signal)).toMatchObject({ kind: 'done', said: 'comment deleted · report 1' });
    expect([world.actions(), abuse.state]).toEqual([0, 3]);
  });
});

test('a comment is deleted although the thread hides it with its muted author', async () => {
  const piet = world.account('piet');
  const comment = world.comment(piet, 'Rude', world.video(world.account('olle'), 'First'));
  world.report(world.account('mara'), { comment });
  const here = desk.open();
  const subject = rowsIn(await desk.pull(here)).subjects.get('message 1');
  expect((await here.deliver(orderOf(desk.io, subject, { verb: 'mute' }), desk.signal)).kind).toBe('done');
  expect((await here.deliver(orderOf(desk.io, subject, {}), desk.signal)).kind).toBe('done');
  expect(comment.deleted).toBe(true);
});

test('a message goes once to each reporter of the instance, under their latest report, and closes nothing', async () => {
  const [piet, mara, far] = [world.account('piet'), world.account('mara'), world.account('tomas', 'elsewhere.example')];
  const video = world.video(piet, 'First');
  const [first, latest, remote] = [world.report(mara, { video }), world.report(mara, { video }), world.report(far, { video })];
  const order = orderOf(desk.io, rowsIn(await desk.pull(desk.open())).subjects.get('post 1'), { verb: 'message', message: 'Thank you, we look into it.' });
  const said = `message sent to @mara@${mara.host} (report ${latest.id})`;
  expect(await desk.open().deliver(order, desk.signal)).toEqual({ kind: 'done', remoteId: null, said });
  // After a crash another session sends the same order again.
  expect(await desk.open().deliver(order, desk.signal)).toEqual({ kind: 'done', remoteId: null, said });
  expect([first, latest, remote].map(({ state, messages }) => [state, messages.map(({ text }) => text)])).toEqual([[1, []], [1, ['Thank you, we look into it.']], [1, []]]);
});

test('a message that nobody on the instance would get is refused with why', async () => {
  const video = world.video(world.account('piet'), 'First');
  world.report(world.account('tomas', 'elsewhere.example'), { video });
  const here = desk.open();
  const subject = rowsIn(await desk.pull(here)).subjects.get('post 1');
  expect(await here.deliver(orderOf(desk.io, subject, { verb: 'message', message: 'Thank you.' }), desk.signal)).toEqual({ kind: 'refused', why: expect.stringContaining('its own accounts only') });
});

test('a context has the thread, what was said under the report, and how earlier reports ended', async () => {
  const [piet, mara] = [world.account('piet'), world.account('mara')];
  const video = world.video(piet, 'First');
  const top = world.comment(mara, 'Top', video);
  const comment = world.comment(piet, 'Rude', video, top);
  world.comment(mara, 'Answer', video, comment);
  world.set(world.report(mara, { account: piet }), 2, 'No');
  const abuse = world.report(mara, { comment });
  abuse.messages.push({ id: 1, text: 'Any news?', by: mara, byModerator: false, at: desk.io.now() + LONG });
  const here = desk.open();
  const subject = rowsIn(await desk.pull(here)).subjects.get('message 2');
  if (subject === undefined) throw new Error('nothing came');
  const { before, after, record } = await here.context(subject, desk.signal);
  expect([before.map(({ text }) => text), after.map(({ text }) => text), record.map(({ text }) => text)]).toEqual([['First\n\nAbout First', 'Top'], ['Answer'], ['2 reports about the account, 0 of them accepted; it wrote 2', 'From the reporter: Any news?', 'Report 1 rejected: No']]);
});

test('a context comes without what was said to a reporter whose account is gone', async () => {
  const report = world.report(world.account('mara'), { video: world.video(world.account('piet'), 'First') });
  report.messages.push({ id: 1, text: 'Why?', by: world.account('mara'), byModerator: false, at: desk.io.truly() });
  report.orphaned = true;
  const here = desk.open();
  const { subject } = orderOf(desk.io, rowsIn(await desk.pull(here)).subjects.get('post 1'), {});
  expect(await here.context(subject, desk.signal)).toMatchObject({ subject: { remoteId: '1' }, record: [{ text: expect.stringContaining('reports about the account') }] });
});

test('a comment from elsewhere comes as HTML, and its words without it; one of this instance as it was written', async () => {
  const [mara, video] = [world.account('mara'), world.video(world.account('piet'), 'First')];
  world.report(mara, { comment: world.comment(world.account('rem', 'elsewhere.example'), '<p><span class="h-card"><a href="https://far.example/@piet">@<span>piet</span></a></span> you &amp; yours</p>', video) });
  world.report(mara, { comment: world.comment(world.account('tom'), '1 < 2, <b>really</b>', video) });
  const here = desk.open();
  const { subjects } = rowsIn(await desk.pull(here));
  const looked = (await here.context(orderOf(desk.io, subjects.get('message 1'), {}).subject, desk.signal)).subject;
  expect([subjects.get('message 1'), looked, subjects.get('message 2')].map((one) => [one?.text, one?.html])).toEqual([
    ['@piet you & yours', expect.stringContaining('<a href')], ['@piet you & yours', expect.stringContaining('<a href')], ['1 < 2, <b>really</b>', null],
  ]);
});

test('a context says how the author stands on the instance', async () => {
  const piet = world.account('piet');
  const video = world.video(piet, 'First');
  world.set(world.report(world.account('mara'), { account: piet }), 3, 'Adverts');
  world.report(world.account('mara'), { video });
  const here = desk.open();
  const subject = rowsIn(await desk.pull(here)).subjects.get('post 1');
  if (subject === undefined || piet.user === null) throw new Error('nothing came');
  Object.assign(piet.user, { blocked: true, reason: 'Adverts' });
  world.muted.add(world.account('piet'));
  const { members, record } = await here.context(subject, desk.signal);
  expect(members.find(({ handle }) => handle.startsWith('@piet@'))).toMatchObject({ standing: ['suspended', 'muted on the instance'], postCount: 1 });
  expect(record.slice(0, 2).map(({ text }) => text)).toEqual(['suspended: Adverts', '2 reports about the account, 1 of them accepted; it wrote 2']);
});

test('a report that leaves its account out is acted on by the video\'s owner', async () => {
  const piet = world.account('piet', 'elsewhere.example');
  world.report(world.account('mara'), { video: world.video(piet, 'First') });
  const bare: typeof globalThis.fetch = async (input, init) => {
    const response = await desk.io.fetch(input, init);
    if (!new URL(String(input)).pathname.endsWith('/abuses')) return response;
    const page = await response.json() as { readonly data: readonly object[] };
    // As the reference has it (docs.joinpeertube.org/api-rest-reference/api/models/abuse).
    return Response.json({ ...page, data: page.data.map((row) => ({ ...row, flaggedAccount: undefined, countMessages: undefined })) });
  };
  const here = desk.open({}, bare);
  const subject = rowsIn(await desk.pull(here)).subjects.get('post 1');
  expect(subject).toMatchObject({ authorId: null, text: 'First' });
  expect(await here.deliver(orderOf(desk.io, subject, { verb: 'mute' }), desk.signal)).toMatchObject({ kind: 'done', said: expect.stringContaining('muted @piet@elsewhere.example') });
});

/** A video that waits for a moderator. */
const hold = (name: string) => Object.assign(world.video(world.account('piet'), name), { blacklisted: true, automatic: true });

describe('videos that the instance holds back until a moderator looks', () => {
  test('arrive as held, once, and go when somebody publishes or keeps them', async () => {
    const [one, two] = [hold('First'), hold('Second')];
    Object.assign(world.video(world.account('piet'), 'Blocked by hand'), { blacklisted: true });
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    expect([...first.reports.values()]).toMatchObject([
      { remoteId: 'block-1', subject: { type: 'post', remoteId: '1' }, category: 'held', reporterId: null, open: true }, { remoteId: 'block-2', open: true },
    ]);
    expect(first.subjects.get('post 1')).toMatchObject({ text: 'First\n\nAbout First', removed: false, authorId: String(one.owner.id) });
    one.blacklisted = false;
    two.automatic = false;
    desk.io.pass(LONG);
    const next = rowsIn(await desk.pull(desk.open(), first.cursor));
    expect(next.resolutions.map(({ subject, what, closes }) => [subject.remoteId, what, closes])).toEqual([['1', 'published', true], ['2', 'kept blocked', true]]);
    expect([...next.subjects.values()].map(({ removed }) => removed)).toEqual([false, true]);
    expect(next.reports.size).toBe(0);
  });

  test('are not taken for decided while one of them cannot be read', async () => {
    hold('First');
    hold('Second');
    const broken: typeof globalThis.fetch = async (input, init) => {
      const response = await desk.io.fetch(input, init);
      if (!new URL(String(input)).pathname.endsWith('/videos/blacklist')) return response;
      const list = await response.json() as { readonly data: readonly object[] };
      return Response.json({ ...list, data: list.data.map((row, index) => (index === 0 ? { ...row, video: 7 } : row)) });
    };
    const first = rowsIn(await desk.pull(desk.open()));
    desk.io.pass(LONG);
    const next = rowsIn(await desk.pull(desk.open({}, broken), first.cursor));
    expect([[...first.reports.keys()], next.resolutions]).toEqual([['block-1', 'block-2'], []]);
  });

  test('are published by a dismissal, which can be taken back', async () => {
    const video = hold('First');
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    const order = orderOf(desk.io, first.subjects.get('post 1'), { verb: 'dismiss' });
    expect(await here.deliver(order, desk.signal)).toEqual({ kind: 'done', remoteId: 'block-1', said: 'video published' });
    expect(await desk.open().deliver(order, desk.signal)).toMatchObject({ kind: 'already', what: 'no longer held' });
    desk.io.pass(LONG);
    expect(rowsIn(await desk.pull(here, first.cursor)).resolutions).toMatchObject([{ what: 'published', orderId: order.id }]);
    expect(await here.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: 'block-1' } }, desk.signal)).toMatchObject({ kind: 'done', said: 'video blocked again' });
    expect(video.blacklisted).toBe(true);
  });

  test('are kept blocked by a removal, which is not taken back by publishing them', async () => {
    const video = hold('First');
    const report = world.report(world.account('mara'), { video });
    const here = desk.open();
    const order = orderOf(desk.io, rowsIn(await desk.pull(here)).subjects.get('post 1'), {});
    expect(await here.deliver(order, desk.signal)).toEqual({ kind: 'done', remoteId: 'block-1 1', said: 'video kept blocked · report 1' });
    expect([video.blacklisted, video.automatic, report.state]).toEqual([true, false, 3]);
    expect(await here.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: 'block-1 1' } }, desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringContaining('would publish it') });
  });

  test('can be kept blocked, and are published by a dismissal, also once their context was looked at and where they are reported, too', async () => {
    const [video, reported] = [hold('First'), hold('Second')];
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    world.report(world.account('mara'), { video: reported });
    const next = rowsIn(await desk.pull(here, first.cursor));
    const looked = (await here.context(orderOf(desk.io, first.subjects.get('post 1'), {}).subject, desk.signal)).subject;
    expect([next.subjects.get('post 2')?.removed, looked?.removed, looked?.extra['report']]).toEqual([false, false, undefined]);
    const order = orderOf(desk.io, looked ?? undefined, { verb: 'dismiss' });
    expect(await here.deliver(order, desk.signal)).toMatchObject({ kind: 'done', said: 'video published' });
    expect(video.blacklisted).toBe(false);
  });

  test('with reports beside, publishing leaves those open', async () => {
    const video = hold('First');
    world.report(world.account('mara'), { video });
    const here = desk.open();
    const first = rowsIn(await desk.pull(here));
    video.blacklisted = false;
    desk.io.pass(LONG);
    const next = rowsIn(await desk.pull(here, first.cursor));
    expect(next.resolutions).toMatchObject([{ what: 'published', closes: true, reportId: 'block-1' }]);
  });
});

test('rules come from the code of conduct and the terms', async () => {
  expect((await desk.open().guidelines(desk.signal)).map(({ number, title, body }) => [number, title, body])).toEqual([['1', 'Be kind', '**Be kind**'], ['2', 'No adverts', ''], ['3', 'Terms', 'Be of age.']]);
});

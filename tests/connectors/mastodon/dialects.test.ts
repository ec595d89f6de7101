import { afterEach, describe, expect, test } from 'vitest';
import { orderOf, reversalOf, startFarDesk } from './desk.ts';
import type { FarDesk } from './desk.ts';
import type { Kind } from './world.ts';

let at: FarDesk;
afterEach(() => at.far.close());

async function start(kind: Kind): Promise<FarDesk> {
  at = await startFarDesk(kind);
  return at;
}

function asked(method: string, part: string): number {
  return at.far.server.requests.filter((request) => request.method === method && request.path.includes(part)).length;
}

describe('GoToSocial', () => {
  test('is asked for open reports by name, since it lists both without', async () => {
    const { far, desk } = await start('gotosocial');
    const { id } = far.world.report({ about: far.world.account('piet') });
    far.world.resolve(far.world.report({ about: far.world.account('olle') }).id, far.ines);
    await desk.pull();
    expect([...desk.reports.keys()]).toEqual([id]);
    expect(asked('GET', 'resolved=false')).toBeGreaterThan(0);
  });

  test('never gets more than a hundred a page, nor stops at a link to a page that is empty', async () => {
    const { far, desk } = await start('gotosocial');
    for (let n = 0; n < 230; n += 1) far.world.report({ about: far.world.account(`member${n}`) });
    await desk.pull();
    expect([desk.reports.size, asked('GET', '/admin/reports?')]).toEqual([230, 4]);
  });

  test('a suspension closes no report: Docket closes the subject\'s own', async () => {
    const { far, io, desk } = await start('gotosocial');
    const piet = far.world.account('piet');
    const post = far.world.post(piet, 'One');
    far.world.report({ about: piet, posts: [post] });
    const other = far.world.report({ about: piet });
    await desk.pull();
    expect(await desk.session.deliver(orderOf(io, 'suspend', desk.subject(post.id)), desk.signal)).toMatchObject({ kind: 'done' });
    expect([piet.suspended, far.world.open().map(({ id }) => id)]).toEqual([true, [other.id]]);
  });

  test('a suspension of which the second half was lost is finished, not begun again', async () => {
    const { far, io, desk } = await start('gotosocial');
    const post = far.world.post(far.world.account('piet'), 'One');
    far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    const order = orderOf(io, 'suspend', desk.subject(post.id));
    const heal = far.server.plan({ route: 'POST /api/v1/admin/reports/:id/resolve', fault: { name: '503', means: ['unreachable'], send: (response) => { response.writeHead(503).end(); } } });
    await expect(desk.session.deliver(order, desk.signal)).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    expect((await desk.restarted().session.deliver(order, desk.signal)).kind).toBe('done');
    expect(far.world.deeds).toEqual(['suspend piet by rosa', expect.stringMatching(/^resolve/)]);
  });

  test('another action that is still running there is waited for', async () => {
    const { far, io, desk } = await start('gotosocial');
    const piet = far.world.account('piet');
    far.world.report({ about: piet });
    await desk.pull();
    const busy = { name: '409', means: ['refused' as const], send: (response: import('node:http').ServerResponse) => { response.writeHead(409, { 'content-type': 'application/json' }).end('{"error":"Conflict: an action is running"}'); } };
    const heal = far.server.plan({ route: 'POST /api/v1/admin/accounts/:id/action', fault: busy });
    const order = orderOf(io, 'suspend', desk.subject(piet.id));
    expect(await desk.session.deliver(order, desk.signal)).toMatchObject({ kind: 'retry', why: expect.stringContaining('an action is running') });
    heal();
    expect((await desk.session.deliver(order, desk.signal)).kind).toBe('done');
  });

  test('says nothing to whoever reported, whom a comment would be sent', async () => {
    const { far, io, desk } = await start('gotosocial');
    const piet = far.world.account('piet');
    const { id } = far.world.report({ about: piet });
    await desk.pull();
    await desk.session.deliver(orderOf(io, 'dismiss', desk.subject(piet.id), { reason: 'Known friend of the team', message: 'Hello' }), desk.signal);
    expect(far.world.reports.get(id)?.closed).toMatchObject({ comment: null });
  });

  test('keeps what it did: neither a suspension nor a closed report is taken back', async () => {
    const { far, io, desk } = await start('gotosocial');
    const piet = far.world.account('piet');
    far.world.report({ about: piet });
    await desk.pull();
    const { capabilities } = await desk.session.verify(desk.signal);
    expect([capabilities.member?.dismiss, capabilities.member?.suspend]).toMatchObject([{ can: true, reversible: false }, { can: true, reversible: false }]);
    for (const verb of ['dismiss', 'suspend'] as const) {
      expect(await desk.session.deliver(reversalOf(orderOf(io, verb, desk.subject(piet.id)), null), desk.signal)).toMatchObject({ kind: 'refused' });
    }
  });
});

describe('Akkoma', () => {
  test('removes a single post, and closes its reports as resolved', async () => {
    const { far, io, desk } = await start('akkoma');
    const post = far.world.post(far.world.account('piet'), 'One');
    const { id } = far.world.report({ about: post.author, posts: [post] });
    const other = far.world.report({ about: post.author });
    await desk.pull();
    const order = orderOf(io, 'remove', desk.subject(post.id));
    expect(await desk.session.deliver(order, desk.signal)).toMatchObject({ kind: 'done', said: `post deleted · report ${id}` });
    expect([far.world.posts.has(post.id), far.world.reports.get(id)?.closed?.state, far.world.open().map((report) => report.id)]).toEqual([false, 'resolved', [other.id]]);
    expect(await desk.restarted().session.deliver(order, desk.signal)).toMatchObject({ kind: 'already', what: 'post deleted' });
  });

  test('removes a post of a deactivated member, which it does not show', async () => {
    const { far, io, desk } = await start('akkoma');
    const piet = far.world.account('piet');
    const post = far.world.post(piet, 'One');
    far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    await desk.session.deliver(orderOf(io, 'suspend', desk.subject(post.id)), desk.signal);
    const order = orderOf(io, 'remove', desk.subject(post.id));
    expect([(await desk.session.deliver(order, desk.signal)).kind, far.world.posts.has(post.id)]).toEqual(['done', false]);
    expect(await desk.restarted().session.deliver(order, desk.signal)).toMatchObject({ kind: 'already', what: 'post deleted' });
  });

  test('a colleague\'s deactivation is no removal', async () => {
    const { far, io, desk } = await start('akkoma');
    const post = far.world.post(far.world.account('piet'), 'One');
    const { id } = far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    post.author.suspended = true;
    far.world.resolve(id, far.ines);
    expect(await desk.session.deliver(orderOf(io, 'remove', desk.subject(post.id)), desk.signal)).toMatchObject({ kind: 'conflict', by: '@ines', what: 'resolved, account suspended' });
  });

  test('a post that it does not show has its words from the report, and no thread', async () => {
    const { far, desk } = await start('akkoma');
    const [hidden, gone] = [far.world.post(far.world.account('piet'), 'One'), far.world.post(far.world.account('olle'), 'Two')];
    for (const post of [hidden, gone]) far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    hidden.author.suspended = true;
    far.world.posts.delete(gone.id);
    const contexts = await Promise.all([hidden, gone].map(({ id }) => desk.session.context(desk.subject(id), desk.signal)));
    expect(contexts.map(({ subject, before, after }) => [subject?.text ?? null, before, after])).toEqual([['One', [], []], [null, [], []]]);
  });

  test('links to the post itself, since what is to be done can be done from here', async () => {
    const { far, desk } = await start('akkoma');
    const post = far.world.post(far.world.account('piet'), 'One');
    far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    expect(desk.subject(post.id).url).toBe(`https://far.example/@piet/${post.id}`);
  });

  test('a mark that a try of the order may have set before it was cut off goes with it', async () => {
    const { far, io, desk } = await start('akkoma');
    const post = far.world.post(far.world.account('piet'), 'One');
    far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    post.sensitive = true;
    const order = { ...orderOf(io, 'label', desk.subject(post.id), { labels: ['sensitive'] }), begunBy: 'itself' as const };
    const done = await desk.session.deliver(order, desk.signal);
    const back = { ...order, id: 'back', reverse: true, reverses: { orderId: order.id, remoteId: done.kind === 'done' ? done.remoteId : null } };
    expect(await desk.session.deliver(back, desk.signal)).toMatchObject({ kind: 'done' });
    expect(post.sensitive).toBe(false);
  });

  test('a mark that stood there before stays, unless a person insists', async () => {
    const { far, io, desk } = await start('akkoma');
    const post = far.world.post(far.world.account('piet'), 'One');
    far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    post.sensitive = true;
    const order = orderOf(io, 'label', desk.subject(post.id), { labels: ['sensitive'] });
    const done = await desk.session.deliver(order, desk.signal);
    const back = { ...order, id: 'back', reverse: true, reverses: { orderId: order.id, remoteId: done.kind === 'done' ? done.remoteId : null } };
    expect(await desk.session.deliver(back, desk.signal)).toMatchObject({ kind: 'conflict', what: 'post marked as sensitive before Docket did it' });
    expect(post.sensitive).toBe(true);
    expect(await desk.session.deliver({ ...back, force: true }, desk.signal)).toMatchObject({ kind: 'done' });
    expect([post.sensitive, far.world.open().length]).toEqual([false, 1]);
  });

  test('marks a post as sensitive and takes it back', async () => {
    const { far, io, desk } = await start('akkoma');
    const post = far.world.post(far.world.account('piet'), 'One');
    far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    const order = orderOf(io, 'label', desk.subject(post.id), { labels: ['sensitive'] });
    const done = await desk.session.deliver(order, desk.signal);
    expect([post.sensitive, far.world.open().length]).toEqual([true, 0]);
    await desk.session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal);
    expect([post.sensitive, far.world.open().length]).toEqual([false, 1]);
  });

  test('tells a dismissal from a report that was acted on', async () => {
    const { far, io, desk } = await start('akkoma');
    const [piet, olle] = [far.world.account('piet'), far.world.account('olle')];
    const reports = [far.world.report({ about: piet }), far.world.report({ about: olle })];
    await desk.pull();
    await desk.session.deliver(orderOf(io, 'dismiss', desk.subject(piet.id)), desk.signal);
    await desk.session.deliver(orderOf(io, 'suspend', desk.subject(olle.id)), desk.signal);
    expect(reports.map(({ closed }) => closed?.state)).toEqual(['closed', 'resolved']);
    expect([piet.suspended, olle.suspended]).toEqual([false, true]);
  });

  test('names an account of another server by its full address', async () => {
    const { far, io, desk } = await start('akkoma');
    const olle = far.world.account('olle', 'elsewhere.example');
    far.world.report({ about: olle });
    await desk.pull();
    const order = orderOf(io, 'suspend', desk.subject(olle.id));
    const done = await desk.session.deliver(order, desk.signal);
    expect(olle.suspended).toBe(true);
    await desk.session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal);
    expect([olle.suspended, far.world.open().length]).toEqual([false, 1]);
  });

  test('limits a member by tags where the tag policy is on, and takes it back', async () => {
    const { far, io, desk } = await start('akkoma');
    const piet = far.world.account('piet');
    const { id } = far.world.report({ about: piet });
    await desk.pull();
    const order = orderOf(io, 'mute', desk.subject(piet.id));
    const done = await desk.session.deliver(order, desk.signal);
    expect(done).toMatchObject({ kind: 'done', said: `limited @piet · report ${id}` });
    expect(await desk.restarted().session.deliver(order, desk.signal)).toMatchObject({ kind: 'already', what: 'limited' });
    await desk.session.deliver(orderOf(io, 'label', desk.subject(piet.id), { labels: ['sensitive'] }), desk.signal);
    expect([piet.silenced, piet.sensitized]).toEqual([true, true]);
    await desk.session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal);
    expect([piet.silenced, piet.sensitized, far.world.open().length]).toEqual([false, true, 1]);
  });

  test('without the tag policy, or the right to tag, that is said', async () => {
    const { far, desk } = await start('akkoma');
    far.setup.privileges = ['reports_manage_reports', 'users_manage_activation_state', 'messages_delete'];
    expect((await desk.session.verify(desk.signal)).capabilities.member?.mute).toEqual({ can: false, why: expect.stringContaining('users_manage_tags') });
    far.setup.policies = ['SimplePolicy'];
    expect((await desk.session.verify(desk.signal)).capabilities.member?.mute).toEqual({ can: false, why: expect.stringContaining('TagPolicy') });
  });

  test('what moderators noted at a report is in its record', async () => {
    const { far, io, desk } = await start('akkoma');
    const report = far.world.report({ about: far.world.account('piet') });
    report.notes.push({ by: far.ines, text: 'Asked him', at: io.truly() });
    await desk.pull();
    expect((await desk.session.context(desk.subject(report.target.id), desk.signal)).record).toEqual([{ at: io.truly(), text: 'Asked him', by: '@ines' }]);
  });

  test('says who closed a report in its moderation log', async () => {
    const { far, io, desk } = await start('akkoma');
    const piet = far.world.account('piet');
    const { id } = far.world.report({ about: piet });
    await desk.pull();
    io.pass(120_000);
    far.world.resolve(id, far.ines);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@ines', what: 'resolved', at: io.truly(), closes: true }]);
  });

  test('without the right to read the log, nobody is named and the rest goes on', async () => {
    const { far, io, desk } = await start('akkoma');
    far.setup.privileges = ['reports_manage_reports', 'users_manage_activation_state', 'messages_delete'];
    const piet = far.world.account('piet');
    const { id } = far.world.report({ about: piet });
    await desk.pull();
    far.world.resolve(id, far.ines);
    expect(await desk.session.deliver(orderOf(io, 'suspend', desk.subject(piet.id)), desk.signal)).toMatchObject({ kind: 'conflict', by: null, what: 'resolved' });
    io.pass(120_000);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: null, closes: true }]);
  });

  test('a report that slips to an earlier page while another is closed is found', async () => {
    const { far, desk } = await start('akkoma');
    for (let n = 0; n < 150; n += 1) far.world.report({ about: far.world.account(`member${n}`) });
    for await (const batch of desk.session.pull(null, desk.signal)) {
      for (const report of batch.reports) desk.reports.set(report.remoteId, report);
      const newest = far.world.open().at(-1);
      if (newest !== undefined && far.world.open().length === 150) far.world.resolve(newest.id, far.ines);
    }
    expect(far.world.open().filter(({ id }) => !desk.reports.has(id))).toEqual([]);
  });

  test('every report is found, though its pages have fewer than may be asked for', async () => {
    const { far, desk } = await start('akkoma');
    for (let n = 0; n < 130; n += 1) far.world.report({ about: far.world.account(`member${n}`) });
    await desk.pull();
    expect(far.world.open().filter(({ id }) => !desk.reports.has(id))).toEqual([]);
  });

  test('publishes its rules on the instance page alone', async () => {
    const { desk } = await start('akkoma');
    expect((await desk.session.guidelines(desk.signal)).map(({ title }) => title)).toEqual(['No spam', 'Don\'t be a meanie!']);
  });
});

describe('Pleroma', () => {
  test('keeps the words of a post that was deleted before Docket saw it, and they are its author\'s', async () => {
    const { far, io, desk } = await start('akkoma');
    const piet = far.world.account('piet');
    const post = far.world.post(piet, '<p>Cheap gnomes</p>');
    const { id } = far.world.report({ about: piet, posts: [post] });
    far.world.posts.delete(post.id);
    far.world.remembered.set(post.id, post);
    await desk.pull();
    const [subject] = desk.subjects.values();
    expect(subject).toMatchObject({ type: 'post', text: 'Cheap gnomes', authorId: piet.id, deletedAt: io.now(), url: `${far.server.origin}/pleroma/admin/#/reports/${id}` });
    expect([desk.subjects.size, desk.members.get(piet.id)?.handle]).toEqual([1, '@piet']);
    if (subject === undefined) return;
    expect((await desk.session.context(subject, desk.signal)).subject).toBeNull();
    expect(await desk.session.deliver(orderOf(io, 'remove', subject), desk.signal)).toMatchObject({ kind: 'done', said: `post deleted · report ${id}` });
    expect(far.world.open()).toEqual([]);
  });

  test('a post that is deleted while its report is open stays the same post', async () => {
    const { far, io, desk } = await start('akkoma');
    const piet = far.world.account('piet');
    const [one, two] = [far.world.post(piet, 'One'), far.world.post(piet, 'Two')];
    far.world.report({ about: piet, posts: [one, two] });
    await desk.pull();
    far.world.posts.delete(one.id);
    far.world.remembered.set(one.id, one);
    io.pass(120_000);
    await desk.restarted().pull();
    expect([...desk.subjects.values()].map(({ remoteId, deletedAt }) => [remoteId, deletedAt !== null])).toEqual([[one.id, true], [two.id, false]]);
  });

  test('tells who a report was given to', async () => {
    const { far, desk } = await start('akkoma');
    far.world.report({ about: far.world.account('piet') }).assigned = far.ines;
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@ines', what: 'took it on', closes: false }]);
  });
});

describe('Mastodon', () => {
  test('says before a decision what it cannot do to somebody of another server', async () => {
    const { far, desk } = await start('mastodon');
    const [piet, olle] = [far.world.account('piet'), far.world.account('olle', 'elsewhere.example')];
    const post = far.world.post(olle, 'One');
    for (const input of [{ about: piet }, { about: olle }, { about: olle, posts: [post] }]) far.world.report(input);
    await desk.pull();
    const no = { can: false, why: expect.stringMatching(/^@olle@elsewhere\.example lives on another server/) };
    expect([piet.id, olle.id, post.id].map((id) => desk.subject(id).verbs)).toEqual([undefined, { warn: no, lock: no }, { warn: no }]);
  });

  test('writes the server\'s rule that a decision rests on into the report, before it is closed', async () => {
    const { far, io, desk } = await start('mastodon');
    const piet = far.world.account('piet');
    const report = far.world.report({ about: piet });
    await desk.pull();
    const order = orderOf(io, 'mute', desk.subject(piet.id), { guideline: '2 Don\'t be a meanie!' });
    expect(await desk.session.deliver(order, desk.signal)).toMatchObject({ kind: 'done', said: `limited @piet under rule 2 · report ${report.id}` });
    expect([report.category, report.rules]).toEqual(['violation', ['2']]);
    const asked = far.server.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    expect(asked).toEqual([`PUT ${report.id}`, 'POST action']);
  });

  test('a guideline of the team\'s own changes nothing in the report', async () => {
    const { far, io, desk } = await start('mastodon');
    const report = far.world.report({ about: far.world.account('piet') });
    await desk.pull();
    await desk.session.deliver(orderOf(io, 'mute', desk.subject(report.target.id), { guideline: '7 Be kind' }), desk.signal);
    expect([report.category, report.rules]).toEqual(['spam', []]);
  });

  test('publishes its rules with their hints, by ids that stay', async () => {
    const { desk } = await start('mastodon');
    expect(await desk.session.guidelines(desk.signal)).toEqual([
      { remoteId: '1', number: '1', title: 'No spam', body: 'Also no links without words.' }, { remoteId: '2', number: '2', title: 'Don\'t be a meanie!', body: '' },
    ]);
  });
});

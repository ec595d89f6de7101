import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LOST } from '../../support/wire-faults.ts';
import { DAY, openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Thing } from './world.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.far.close());

async function reported(more: Partial<Thing> = {}): Promise<Thing> {
  const thing = desk.far.add({ sub: 'harbour', author: 'piet', ...more });
  desk.far.report(thing.name, 'Rude');
  await desk.pull();
  return thing;
}

function lines(): readonly string[] {
  return desk.far.log.map(({ action, mod }) => `${mod} ${action}`).toReversed();
}

describe('dismissing, removing and restoring', () => {
  test('dismissing approves, and ignores no reports to come', async () => {
    const { name } = await reported();
    expect(await desk.send('dismiss', name)).toEqual({ kind: 'done', remoteId: name, said: 'approved' });
    expect([lines(), desk.far.things.get(name)?.ignored]).toEqual([['ines approvelink'], false]);
  });

  test('removing is not spam, unless the guideline says so', async () => {
    const [plain, spam] = [await reported(), await reported()];
    await desk.send('remove', plain.name, { guideline: '1 Be kind' });
    expect(await desk.send('remove', spam.name, { guideline: '4 No spam' })).toMatchObject({ said: 'removed as spam' });
    expect(lines()).toEqual(['ines removelink', 'ines spamlink']);
  });

  test('a removal under one of the subreddit\'s removal reasons sets it, and tells the member in the subreddit\'s name', async () => {
    desk.far.reasons.set('110nhk', { title: 'Be kind', message: 'Please be kind.' });
    const { name } = await reported();
    const order = desk.order('remove', name, { guideline: '1 Be kind', message: 'Please read the rules.' });
    expect(await desk.session.deliver(order, signal)).toEqual({ kind: 'done', remoteId: name, said: 'removed · reason "Be kind" · message sent' });
    expect(desk.far.things.get(name)?.removed?.reason).toBe('Be kind');
    expect(desk.far.removals).toEqual([{ about: name, type: 'private', title: 'Be kind', message: 'Please read the rules.' }]);
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect([lines().filter((line) => line.endsWith('removelink')), desk.far.removals.length]).toEqual([['ines removelink'], 1]);
  });

  test.each(['R3 Be kind', '3 r/harbour: Be kind', 'R12 r/harbour: be KIND'])('%s names the reason, too', async (guideline) => {
    desk.far.reasons.set('110nhk', { title: 'Be kind', message: '' });
    const { name } = await reported();
    expect(await desk.send('remove', name, { guideline })).toMatchObject({ said: 'removed · reason "Be kind"' });
  });

  test('a title that is too long for Reddit is cut, and the comment\'s own endpoint is used for comments', async () => {
    const { name } = await reported({ link: desk.far.add({ sub: 'harbour', author: 'rosa' }).name });
    await desk.send('remove', name, { guideline: `1 ${'Long '.repeat(30)}`, message: 'Please read the rules.' });
    expect(desk.far.removals[0]?.title).toHaveLength(50);
    expect(desk.far.server.requests.at(-1)?.path).toMatch(/removal_comment_message/);
  });

  test('what goes with a removal and fails leaves the removal as it is, and is told', async () => {
    const { name } = await reported();
    const heal = desk.far.server.plan({ route: 'POST /api/v1/modactions/:act', fault: { name: 'refused', means: ['refused'], send(response) { response.writeHead(400, { 'content-type': 'application/json' }).end('{"fields":["to"],"explanation":"that user doesn\'t exist","message":"Bad Request","reason":"USER_DOESNT_EXIST"}'); } } });
    expect(await desk.send('remove', name, { message: 'Please read the rules.' })).toEqual({ kind: 'done', remoteId: name, said: 'removed · the message was not sent: Reddit refused: that user doesn\'t exist' });
    heal();
  });

  test('a removal message whose answer was lost is not sent twice, not even after a restart', async () => {
    const { name } = await reported();
    const order = desk.order('remove', name, { message: 'Please read the rules.' });
    const heal = desk.far.server.plan({ route: 'POST /api/v1/modactions/:act', fault: LOST, afterwards: true, times: 1 });
    await expect(desk.session.deliver(order, signal)).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    expect(await desk.again().deliver(order, signal)).toEqual({ kind: 'done', remoteId: name, said: 'removed, as it was already · message was sent before' });
    expect(desk.far.removals).toHaveLength(1);
  });

  test('a removal is taken back by approving, a restoring by removing; a dismissal is not', async () => {
    const { name } = await reported();
    const removal = desk.order('remove', name);
    await desk.session.deliver(removal, signal);
    const back = (order: typeof removal): typeof removal => ({ ...order, id: crypto.randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId: name } });
    expect(await desk.session.deliver(back(removal), signal)).toMatchObject({ kind: 'done', said: 'approved' });
    await desk.session.deliver(desk.order('remove', name), signal);
    await desk.pull();
    const restoring = desk.order('restore', name);
    expect(await desk.session.deliver(restoring, signal)).toMatchObject({ kind: 'done', said: 'approved' });
    expect(await desk.session.deliver(back(restoring), signal)).toMatchObject({ kind: 'done', said: 'removed' });
    expect(await desk.session.deliver({ ...desk.order('dismiss', name), reverse: true }, signal)).toMatchObject({ kind: 'refused' });
  });

  test('what a filter holds is removed for good by the same order', async () => {
    const thing = desk.far.add({ sub: 'harbour', author: 'piet' });
    desk.far.remove(thing.name, 'AutoModerator', false, true);
    await desk.pull();
    desk.io.pass(5000);
    expect(await desk.send('remove', thing.name)).toMatchObject({ kind: 'done', said: 'removed' });
    expect(desk.far.things.get(thing.name)?.removed).toMatchObject({ by: 'ines', held: false });
    await desk.pull();
    expect(desk.subject(thing.name).removed).toBe(true);
  });
});

describe('what someone else did meanwhile', () => {
  test('otherwise is a conflict, the same is "already"; both name them and when', async () => {
    const { name } = await reported();
    const [dismiss, remove] = [desk.order('dismiss', name), desk.order('remove', name)];
    desk.io.pass(60_000);
    desk.far.remove(name, 'tomas');
    const at = desk.io.truly();
    expect(await desk.session.deliver(dismiss, signal)).toEqual({ kind: 'conflict', by: 'u/tomas', what: 'removed', at });
    expect(await desk.session.deliver(remove, signal)).toEqual({ kind: 'already', by: 'u/tomas', what: 'removed', at });
    expect(lines()).toEqual(['tomas removelink']);
  });

  test('where Reddit only says that someone did, the log says who', async () => {
    const { name } = await reported();
    const order = desk.order('dismiss', name);
    desk.far.remove(name, 'tomas');
    Object.assign(desk.far.things.get(name) ?? {}, { more: { banned_by: true } });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'conflict', by: 'u/tomas' });
  });

  test('what a filter took meanwhile is still removed for good; approving it is for a person to say', async () => {
    const { name } = await reported();
    const [remove, dismiss] = [desk.order('remove', name), desk.order('dismiss', name)];
    desk.far.remove(name, 'AutoModerator', false, true);
    expect(await desk.session.deliver(dismiss, signal)).toMatchObject({ kind: 'conflict', by: 'u/AutoModerator' });
    expect(await desk.session.deliver(remove, signal)).toMatchObject({ kind: 'done', said: 'removed' });
    expect(lines()).toEqual(['AutoModerator removelink', 'ines removelink']);
  });

  test('what its author deleted is gone already', async () => {
    const thing = await reported();
    thing.deleted = true;
    expect(await desk.send('remove', thing.name)).toEqual({ kind: 'already', by: null, what: 'deleted by its author', at: null });
  });

  test('a thing that is gone is a conflict', async () => {
    const { name } = await reported();
    const order = desk.order('remove', name);
    desk.far.things.delete(name);
    expect(await desk.session.deliver(order, signal)).toEqual({ kind: 'conflict', by: null, what: 'gone from Reddit', at: null });
  });

  test('taking back a removal that a colleague confirmed is a conflict', async () => {
    const { name } = await reported();
    const order = desk.order('remove', name);
    await desk.session.deliver(order, signal);
    desk.io.pass(5000);
    desk.far.remove(name, 'tomas');
    expect(await desk.session.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: name } }, signal)).toMatchObject({ kind: 'conflict', by: 'u/tomas' });
  });

  test('a second decision of ours that was not pulled yet changes the first', async () => {
    const { name } = await reported();
    const [first, second] = [desk.order('dismiss', name), desk.order('remove', name)];
    await desk.session.deliver(first, signal);
    expect(await desk.session.deliver(second, signal)).toMatchObject({ kind: 'done', said: 'removed' });
  });
});

describe('locks and labels', () => {
  test('are set once and taken off again', async () => {
    const { name } = await reported();
    const [lock, label] = [desk.order('lock', name), desk.order('label', name, { labels: ['NSFW', 'spoiler'] })];
    expect(await desk.session.deliver(lock, signal)).toMatchObject({ kind: 'done', said: 'locked' });
    expect(await desk.session.deliver(label, signal)).toMatchObject({ kind: 'done', said: 'marked NSFW, marked as spoiler' });
    expect(desk.far.things.get(name)).toMatchObject({ locked: true, nsfw: true, spoiler: true });
    expect(await desk.session.deliver({ ...label, id: 'x', reverse: true }, signal)).toMatchObject({ said: 'NSFW taken off, spoiler taken off' });
    expect(lines()).toEqual(['ines lock', 'ines marknsfw', 'ines spoiler', 'ines marknsfw', 'ines unspoiler']);
  });

  test('what a colleague locked is locked already, and the log says by whom', async () => {
    const thing = await reported();
    thing.locked = true;
    expect(await desk.send('lock', thing.name)).toEqual({ kind: 'already', by: null, what: 'locked', at: null });
    desk.far.write('lock', 'tomas', thing.name);
    expect(await desk.send('lock', thing.name)).toEqual({ kind: 'already', by: 'u/tomas', what: 'locked', at: desk.io.truly() });
  });

  test('what a colleague set again since is theirs to take off', async () => {
    const thing = await reported();
    const label = desk.order('label', thing.name, { labels: ['NSFW', 'spoiler'] });
    await desk.session.deliver(label, signal);
    desk.far.write('unspoiler', 'tomas', thing.name);
    desk.far.write('spoiler', 'tomas', thing.name);
    const back = { ...label, id: 'x', reverse: true };
    expect(await desk.session.deliver(back, signal)).toEqual({ kind: 'conflict', by: 'u/tomas', what: 'marked as spoiler', at: desk.io.truly() });
    expect(thing).toMatchObject({ nsfw: true, spoiler: true });
    expect(await desk.session.deliver({ ...back, force: true }, signal)).toMatchObject({ kind: 'done' });
    expect(thing).toMatchObject({ nsfw: false, spoiler: false });
  });

  test('comments take no label, and no other label is known', async () => {
    const comment = await reported({ link: desk.far.add({ sub: 'harbour', author: 'rosa' }).name });
    expect(await desk.send('label', comment.name, { labels: ['NSFW'] })).toMatchObject({ kind: 'refused', why: expect.stringContaining('not comments') });
    expect(await desk.send('label', comment.name, { labels: ['rude'] })).toMatchObject({ kind: 'refused' });
  });
});

describe('bans, mutes and mail', () => {
  test('a ban has its days, its reason, a note for the team, the message and what it was for; it is lifted again', async () => {
    const { name } = await reported();
    const order = desk.order('suspend', name, { durationMs: 7 * DAY, guideline: '1 Be kind', message: 'Please read the rules.' });
    expect(await desk.session.deliver(order, signal)).toEqual({ kind: 'done', remoteId: 'piet', said: 'u/piet banned from r/harbour for 7 days' });
    expect(desk.far.bans.get('harbour piet')).toMatchObject({ days: 7, note: '1 Be kind: A reason', message: 'Please read the rules.', context: name });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(await desk.session.deliver({ ...order, id: 'x', reverse: true }, signal)).toMatchObject({ kind: 'done', said: 'u/piet no longer banned from r/harbour' });
    expect(lines()).toEqual(['ines banuser', 'ines unbanuser']);
  });

  test('for good is without days; a shorter one of a colleague is made longer, a longer one stays', async () => {
    const { name } = await reported();
    desk.far.bans.set('harbour piet', { days: 3, at: 0, note: '', message: '', context: '' });
    desk.far.write('banuser', 'tomas', null, { author: 'piet', sub: 'harbour' });
    expect(await desk.send('suspend', name, { durationMs: DAY })).toEqual({ kind: 'already', by: 'u/tomas', what: 'banned for 3 more days', at: desk.io.truly() });
    expect(await desk.send('suspend', name, { durationMs: null })).toMatchObject({ kind: 'done', said: 'u/piet banned from r/harbour for good' });
    expect(desk.far.bans.get('harbour piet')?.days).toBeNull();
    expect(await desk.send('suspend', name, { durationMs: 30 * DAY })).toMatchObject({ kind: 'already', what: 'banned for good' });
  });

  test('a ban or a mute that a colleague gave since is theirs to lift', async () => {
    const { name } = await reported();
    for (const [verb, action, what] of [['suspend', 'banuser', 'banned from r/harbour'], ['mute', 'muteuser', 'muted in r/harbour\'s modmail']] as const) {
      const order = desk.order(verb, name, { durationMs: verb === 'suspend' ? DAY : null });
      expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
      desk.far.write(action, 'tomas', null, { author: 'piet', sub: 'harbour' });
      const back = { ...order, id: `${verb} back`, reverse: true };
      expect(await desk.session.deliver(back, signal)).toEqual({ kind: 'conflict', by: 'u/tomas', what, at: desk.io.truly() });
      expect(await desk.session.deliver({ ...back, force: true }, signal)).toMatchObject({ kind: 'done' });
    }
    expect([desk.far.bans.size, desk.far.mutes.size]).toEqual([0, 0]);
  });

  test('who cannot be banned is told in Reddit\'s words, which come with status 200', async () => {
    const mine = await reported({ author: 'ines' });
    expect(await desk.send('suspend', mine.name)).toEqual({ kind: 'refused', why: 'Reddit refused: You can\'t perform that action because that user is a moderator. (name)' });
  });

  test('long reasons are cut to what Reddit takes', async () => {
    const { name } = await reported();
    expect(await desk.send('suspend', name, { guideline: 'Long '.repeat(60), reason: 'Long '.repeat(100) })).toMatchObject({ kind: 'done' });
  });

  test('a mute keeps out of modmail', async () => {
    const { name } = await reported();
    const order = desk.order('mute', name);
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done', said: 'u/piet muted in r/harbour\'s modmail' });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(desk.far.mutes).toEqual(new Set(['harbour piet']));
  });

  test('a warning is a conversation in the subreddit\'s name, once, even where its answer was lost', async () => {
    const { name } = await reported();
    const order = desk.order('warn', name, { message: 'Please stop.', guideline: '1 Be kind' });
    const heal = desk.far.server.plan({ route: 'POST /api/mod/:act', fault: LOST, afterwards: true, times: 1 });
    await expect(desk.session.deliver(order, signal)).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    expect(await desk.again().deliver(order, signal)).toMatchObject({ kind: 'done', said: 'message was sent before' });
    expect(desk.far.mails).toEqual([{
      id: 'c0', sub: 'harbour', to: 'piet', subject: 'Warning about your post in r/harbour',
      body: `Please stop.\n\nGuideline: 1 Be kind\n\nAbout: ${desk.far.server.origin}/r/harbour/comments/${name.slice(3)}/a_title/`,
    }]);
  });

  test('nothing is sent without words, or to nobody', async () => {
    const { name } = await reported();
    const orphan = await reported({ author: '[deleted]' });
    expect(await desk.send('warn', name)).toEqual({ kind: 'refused', why: 'Write the message first.' });
    expect(await desk.send('message', orphan.name, { message: 'Hello' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('nobody') });
    expect(await desk.send('suspend', orphan.name)).toMatchObject({ kind: 'refused' });
  });

  test('a missing permission is named with its remedy', async () => {
    const { name } = await reported();
    desk.far.subs.set('harbour', { permissions: ['posts'] });
    expect(await desk.send('suspend', name)).toEqual({ kind: 'refused', why: 'Reddit does not allow this to the account in r/harbour. It may lack a permission: someone with all of them can give it under Mod tools, Moderators.' });
  });

  test.each([['["NO_TEXT"]', 'Reddit refused the request (NO_TEXT).'], ['[["BAD_NUMBER","that number isn\'t in the right range (1 to 999)","duration"]]', 'Reddit refused: that number isn\'t in the right range (1 to 999) (duration)'], ['[7]', 'Reddit refused the request (200).']])('errors %s are a refusal, whatever their form', async (errors, why) => {
    const { name } = await reported();
    const heal = desk.far.server.plan({ route: 'POST /api/:act', fault: { name: 'errors', means: ['refused'], send(response) { response.writeHead(200, { 'content-type': 'application/json' }).end(`{"json":{"errors":${errors}}}`); } } });
    expect(await desk.send('dismiss', name)).toEqual({ kind: 'refused', why });
    heal();
  });

  test('Reddit\'s own limit on doing the same is a limit, not a refusal', async () => {
    const { name } = await reported();
    const heal = desk.far.server.plan({ route: 'POST /api/:act', times: 1, fault: { name: 'ratelimit', means: ['rate-limited'], send(response) { response.writeHead(200, { 'content-type': 'application/json' }).end('{"json":{"ratelimit":583.2,"errors":[["RATELIMIT","you are doing that too much. try again in 9 minutes.","ratelimit"]]}}'); } } });
    await expect(desk.send('dismiss', name)).rejects.toMatchObject({ kind: 'rate-limited', afterMs: 583_200 });
    heal();
  });
});

describe('mod notes', () => {
  beforeEach(async () => {
    await desk.far.close();
    desk = await openDesk({ notes: true });
  });

  test('each decision is noted on the member, once, with a label where one fits', async () => {
    const { name } = await reported();
    const order = desk.order('suspend', name, { durationMs: null, guideline: '1 Be kind' });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ said: 'u/piet banned from r/harbour for good · note written' });
    await desk.session.deliver(order, signal);
    await desk.send('warn', name, { message: 'Stop.', guideline: '2 No spam' });
    expect(desk.far.notes.map(({ note, label, about }) => [note.replace(/ · \w{8}$/, ''), label, about])).toEqual([
      ['warn: 2 No spam: A reason', 'SPAM_WARNING', name], ['suspend: 1 Be kind: A reason', 'PERMA_BAN', name],
    ]);
  });

  test('a note that is refused leaves the decision as it is', async () => {
    const { name } = await reported();
    const heal = desk.far.server.plan({ route: 'POST /api/mod/:act', fault: { name: 'refused', means: ['refused'], send(response) { response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden","error":403}'); } } });
    expect(await desk.send('dismiss', name)).toEqual({ kind: 'done', remoteId: name, said: 'approved · no note was written: Reddit refused: Forbidden' });
    heal();
  });
});

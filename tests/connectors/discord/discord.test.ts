import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discord } from '../../../src-main/connectors/discord/discord.ts';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { GUILD } from './world.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe('what AutoMod did', () => {
  test('a flagged message is one subject with one report, from its alert and its entries', async () => {
    const { message, alert } = desk.world.trigger(desk.piet, { timesOut: true });
    await desk.pull();
    expect([...desk.subjects.values()]).toMatchObject([{
      type: 'message', remoteId: message, authorId: desk.piet.id, text: 'buy cheap watches', removed: false, place: '#general',
      url: `https://discord.com/channels/${GUILD}/${desk.world.general.id}/${message}`, extra: { channel: desk.world.general.id, alert: `${desk.world.alerts.id}:${alert}` },
    }]);
    expect([...desk.reports.values()]).toEqual([{
      remoteId: alert, subject: { type: 'message', remoteId: message }, reporterId: null, category: 'other', remoteCategory: 'Keyword Filter 1', createdAt: desk.io.truly(), open: true,
      comment: 'AutoMod rule “Keyword Filter 1” matched “watches” (*watches*). An alert was sent. The member was timed out for 60 seconds.',
    }]);
    expect(desk.members.get(desk.piet.id)).toMatchObject({ name: 'PIET', handle: '@piet' });
  });

  test('a blocked message keeps the words of its alert, and counts as not there', async () => {
    const { alert } = desk.world.trigger(desk.piet, { blocks: true });
    await desk.pull();
    expect([...desk.subjects.values()]).toMatchObject([{ remoteId: `automod-${alert}`, text: 'buy cheap watches', removed: true, deletedAt: null }]);
    expect([...desk.reports.values()].map(({ comment }) => comment)).toEqual(['AutoMod rule “Keyword Filter 1” matched “watches” (*watches*). It was blocked. An alert was sent.']);
  });

  test('a blocked message without an alert is known by the audit log, which has no words', async () => {
    const { entries } = desk.world.trigger(desk.piet, { blocks: true, alerts: false });
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ remoteId: entries[0], comment: 'AutoMod rule “Keyword Filter 1” was triggered. It was blocked. Discord does not tell here what was written.' }]);
    expect([...desk.subjects.values()]).toMatchObject([{ remoteId: `automod-${entries[0]}`, authorId: desk.piet.id, text: '', removed: true }]);
  });

  test('a profile is about the member', async () => {
    desk.world.trigger(desk.piet, { profile: true, content: 'cheap watches', rule: { ...desk.world.rule, trigger_type: 6 } });
    await desk.pull();
    expect([...desk.subjects.values()]).toMatchObject([{ type: 'member', remoteId: desk.piet.id, authorId: desk.piet.id, text: 'cheap watches', removed: false }]);
    expect([...desk.reports.values()].map(({ comment }) => comment)).toEqual(['AutoMod rule “Keyword Filter 1” matched “watches” (*watches*). An alert was sent. The member was quarantined.']);
  });

  test('five triggers of one member within seconds stay five', async () => {
    for (let n = 0; n < 5; n += 1) {
      desk.world.trigger(desk.piet, { blocks: true, content: `buy ${n}`, timesOut: n === 4 });
      desk.io.pass(1000);
    }
    await desk.pull();
    expect([...desk.subjects.values()].map(({ text }) => text)).toEqual(['buy 0', 'buy 1', 'buy 2', 'buy 3', 'buy 4']);
    expect(desk.reports.size).toBe(5);
  });

  test('an alert that is read in the pull after its entry joins it', async () => {
    const { alert } = desk.world.trigger(desk.piet, { blocks: true });
    const kept = desk.world.byChannel.get(desk.world.alerts.id) ?? [];
    desk.world.byChannel.set(desk.world.alerts.id, []);
    await desk.pull();
    desk.world.byChannel.set(desk.world.alerts.id, kept);
    await desk.restart();
    await desk.pull();
    expect(desk.reports.size).toBe(1);
    expect([...desk.reports.values()].map(({ remoteId }) => remoteId)).not.toContain(alert);
    expect([...desk.subjects.values()]).toMatchObject([{ text: 'buy cheap watches' }]);
  });

  test('whose alert came late keeps its name, and is deleted as the message that it turned out to be', async () => {
    const { message, entries } = desk.world.trigger(desk.piet);
    const kept = desk.world.byChannel.get(desk.world.alerts.id) ?? [];
    desk.world.byChannel.set(desk.world.alerts.id, []);
    await desk.pull();
    desk.world.byChannel.set(desk.world.alerts.id, kept);
    await desk.restart();
    await desk.pull();
    const name = `automod-${entries[0]}`;
    expect([...desk.subjects.values()]).toMatchObject([{ remoteId: name, text: 'buy cheap watches', removed: false, extra: { message } }]);
    expect((await desk.session.context(desk.order('remove', name).subject, signal)).subject).toMatchObject({ remoteId: name, text: 'buy cheap watches' });
    expect(await desk.send('remove', name)).toMatchObject({ kind: 'done' });
    expect(desk.world.messages.has(message ?? '')).toBe(false);
  });

  test('an alert channel that becomes readable a day later tells more of the same reports', async () => {
    desk.far.lacks.add('history');
    for (let n = 0; n < 3; n += 1) {
      desk.world.trigger(desk.piet, { blocks: true, content: `buy ${n}` });
      desk.io.pass(300_000);
    }
    await desk.pull();
    expect([...desk.subjects.values()].map(({ text }) => text)).toEqual(['', '', '']);
    desk.io.pass(86_400_000);
    desk.far.lacks.clear();
    await desk.restart();
    await desk.pull();
    expect(desk.reports.size).toBe(3);
    expect([...desk.subjects.values()].map(({ text }) => text)).toEqual(['buy 0', 'buy 1', 'buy 2']);
  });

  test('an audit log that becomes readable a day later repeats no report', async () => {
    desk.far.lacks.add('auditLog');
    for (let n = 0; n < 3; n += 1) {
      desk.world.trigger(desk.piet, { blocks: true, content: `buy ${n}` });
      desk.io.pass(300_000);
    }
    await desk.pull();
    desk.io.pass(86_400_000);
    desk.far.lacks.clear();
    desk.world.trigger(desk.piet, { blocks: true, alerts: false });
    await desk.pull();
    expect(desk.reports.size).toBe(4);
  });

  test('an alert that comes between the reading of the channel and of the log is read before anything is named', async () => {
    let message: string | null = null;
    desk.session = discord.open({
      ...desk.io,
      async fetch(input, init) {
        const answer = await desk.io.fetch(input, init);
        if (message === null && String(input).includes('/messages?after=')) ({ message } = desk.world.trigger(desk.piet));
        return answer;
      },
    }, desk.values);
    await desk.pull();
    expect([...desk.subjects.values()]).toMatchObject([{ remoteId: message, text: 'buy cheap watches' }]);
  });

  test('chatter in the alert channel is no report', async () => {
    desk.world.write(desk.world.alerts.id, desk.world.tomas.id, 'I take the next one');
    await desk.pull();
    expect(desk.reports.size).toBe(0);
  });

  test('a named alert channel is read without the right to read the rules', async () => {
    desk.session = discord.open(desk.io, { ...desk.values, alerts: desk.world.alerts.id });
    desk.far.lacks.add('manageServer').add('auditLog');
    const { alert } = desk.world.trigger(desk.piet);
    await desk.pull();
    expect([...desk.reports.keys()]).toEqual([alert]);
  });

  test('without the Message Content Intent the report stays, without words', async () => {
    desk.far.content = false;
    const { alert } = desk.world.trigger(desk.piet, { blocks: true });
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ remoteId: alert, remoteCategory: 'Keyword Filter 1' }]);
    expect([...desk.subjects.values()]).toMatchObject([{ authorId: desk.piet.id, text: '' }]);
  });
});

describe('the conversation', () => {
  test('has what stands before and after, its author as they stand now, and what was done to them', async () => {
    const before = desk.world.write(desk.world.general.id, desk.world.tomas.id, 'Hello');
    desk.io.pass(1000);
    const { message } = desk.world.trigger(desk.piet);
    desk.io.pass(1000);
    const after = desk.world.write(desk.world.general.id, desk.piet.id, 'Cheap, I said');
    desk.piet.nick = 'Pete';
    desk.world.timeOut(desk.world.tomas, desk.piet, desk.io.truly() + 86_400_000, 'spam [docket 0b7c7c0e6a4e4b0e9a513d]');
    await desk.pull();
    expect(await desk.session.context(desk.order('dismiss', message ?? '').subject, signal)).toMatchObject({
      before: [{ remoteId: before.id, authorId: desk.world.tomas.id, place: '#general' }], after: [{ remoteId: after.id }], recent: [{ remoteId: after.id }],
      members: [{ remoteId: desk.piet.id, name: 'Pete', standing: ['timed out until 2026-11-22 09:00 UTC'] }, { remoteId: desk.world.tomas.id }],
      record: [{ text: 'timed out until 2026-11-22 09:00 UTC: spam', by: '@tomas' }, { text: 'AutoMod sent an alert (Keyword Filter 1)', by: null }],
      subject: { remoteId: message, text: 'buy cheap watches', deletedAt: null },
    });
  });

  test('shows what stands there without words: a poll, a sticker, an app\'s card', async () => {
    const { general, tomas } = desk.world;
    desk.world.write(general.id, tomas.id, '', { more: { poll: { question: { text: 'Who goes?' }, answers: [{ answer_id: 1, poll_media: { text: 'Piet' } }, { answer_id: 2, poll_media: { emoji: { name: '🐈' } } }], expiry: null, allow_multiselect: false, layout_type: 1 } } });
    desk.world.write(general.id, tomas.id, '', { more: { sticker_items: [{ id: '749054660769218631', name: 'Wave', format_type: 1 }] } });
    desk.world.write(general.id, tomas.id, '', { embeds: [{ type: 'rich', description: 'A card', fields: [] }] });
    desk.io.pass(1000);
    const { message } = desk.world.trigger(desk.piet);
    await desk.pull();
    const { before } = await desk.session.context(desk.order('dismiss', message ?? '').subject, signal);
    expect(before.map(({ text }) => text)).toEqual(['Who goes?\n· Piet\n· ?', 'Sticker: Wave', 'A card']);
  });

  test('of what was blocked stands where it was to be written, with the words of the alert', async () => {
    desk.world.write(desk.world.general.id, desk.world.tomas.id, 'Hello');
    desk.io.pass(1000);
    const { alert } = desk.world.trigger(desk.piet, { blocks: true });
    await desk.pull();
    await desk.restart();
    expect(await desk.session.context(desk.order('dismiss', `automod-${alert}`).subject, signal)).toMatchObject({ before: [{ text: 'Hello' }], subject: { remoteId: `automod-${alert}`, text: 'buy cheap watches', removed: true } });
  });

  test('of what is gone says so; of a channel that is closed to the bot it does not', async () => {
    const { message } = desk.world.trigger(desk.piet);
    await desk.pull();
    desk.world.unwrite(message ?? '');
    expect((await desk.session.context(desk.order('dismiss', message ?? '').subject, signal)).subject).toBeNull();
    desk.far.lacks.add('view');
    await expect(desk.session.context({ ...desk.order('dismiss', message ?? '').subject, extra: { channel: desk.world.general.id } }, signal)).rejects.toMatchObject({ kind: 'refused' });
  });

  test('of who left says it', async () => {
    const { message } = desk.world.trigger(desk.piet);
    await desk.pull();
    desk.piet.here = false;
    expect((await desk.session.context(desk.order('dismiss', message ?? '').subject, signal)).members).toMatchObject([{ handle: '@piet', standing: ['not in the server'] }]);
  });
});

describe('what colleagues do', () => {
  test('a ban deals with all that was reported of the member before, and names who', async () => {
    const first = desk.world.trigger(desk.piet).message ?? '';
    desk.io.pass(60_000);
    const second = desk.world.trigger(desk.piet).message ?? '';
    await desk.pull();
    desk.io.pass(60_000);
    desk.world.ban(desk.world.tomas, desk.piet, 'spam');
    await desk.pull();
    expect(desk.resolutions).toEqual([first, second].map((remoteId) => ({
      subject: { type: 'message', remoteId }, by: '@tomas', what: 'member banned', at: desk.io.truly(), orderId: null, closes: true,
    })));
  });

  test('a ban right after what AutoMod blocked deals with that, once', async () => {
    const { alert } = desk.world.trigger(desk.piet, { blocks: true, timesOut: true });
    desk.world.ban(desk.world.tomas, desk.piet, 'spam');
    await desk.pull();
    await desk.restart();
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { type: 'message', remoteId: `automod-${alert}` }, by: '@tomas', what: 'member banned', closes: true }]);
  });

  test('a timeout and its end are told apart by what changed', async () => {
    const message = desk.world.trigger(desk.piet).message ?? '';
    await desk.pull();
    desk.world.log(24, desk.world.tomas.id, desk.piet.id, { changes: [{ key: 'nick', new_value: 'Piet' }] });
    desk.world.timeOut(desk.world.tomas, desk.piet, Date.UTC(2026, 10, 22, 9));
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { remoteId: message }, by: '@tomas', what: 'timed out until 2026-11-22 09:00 UTC', closes: true }]);
  });

  test('of a deletion, which names no message, the message that is gone is found', async () => {
    const [first, second] = [desk.world.trigger(desk.piet).message ?? '', ''];
    desk.io.pass(60_000);
    const kept = desk.world.trigger(desk.piet).message ?? second;
    await desk.pull();
    desk.world.remove(desk.world.tomas, first);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { type: 'message', remoteId: first }, by: '@tomas', what: 'message deleted', closes: true }]);
    expect(desk.subjects.get(first)).toMatchObject({ deletedAt: desk.io.truly(), text: '' });
    expect(desk.subjects.get(kept)).toMatchObject({ deletedAt: null });
  });

  test('with a channel or a thread that is deleted goes what was reported in it; who deletes their own leaves it open', async () => {
    const [post, own] = [desk.world.addChannel('Sale', 11), desk.world.addChannel('Mine', 11)];
    const [inPost, inOwn, inChannel] = [post, own, desk.world.general].map(({ id }) => {
      desk.io.pass(60_000);
      return desk.world.trigger(desk.piet, { channel: id }).message ?? '';
    });
    await desk.pull();
    desk.io.pass(60_000);
    desk.world.erase(desk.world.tomas, post);
    desk.world.erase(desk.piet, own);
    desk.world.erase(desk.world.tomas, desk.world.general);
    await desk.pull();
    expect(desk.resolutions).toEqual([[inPost, 'thread deleted'], [inChannel, 'channel deleted']].map(([remoteId, what]) => ({
      subject: { type: 'message', remoteId }, by: '@tomas', what, at: desk.io.truly(), orderId: null, closes: true,
    })));
    expect([inPost, inOwn, inChannel].map((id) => desk.subjects.get(id ?? '')?.deletedAt)).toEqual([desk.io.truly(), desk.io.truly(), desk.io.truly()]);
  });

  test('an alert that was marked as completed while nobody listened closes its report', async () => {
    const { alert, message } = desk.world.trigger(desk.piet);
    await desk.pull();
    const embed = desk.world.messages.get(alert ?? '')?.embeds[0];
    embed?.fields.push({ name: 'alert_actions_execution', value: JSON.stringify({ v: 0, actions: { 1: { actor: desk.world.tomas.id, ts: '2026-11-21T09:05:00+00:00' } } }), inline: false });
    await desk.restart();
    await desk.pull();
    expect(desk.resolutions).toEqual([{ subject: { type: 'message', remoteId: message }, by: '@tomas', what: 'alert marked as completed', at: Date.UTC(2026, 10, 21, 9, 5), orderId: null, closes: true, reportId: alert }]);
  });

  test('one of several alerts about a member that is marked as completed closes its own report alone', async () => {
    const alerts = [1, 2].map(() => {
      desk.io.pass(60_000);
      return desk.world.trigger(desk.piet, { profile: true }).alert ?? '';
    });
    await desk.pull();
    for (const alert of alerts) {
      desk.world.messages.get(alert)?.embeds[0]?.fields.push({ name: 'alert_actions_execution', value: JSON.stringify({ v: 0, actions: { 1: { actor: desk.world.tomas.id, ts: '2026-11-21T09:05:00+00:00' } } }), inline: false });
      desk.io.pass(600_000);
      await desk.restart();
      await desk.pull();
    }
    expect(desk.resolutions.map(({ subject, closes, reportId }) => [subject.type, closes, reportId])).toEqual(alerts.map((alert) => ['member', true, alert]));
  });

  test('one that was completed before the first sync comes closed', async () => {
    const { alert } = desk.world.trigger(desk.piet);
    desk.world.messages.get(alert ?? '')?.embeds[0]?.fields.push({ name: 'alert_actions_execution', value: JSON.stringify({ v: 0, actions: { 1: { actor: desk.world.tomas.id, ts: '2026-11-21T09:05:00+00:00' } } }), inline: false });
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ open: false }]);
    expect(desk.resolutions).toMatchObject([{ by: '@tomas', closes: true }]);
  });

  test('what an order of ours did is known as ours, and closes nothing of others', async () => {
    const message = desk.world.trigger(desk.piet).message ?? '';
    await desk.pull();
    const order = desk.order('mute', message, { durationMs: 600_000 });
    await desk.session.deliver(order, signal);
    await desk.restart();
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: '@docketbot', orderId: order.id, closes: false }]);
  });
});

describe('the account', () => {
  test('with all permissions has nothing missing, and carries no address', async () => {
    const account = await desk.session.verify(signal);
    expect(account).toMatchObject({ name: '@docketbot', instance: 'Mason\'s Test Server', missing: [], capabilities: { message: { mute: { can: true } }, member: { remove: { can: true } } } });
    expect(JSON.stringify(account)).not.toContain('secret@');
  });

  test.each([
    ['manageServer', /“Manage Server”.*AutoMod rules.*Server settings, Roles/],
    ['auditLog', /“View Audit Log”/], ['manageMessages', /“Manage Messages”.*delete messages/], ['timeOut', /“Timeout Members”/],
    ['kick', /“Kick Members”/], ['ban', /“Ban Members”/], ['history', /“Read Message History”/],
  ] as const)('without %s says which permission is missing and where to grant it', async (name, said) => {
    desk.far.lacks.add(name);
    const { missing, capabilities } = await desk.session.verify(signal);
    expect(missing.join('\n')).toMatch(said);
    if (name === 'ban') expect(capabilities.message?.suspend).toMatchObject({ can: false, why: expect.stringContaining('Ban Members') });
  });

  test('an alert channel that hides its history is named', async () => {
    desk.world.alerts.overwrites.push({ id: GUILD, type: 0, allow: '0', deny: String(1n << 16n) });
    expect((await desk.session.verify(signal)).missing).toEqual(['In the alert channel #automod-alerts the bot lacks “Read Message History”, needed to read the alerts and what was said around. Grant it in the channel\'s settings, Permissions.']);
  });

  test('without the Message Content Intent says where to switch it on', async () => {
    desk.far.content = false;
    expect((await desk.session.verify(signal)).missing.join()).toMatch(/Message Content Intent in the Developer Portal/);
  });

  test('a wrong token asks for another, and is not tried again and again', async () => {
    desk.io.secrets.set('token', 'wrong');
    await expect(desk.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
    const asked = desk.far.server.requests.length;
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'sign-in' });
    expect(desk.far.server.requests.length).toBe(asked);
    desk.io.secrets.set('token', 'Bot MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.secret');
    await expect(desk.session.verify(signal)).resolves.toMatchObject({ missing: [] });
  });

  test('a server that the bot is not in is a matter of settings', async () => {
    const other = discord.open(desk.io, { ...desk.values, guild: '42' });
    await expect(other.verify(signal)).rejects.toMatchObject({ kind: 'settings', message: expect.stringMatching(/not a member of the server 42/) });
  });

  test.each([[{}, /server ID/], [{ guild: 'general' }, /server ID/], [{ guild: GUILD, alerts: '#alerts' }, /channel ID/], [{ guild: GUILD, url: 'nowhere' }, /address/]])('settings %j are refused', (values, said) => {
    expect(() => discord.instance(values)).toThrow(said);
  });

  test('asks Discord where nothing else is named', () => {
    expect(discord.instance({ guild: GUILD })).toBe(`discord.com/${GUILD}`);
  });
});

describe('the pace', () => {
  test('no bucket is asked beyond its limit', async () => {
    for (let n = 0; n < 120; n += 1) {
      desk.world.trigger(desk.piet, { content: `buy ${n}`, blocks: true, timesOut: true });
      desk.io.pass(20_000);
    }
    await desk.pull();
    for (const remoteId of [...desk.subjects.keys()].slice(0, 30)) await desk.session.context(desk.order('dismiss', remoteId).subject, signal);
    expect(desk.far.limited).toBe(0);
    expect(desk.reports.size).toBe(120);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Told, Trigger } from './world.ts';
import { GUILD } from './world.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.pull();
  await desk.far.gateway.until(({ heard }) => heard.some(({ op }) => op === 2));
  await desk.woken();
  await desk.pull();
});
afterEach(() => desk.close());

/** AutoMod acts, and the gateway tells of it. */
function triggered(how: Trigger = {}): Told {
  const told = desk.world.trigger(desk.piet, how);
  for (const event of told.events) desk.far.gateway.dispatch('AUTO_MODERATION_ACTION_EXECUTION', event);
  return told;
}

describe('what the gateway tells', () => {
  test('of one trigger in three events is one report, with its alert and entries', async () => {
    const { alert } = triggered({ blocks: true, timesOut: true });
    await desk.woken();
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{
      remoteId: alert, comment: 'AutoMod rule “Keyword Filter 1” matched “watches” (*watches*). It was blocked. An alert was sent. The member was timed out for 60 seconds.',
    }]);
    expect([...desk.subjects.values()]).toMatchObject([{ text: 'buy cheap watches', removed: true }]);
  });

  test('gives a blocked message without an alert its words', async () => {
    triggered({ blocks: true, alerts: false });
    await desk.woken();
    await desk.pull();
    expect([...desk.subjects.values()]).toMatchObject([{ authorId: desk.piet.id, text: 'buy cheap watches', removed: true }]);
    expect(desk.reports.size).toBe(1);
    expect(desk.members.get(desk.piet.id)).toMatchObject({ handle: '@piet' });
  });

  test('of two rules that block one message is two reports', async () => {
    desk.far.lacks.add('auditLog');
    const other = { ...desk.world.rule, id: '969707018069872671', name: 'Insults' };
    desk.world.rules.push(other);
    await desk.restart();
    await desk.pull();
    await desk.far.gateway.until(({ heard }) => heard.filter(({ op }) => op === 2).length === 2);
    triggered({ blocks: true, alerts: false });
    triggered({ blocks: true, alerts: false, rule: other });
    await desk.woken();
    await desk.pull();
    expect([...desk.reports.values()].map(({ remoteCategory }) => remoteCategory).toSorted()).toEqual(['Insults', 'Keyword Filter 1']);
  });

  test('is brought once', async () => {
    triggered({ blocks: true, alerts: false });
    await desk.woken();
    await desk.pull();
    expect((await desk.pull()).flatMap(({ reports }) => reports)).toEqual([]);
  });

  test('is a report by itself where neither log nor alerts can be read', async () => {
    desk.far.lacks.add('auditLog').add('history');
    triggered({ blocks: true, alerts: false });
    await desk.woken();
    await desk.pull();
    expect([...desk.reports.values()]).toMatchObject([{ comment: expect.stringContaining('matched “watches”') }]);
  });

  test('before the log has it joins it later, also after a restart', async () => {
    const { events } = desk.world.trigger(desk.piet, { blocks: true, alerts: false });
    const entry = desk.world.entries.pop();
    for (const event of events) desk.far.gateway.dispatch('AUTO_MODERATION_ACTION_EXECUTION', event);
    await desk.woken();
    await desk.pull();
    expect(desk.reports.size).toBe(1);
    if (entry !== undefined) desk.world.entries.push(entry);
    await desk.restart();
    await desk.pull();
    expect(desk.reports.size).toBe(1);
    expect([...desk.subjects.values()]).toMatchObject([{ text: 'buy cheap watches' }]);
  });

  test('stays until it was stored', async () => {
    triggered({ blocks: true, alerts: false });
    await desk.woken();
    desk.far.server.plan({ fault: { name: 'down', means: [], send: (response) => void response.writeHead(500).end() }, route: 'GET /guilds/:guild/audit-logs', times: 1 });
    await expect(desk.pull()).rejects.toMatchObject({ kind: 'unreachable' });
    const given = desk.session.pull(desk.cursor, signal)[Symbol.asyncIterator]();
    expect((await given.next()).value).toMatchObject({ reports: [{ open: true }] });
    await given.return?.();
    expect(desk.reports.size).toBe(0);
    await desk.pull();
    expect([...desk.subjects.values()]).toMatchObject([{ text: 'buy cheap watches' }]);
    expect(desk.reports.size).toBe(1);
  });

  test('comes late where the gateway was away, and joins what the log and the alerts told meanwhile, in the order in which it happened', async () => {
    const other = { ...desk.world.rule, id: '969707018069872671', name: 'Clocks' };
    desk.world.rules.push(other);
    await desk.restart();
    await desk.pull();
    await desk.woken();
    await desk.pull();
    const back = Promise.withResolvers<void>();
    desk.far.gateway.busy = back.promise;
    const before = desk.far.gateway.opened.length;
    desk.far.gateway.drop();
    // What was still on the line when it broke is heard before time goes on.
    await desk.far.gateway.until(({ opened }) => opened.length > before);
    const first = desk.world.trigger(desk.piet, { blocks: true, alerts: false, content: 'buy cheap watches' });
    const alerted = desk.world.trigger(desk.piet, { blocks: true, content: 'buy cheap clocks', rule: other });
    desk.io.pass(40_000);
    await desk.pull();
    const second = desk.world.trigger(desk.piet, { blocks: true, alerts: false, content: 'buy dear watches' });
    desk.io.pass(60_000);
    for (const event of [...first.events, ...alerted.events, ...second.events]) desk.far.gateway.dispatch('AUTO_MODERATION_ACTION_EXECUTION', event);
    back.resolve();
    await desk.woken();
    await desk.pull();
    expect([...desk.reports.keys()]).toEqual([first.entries[0], alerted.alert, second.entries[0]]);
    expect([...desk.reports.values()].map(({ subject }) => desk.subjects.get(subject.remoteId)?.text)).toEqual(['buy cheap watches', 'buy cheap clocks', 'buy dear watches']);
  });

  test('of another server of the same bot is none of ours', async () => {
    const { events } = desk.world.trigger(desk.piet, { blocks: true, alerts: false });
    desk.world.entries.pop();
    for (const event of events) desk.far.gateway.dispatch('AUTO_MODERATION_ACTION_EXECUTION', { ...event, guild_id: '42' });
    triggered({ blocks: true, content: 'another' });
    await desk.woken();
    await desk.pull();
    expect([...desk.subjects.values()].map(({ text }) => text)).toEqual(['another']);
  });

  test('shows an alert in a channel that no rule names', async () => {
    desk.world.rules.length = 0;
    desk.far.lacks.add('auditLog');
    await desk.restart();
    const { alert } = desk.world.trigger(desk.piet);
    await desk.pull();
    await desk.far.gateway.until(({ heard }) => heard.filter(({ op }) => op === 2).length === 2);
    desk.cursor = null;
    desk.reports.clear();
    desk.far.gateway.dispatch('MESSAGE_CREATE', { guild_id: GUILD, id: alert, channel_id: desk.world.alerts.id, type: 24, embeds: [] });
    await desk.woken();
    await desk.pull();
    expect([...desk.reports.keys()]).toEqual([alert]);
  });
});

/** The author takes the message away: it is seen to be gone, and laid to nobody. */
async function deletedByItsAuthor(message: string | null | undefined): Promise<void> {
  desk.world.unwrite(message ?? '');
  desk.far.gateway.dispatch('MESSAGE_DELETE', { guild_id: GUILD, id: message, channel_id: desk.world.general.id });
  await desk.woken();
  await desk.pull();
  expect(desk.subjects.get(message ?? '')?.deletedAt).not.toBeNull();
  expect(desk.resolutions).toEqual([]);
}

describe('what happens to what was reported', () => {
  test('an edit is brought', async () => {
    const { message, alert } = triggered();
    await desk.woken();
    await desk.pull();
    desk.far.gateway.dispatch('MESSAGE_UPDATE', { guild_id: GUILD, id: message, channel_id: desk.world.general.id, type: 0, content: 'buy nothing', edited_timestamp: '2026-11-21T09:10:00+00:00', author: { id: desk.piet.id, username: 'piet' }, embeds: [], attachments: [] });
    await desk.woken();
    await desk.pull();
    expect(desk.subjects.get(message ?? '')).toMatchObject({ text: 'buy nothing', editedAt: Date.UTC(2026, 10, 21, 9, 10), extra: { alert: `${desk.world.alerts.id}:${alert}` } });
  });

  test('its author\'s own deletion leaves the report open', async () => {
    const { message } = triggered();
    await desk.woken();
    await desk.pull();
    await deletedByItsAuthor(message);
  });

  test('its author\'s own deletion is not laid to a moderator who deleted another of theirs', async () => {
    const { message } = triggered();
    await desk.woken();
    await desk.pull();
    desk.world.remove(desk.world.tomas, desk.world.write(desk.world.general.id, desk.piet.id, 'something else').id);
    await desk.pull();
    await deletedByItsAuthor(message);
  });

  test('a moderator\'s deletion that joined an older entry is known for theirs', async () => {
    const earlier = desk.world.write(desk.world.general.id, desk.piet.id, 'something else');
    desk.world.remove(desk.world.tomas, earlier.id);
    const { message } = triggered();
    await desk.woken();
    await desk.pull();
    desk.world.remove(desk.world.tomas, message ?? '');
    desk.far.gateway.dispatch('MESSAGE_DELETE', { guild_id: GUILD, id: message, channel_id: desk.world.general.id });
    await desk.woken();
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { remoteId: message }, by: '@tomas', what: 'message deleted', closes: true }]);
  });

  test('an alert that is marked as completed closes the report at once', async () => {
    const { alert, message } = triggered();
    await desk.woken();
    await desk.pull();
    const embeds = [{ type: 'auto_moderation_message', description: 'x', fields: [{ name: 'alert_actions_execution', value: JSON.stringify({ v: 0, actions: { 1: { actor: desk.world.tomas.id, ts: '2026-11-21T09:10:00+00:00' } } }) }] }];
    desk.far.gateway.dispatch('MESSAGE_UPDATE', { guild_id: GUILD, id: alert, channel_id: desk.world.alerts.id, type: 24, embeds });
    await desk.woken();
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { remoteId: message }, by: '@tomas', what: 'alert marked as completed', closes: true }]);
  });
});

test('an intent that is not enabled is said after what could be pulled came, and stops nothing else', async () => {
  await desk.close();
  desk = await openDesk();
  desk.far.gateway.refuses = 4014;
  const { alert } = desk.world.trigger(desk.piet);
  let error: unknown = null;
  for (let tries = 0; tries < 500 && error === null; tries += 1) error = await desk.pull().then(() => null, (problem: unknown) => problem);
  expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('Message Content Intent') });
  expect([...desk.reports.keys()]).toEqual([alert]);
  expect((await desk.session.verify(signal)).missing).toEqual([expect.stringContaining('Message Content Intent is not enabled')]);
  const second = desk.world.trigger(desk.piet);
  await desk.pull();
  expect([...desk.reports.keys()]).toEqual([alert, second.alert]);
  expect(desk.far.gateway.heard.filter(({ op }) => op === 2)).toHaveLength(1);
  // Later, or where a person asks for it, it is tried again.
  desk.far.gateway.refuses = null;
  expect((await desk.session.verify(signal)).missing).toEqual([]);
  await desk.pull();
  await desk.far.gateway.until(({ heard }) => heard.filter(({ op }) => op === 2).length === 2);
});

test('without the intent, as the app says, the gateway is heard without asking for it', async () => {
  await desk.close();
  desk = await openDesk();
  desk.far.content = false;
  await desk.session.verify(signal);
  await desk.pull();
  await desk.far.gateway.until(({ heard }) => heard.some(({ op }) => op === 2));
  expect(desk.far.gateway.heard.find(({ op }) => op === 2)).toMatchObject({ d: { intents: 4 + 512 + 1_048_576 + 2_097_152 } });
});

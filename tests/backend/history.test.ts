import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionAction } from '../../src-main/contract/queue.ts';
import type { HistoryFilter } from '../../src-main/contract/work.ts';
import { STARTER_GUIDELINES } from '../../src-main/domain/starter/index.ts';
import { changeCase, openCase } from '../../src-main/services/cases.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { aboutHistory, getEvent, pageHistory, verifyHistory } from '../../src-main/services/history.ts';
import { linkMembers } from '../../src-main/services/members.ts';
import { saveNote } from '../../src-main/services/notes.ts';
import { eraseEvent } from '../../src-main/services/record.ts';
import { claimItem, redoDecision, settleConflict, undoDecision } from '../../src-main/services/undo.ts';
import { deliveriesOfDecision } from '../../src-main/store/deliveries.ts';
import { settle } from '../../src-main/store/outbox.ts';
import { memberByKey } from '../../src-main/store/subjects.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const DAY = 86_400_000;
const HARASSMENT = STARTER_GUIDELINES[1]?.id ?? '';
const source = 'key' as const;

let world: WorkWorld;
beforeEach(() => {
  world = makeWorkWorld();
});
afterEach(() => world.stop());

function decide(items: readonly number[], actions: readonly DecisionAction[], guidelineId: string | null = null): string {
  world.pass(1000);
  return recordDecision(world.ctx, { id: randomUUID(), items: world.seen(...items), actions, guidelineId, reason: 'because', message: null, source }).decisionId;
}

/** Of what people did here, without the set-up's own events. */
function rows(filter: HistoryFilter = {}, more: { after?: string | null; limit?: number } = {}) {
  const page = pageHistory(world.ctx, { filter, after: null, limit: 100, ...more });
  return { ...page, rows: page.rows.filter((row) => row.kind !== 'guideline.published' && row.kind !== 'connection.added') };
}
const did = (filter: HistoryFilter = {}) => rows(filter).rows.map((row) => row.did);

describe('the history', () => {
  test('says who did what to whom, under what, how it went and what became of it', () => {
    const [one, two] = [world.report('p1', { text: 'You should be ashamed' }), world.report('c1', { on: 'chat', author: 'brine' })];
    const first = decide([one], [{ verb: 'remove' }, { verb: 'mute', durationMs: 3 * DAY }], HARASSMENT);
    for (const row of deliveriesOfDecision(world.ctx.store, first)) settle(world.ctx.store, row.id, { state: 'sent', said: null, sentAt: world.ctx.now() });
    const second = decide([one, two], [{ verb: 'dismiss' }]);
    world.set({ actor: 'Tomás' });
    undoDecision(world.ctx, { id: randomUUID(), decisionId: second, source });
    expect(rows().rows.map(({ actor, did, to, under, connectionId, delivered, later }) => ({ actor, did, to, under, connectionId, delivered, later }))).toEqual([
      { actor: 'Tomás', did: 'undo dismiss', to: '2 members · 2 items', under: null, connectionId: 'forum', delivered: null, later: null },
      { actor: 'Ines', did: 'dismiss', to: '2 members · 2 items', under: null, connectionId: 'forum', delivered: 'not sent', later: 'undone by Tomás' },
      {
        actor: 'Ines', did: 'remove + mute 3 d', to: 'kestrel · “You should be ashamed”', under: '2 No harassment · v1', connectionId: 'forum',
        delivered: 'forum.example, all 2 sent', later: null,
      },
    ]);
  });

  test('says what became of a decision, in order', () => {
    const id = decide([world.report('p1')], [{ verb: 'remove' }]);
    const [order] = deliveriesOfDecision(world.ctx.store, id);
    if (order === undefined) throw new Error('nothing was sent');
    settle(world.ctx.store, order.id, { state: 'conflict', said: null, theirs: { by: 'Lea', what: 'approved', at: null } });
    settleConflict(world.ctx, { id: randomUUID(), deliveryId: order.id, choice: 'send-mine', source });
    undoDecision(world.ctx, { id: randomUUID(), decisionId: null, source });
    redoDecision(world.ctx, { id: randomUUID(), source });
    expect(rows({ kinds: ['decision.recorded'] }).rows.map((row) => row.later)).toEqual(['sent over theirs by Ines, undone by Ines, redone by Ines']);
    expect(did()).toEqual(['redo remove', 'undo remove', 'send ours over theirs', 'remove']);
  });

  test('has words for everything people do', () => {
    const one = world.report('p1', { text: 'Ahoy' });
    const other = world.report('c1', { on: 'chat', author: 'brine' });
    const about = { kind: 'item' as const, id: one };
    claimItem(world.ctx, { id: one, claimed: true, source });
    const note = saveNote(world.ctx, { id: randomUUID(), basis: 0, about, text: 'A note', audience: 'team', expiresAt: null, source });
    saveNote(world.ctx, { id: note.id, basis: 1, about, text: 'A longer note', audience: 'team', expiresAt: null, source });
    const { id } = openCase(world.ctx, { id: randomUUID(), title: 'Harbour', itemIds: [other], source });
    changeCase(world.ctx, { id, basis: 1, stage: 'hearing', followUpAt: world.ctx.now(), source });
    const member = (on: string, name: string) => memberByKey(world.ctx.store, `${on}:${on}.example:member:${name}`)?.id ?? 0;
    linkMembers(world.ctx, { id: randomUUID(), a: member('forum', 'kestrel'), b: member('chat', 'brine'), source });
    eraseEvent(world.ctx, { id: randomUUID(), eventId: note.id, source });
    expect(rows().rows.map(({ did, to }) => `${did}: ${to}`)).toEqual([
      expect.stringMatching(/^erase personal data: of event \d+$/),
      'link members: kestrel and brine',
      'move to hearing, set a follow-up: case 1 · Harbour',
      'add party, other side: case 1 · Harbour',
      'link item: case 1 · Harbour',
      'open case: case 1 · Harbour',
      'note on item, revision 2: kestrel · “Ahoy”',
      'note on item: kestrel · “Ahoy”',
      'claim: kestrel · “Ahoy”',
    ]);
  });

  test('is filtered by person, kind, verb, guideline, platform, connection, item, member, case and time', () => {
    const [one, two] = [world.report('p1'), world.report('c1', { on: 'chat', author: 'brine' })];
    const kestrel = memberByKey(world.ctx.store, 'forum:forum.example:member:kestrel')?.id ?? 0;
    decide([one], [{ verb: 'warn' }], HARASSMENT);
    const noon = world.ctx.now() + 1;
    decide([two], [{ verb: 'remove' }]);
    const { id: caseId } = openCase(world.ctx, { id: randomUUID(), title: 'Harbour', itemIds: [], source });
    world.set({ actor: 'Tomás' });
    claimItem(world.ctx, { id: two, claimed: true, source });
    expect(did({ actor: 'Tomás' })).toEqual(['claim']);
    expect(did({ kinds: ['item.claimed', 'case.opened'] })).toEqual(['claim', 'open case']);
    expect(did({ verb: 'remove' })).toEqual(['remove']);
    expect(did({ guidelineId: HARASSMENT })).toEqual(['warn']);
    expect(did({ platform: 'chat' })).toEqual(['claim', 'remove']);
    expect(did({ connectionId: 'forum' })).toEqual(['warn']);
    expect(did({ itemId: two })).toEqual(['claim', 'remove']);
    expect(did({ memberId: kestrel })).toEqual(['warn']);
    expect(did({ caseId })).toEqual(['open case']);
    expect(did({ to: noon })).toEqual(['warn']);
    expect(did({ from: noon })).toEqual(['claim', 'open case', 'remove']);
    expect(did({ from: world.ctx.now() + DAY })).toEqual([]);
    expect(did({ itemId: two, verb: 'remove', actor: 'Ines', from: noon })).toEqual(['remove']);
    expect(did({ itemId: 4096 })).toEqual([]);
  });

  test('is read a page at a time without a gap or a repeat', () => {
    const ids = Array.from({ length: 7 }, (_, at) => world.report(`p${at}`));
    for (const id of ids) decide([id], [{ verb: 'dismiss' }]);
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const page = pageHistory(world.ctx, { filter: { verb: 'dismiss' }, after, limit: 3 });
      seen.push(...page.rows.map((row) => row.seq));
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(7);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  });
});

describe('the chain', () => {
  test('is found whole, and when that was is kept', async () => {
    decide([world.report('p1')], [{ verb: 'remove' }]);
    const about = aboutHistory(world.ctx);
    expect(about).toEqual({ events: expect.any(Number), actors: ['Docket', 'Ines'], verifiedAt: null, whole: null });
    expect(await verifyHistory(world.ctx)).toEqual({ whole: true, events: about.events, said: `All ${about.events} events are as they were written.` });
    expect(aboutHistory(world.ctx)).toMatchObject({ verifiedAt: world.ctx.now(), whole: true });
  });

  test('says which event was changed', async () => {
    const id = decide([world.report('p1')], [{ verb: 'remove' }]);
    const { seq } = getEvent(world.ctx, { id });
    world.ctx.store.db.exec('DROP TRIGGER events_no_update');
    world.ctx.store.db.prepare('UPDATE events SET actor = ? WHERE id = ?').run('Someone else', id);
    expect(await verifyHistory(world.ctx)).toMatchObject({ whole: false, said: expect.stringContaining(`event ${seq} was changed after it was written`) });
    expect(aboutHistory(world.ctx)).toMatchObject({ whole: false });
  });

  test('cannot be changed or shortened by a statement', () => {
    const { db } = world.ctx.store;
    expect(() => db.exec(`UPDATE events SET actor = 'Someone else'`)).toThrow('events are immutable');
    expect(() => db.exec('DELETE FROM events')).toThrow('events are immutable');
    decide([world.report('p1')], [{ verb: 'remove' }]);
    expect(() => db.exec(`UPDATE event_payloads SET body = '{}'`)).toThrow('payloads are immutable');
  });

  test('stays whole when personal data is erased, and they are gone', async () => {
    const id = decide([world.report('p1', { text: 'A home address' })], [{ verb: 'remove' }]);
    eraseEvent(world.ctx, { id: randomUUID(), eventId: id, source });
    expect(getEvent(world.ctx, { id })).toMatchObject({ payload: null, seen: [], did: 'remove' });
    expect(await verifyHistory(world.ctx)).toMatchObject({ whole: true });
  });

  test('is not whole when a payload went without a word', async () => {
    const id = decide([world.report('p1')], [{ verb: 'remove' }]);
    world.ctx.store.db.prepare('DELETE FROM event_payloads WHERE event = (SELECT seq FROM events WHERE id = ?)').run(id);
    expect(await verifyHistory(world.ctx)).toMatchObject({ whole: false, said: expect.stringContaining('no event says that it was erased') });
  });
});

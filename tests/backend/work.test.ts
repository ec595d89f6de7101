import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STARTER_GUIDELINES } from '../../src-main/domain/starter/index.ts';
import { addParty, changeCase, getCase, linkItem, listCases, openCase, removeParty, unlinkItem } from '../../src-main/services/cases.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { getDraft, saveDraft } from '../../src-main/services/drafts.ts';
import { findGuidelines, listGuidelines, listVersions, publishGuideline, retireGuideline, seedGuidelines } from '../../src-main/services/guidelines.ts';
import { findMembers, linkMembers, memberRecord, unlinkMember } from '../../src-main/services/members.ts';
import { listNotes, noteHistory, saveNote } from '../../src-main/services/notes.ts';
import type { NoteInput } from '../../src-main/services/notes.ts';
import { findEverything } from '../../src-main/services/search.ts';
import { logSummary } from '../../src-main/store/log.ts';
import { memberByKey } from '../../src-main/store/subjects.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const DAY = 86_400_000;
const [SPAM, HARASSMENT] = STARTER_GUIDELINES;
if (SPAM === undefined || HARASSMENT === undefined) throw new Error('the starter set is empty');
const source = 'key' as const;

let world: WorkWorld;
beforeEach(() => {
  world = makeWorkWorld();
});
afterEach(() => world.stop());

const events = () => logSummary(world.ctx.store).events;
const member = (id: string, on = 'forum') => memberByKey(world.ctx.store, `${on}:${on}.example:member:${id}`)?.id ?? 0;

const note = (more: Partial<NoteInput> = {}): NoteInput => ({
  id: '5b7f1a52-0000-4000-8000-000000000001', basis: 0, about: { kind: 'member', id: member('kestrel') }, text: 'Spoke by phone', audience: 'team', expiresAt: null, source, ...more,
});

describe('a note', () => {
  beforeEach(() => void world.report('p1'));

  test('keeps every revision', () => {
    saveNote(world.ctx, note());
    world.pass(60_000);
    expect(saveNote(world.ctx, note({ basis: 1, text: 'Spoke by phone twice' }))).toMatchObject({
      text: 'Spoke by phone twice', revision: 2, author: 'Ines', revisedAt: world.ctx.now(), about: { kind: 'member', id: member('kestrel') },
    });
    expect(noteHistory(world.ctx, { id: note().id }).map(({ revision, text }) => [revision, text])).toEqual([[2, 'Spoke by phone twice'], [1, 'Spoke by phone']]);
  });

  test('saved again as it is writes nothing, whatever the basis says', () => {
    const first = saveNote(world.ctx, note());
    const before = events();
    expect(saveNote(world.ctx, note())).toEqual(first);
    expect(saveNote(world.ctx, note({ basis: 1 }))).toEqual(first);
    expect(events()).toBe(before);
  });

  test('is refused with what is there when someone saved meanwhile', () => {
    saveNote(world.ctx, note());
    saveNote(world.ctx, note({ basis: 1, text: 'Theirs' }));
    expect(() => saveNote(world.ctx, note({ basis: 1, text: 'Mine' }))).toThrow(expect.objectContaining({ code: 'STALE', current: expect.objectContaining({ text: 'Theirs', revision: 2 }) }));
  });

  test('for oneself is hidden from others, and an expired one from everybody', () => {
    saveNote(world.ctx, note({ audience: 'me', expiresAt: world.ctx.now() + DAY }));
    const texts = () => listNotes(world.ctx, { about: note().about }).map((one) => one.text);
    expect(texts()).toEqual(['Spoke by phone']);
    world.set({ actor: 'Tomás' });
    expect(texts()).toEqual([]);
    world.set({ actor: 'Ines' });
    world.pass(DAY);
    expect(texts()).toEqual([]);
  });

  test('needs words and something it is about', () => {
    expect(() => saveNote(world.ctx, note({ text: '  ' }))).toThrow('Write something first.');
    expect(() => saveNote(world.ctx, note({ about: { kind: 'case', id: randomUUID() } }))).toThrow('That case is not here any more.');
    expect(() => saveNote(world.ctx, note({ basis: 3 }))).toThrow('That note is not here.');
  });

  test('is found by its words', () => {
    saveNote(world.ctx, note());
    expect(findEverything(world.ctx, { text: 'spoke phone', limit: 5 })).toMatchObject([{ kind: 'note', title: 'Spoke by phone' }]);
  });
});

test('a draft survives and is forgotten when it is emptied', () => {
  const box = 'note/item/4';
  expect(getDraft(world.ctx, { box })).toEqual({ text: null });
  saveDraft(world.ctx, { box, text: 'half a sen' });
  saveDraft(world.ctx, { box, text: 'half a sentence' });
  expect(getDraft(world.ctx, { box })).toEqual({ text: 'half a sentence' });
  saveDraft(world.ctx, { box, text: '' });
  expect(getDraft(world.ctx, { box })).toEqual({ text: null });
});

const open = (itemIds: readonly number[], title = 'Spring fund dispute') => openCase(world.ctx, { id: randomUUID(), title, itemIds, source });

describe('a case', () => {

  test('opens from items: their text is kept as evidence, their authors become parties', () => {
    const [first, second] = [world.report('p1', { text: 'Where did the 400 go?' }), world.report('p2', { author: 'rosa' })];
    const opened = open([first, second]);
    expect(opened).toMatchObject({
      number: 1, title: 'Spring fund dispute', stage: 'intake', audience: 'team', openedBy: 'Ines', version: 1, partyCount: 2, itemCount: 2,
      parties: [{ role: 'other-side', name: 'kestrel' }, { role: 'other-side', name: 'rosa' }],
      items: [{ id: first, state: 'open', kept: 'Where did the 400 go?', gone: false, author: { name: 'kestrel' } }, { id: second }],
    });
    world.report('p1', { text: 'Edited away' });
    expect(getCase(world.ctx, { id: opened.id }).items[0]).toMatchObject({ kept: 'Where did the 400 go?', snippet: 'Edited away' });
  });

  test('opened twice under its id is one case', () => {
    const id = world.report('p1');
    const opened = open([id]);
    const before = events();
    expect(openCase(world.ctx, { id: opened.id, title: 'Another title', itemIds: [id], source })).toEqual(opened);
    expect(events()).toBe(before);
  });

  test('moves through its stages; a stale change is refused with the case as it is', () => {
    const { id } = open([]);
    const moved = changeCase(world.ctx, { id, basis: 1, stage: 'hearing', followUpAt: world.ctx.now() + DAY, source });
    expect(moved).toMatchObject({ stage: 'hearing', version: 2, followUpAt: world.ctx.now() + DAY });
    expect(changeCase(world.ctx, { id, basis: 1, stage: 'hearing', source })).toEqual(moved);
    expect(() => changeCase(world.ctx, { id, basis: 1, stage: 'closed', source })).toThrow(expect.objectContaining({ code: 'STALE', current: expect.objectContaining({ stage: 'hearing' }) }));
  });

  test('takes parties with and without an account, and items, in and out', () => {
    const item = world.report('p1');
    const { id } = open([]);
    const partyId = randomUUID();
    const add = () => addParty(world.ctx, { id, partyId, memberId: null, name: 'A neighbour', role: 'witness', source });
    expect(add().parties).toEqual([{ id: partyId, role: 'witness', member: null, name: 'A neighbour' }]);
    expect(add().partyCount).toBe(1);
    expect(removeParty(world.ctx, { id, partyId, source }).parties).toEqual([]);
    expect(() => addParty(world.ctx, { id, partyId: randomUUID(), memberId: null, name: '', role: 'witness', source })).toThrow('Give the party a name');
    expect(linkItem(world.ctx, { id, itemId: item, source })).toMatchObject({ items: [{ id: item }], parties: [{ name: 'kestrel' }] });
    expect(linkItem(world.ctx, { id, itemId: item, source }).itemCount).toBe(1);
    expect(unlinkItem(world.ctx, { id, itemId: item, source })).toMatchObject({ items: [], parties: [{ name: 'kestrel' }] });
  });

  test('holds its notes', () => {
    const { id } = open([]);
    saveNote(world.ctx, { id: randomUUID(), basis: 0, about: { kind: 'case', id }, text: 'Facts first', audience: 'leads', expiresAt: null, source });
    expect(getCase(world.ctx, { id }).notes).toMatchObject([{ text: 'Facts first', audience: 'leads', about: { kind: 'case', id } }]);
  });

  test('is listed newest first, a page by key, with what is open and what is due', () => {
    const made = ['One', 'Two', 'Three', 'Four'].map((title) => open([], title));
    changeCase(world.ctx, { id: made[1]?.id ?? '', basis: 1, followUpAt: world.ctx.now() - 1, source });
    changeCase(world.ctx, { id: made[3]?.id ?? '', basis: 1, stage: 'closed', source });
    const page = (after: string | null, more = {}) => listCases(world.ctx, { closed: false, text: '', after, limit: 2, ...more });
    const first = page(null);
    expect(first).toMatchObject({ rows: [{ title: 'Three' }, { title: 'Two' }], open: 3, due: 1 });
    expect(page(first.next).rows.map((row) => row.title)).toEqual(['One']);
    expect(page(null, { closed: true }).rows.map((row) => row.title)).toEqual(['Four']);
    expect(page(null, { text: 'tw' }).rows.map((row) => row.title)).toEqual(['Two']);
    expect(page(null, { text: '3' }).rows.map((row) => row.title)).toEqual(['Three']);
  });
});

const draft = (more = {}) => ({
  id: SPAM.id, basis: 1, number: '1', title: 'Spam', body: 'Shorter now.', categories: ['spam' as const], ladder: [{ strikes: 1, verb: 'mute' as const, durationMs: DAY }, { strikes: 0, verb: 'remove' as const }], strikeDays: 30, source, ...more,
});

describe('guidelines', () => {

  test('start from a set that is published once', () => {
    const before = events();
    seedGuidelines(world.ctx);
    expect(events()).toBe(before);
    expect(listGuidelines(world.ctx, { retired: false }).map(({ number, title, version, publishedBy }) => [number, title, version, publishedBy])).toEqual([
      ['1', 'Spam', 1, 'Docket'], ['2', 'No harassment', 1, 'Docket'], ['3', 'No hate', 1, 'Docket'], ['4', 'Private information', 1, 'Docket'],
      ['5', 'Stay on topic', 1, 'Docket'], ['6', 'Be who you are', 1, 'Docket'], ['7', 'Sexual content and the young', 1, 'Docket'], ['8', 'Safety and the law', 1, 'Docket'],
    ]);
  });

  test('are published in versions, all of which stay; the ladder is put in order', () => {
    expect(publishGuideline(world.ctx, draft())).toMatchObject({ version: 2, body: 'Shorter now.', publishedBy: 'Ines', ladder: [{ strikes: 0 }, { strikes: 1 }] });
    expect(listVersions(world.ctx, { id: SPAM.id }).map(({ version, body }) => [version, body])).toEqual([[2, 'Shorter now.'], [1, SPAM.body]]);
  });

  test('published again as they are write nothing; a stale one is refused with what is there', () => {
    const published = publishGuideline(world.ctx, draft());
    expect(publishGuideline(world.ctx, draft())).toEqual(published);
    expect(() => publishGuideline(world.ctx, draft({ body: 'Mine' }))).toThrow(expect.objectContaining({ code: 'STALE', current: published }));
    expect(() => publishGuideline(world.ctx, draft({ id: randomUUID() }))).toThrow('Publish it as a new one.');
    expect(() => publishGuideline(world.ctx, draft({ basis: 2, ladder: [{ strikes: 1, verb: 'warn' }, { strikes: 1, verb: 'mute' }] }))).toThrow('the same number of strikes');
  });

  test('can be retired and brought back', () => {
    retireGuideline(world.ctx, { id: SPAM.id, retired: true, source });
    expect(listGuidelines(world.ctx, { retired: false }).map((one) => one.number)).not.toContain('1');
    expect(listGuidelines(world.ctx, { retired: true })[0]).toMatchObject({ number: '1', retired: true });
    expect(retireGuideline(world.ctx, { id: SPAM.id, retired: false, source }).retired).toBe(false);
  });

  test.each([
    ['a number', '4', ['4']],
    ['the beginning of a word', 'haras', ['2']],
    ['a disguised spelling', 'h@rassment', ['2']],
    ['words of the text', 'phone numbers', ['4']],
    ['a title before other mentions', 'hate', ['3']],
    ['nothing that is there', 'zebra', []],
  ])('are found by %s', (_, text, numbers) => {
    expect(findGuidelines(world.ctx, { text, limit: 1 }).map(({ guideline }) => guideline.number)).toEqual(numbers);
  });

  test('show the line that was found', () => {
    expect(findGuidelines(world.ctx, { text: 'phone numbers', limit: 1 })[0]?.excerpt).toBe('Home and work addresses, phone numbers, legal names, papers, health, family.');
  });
});

const warn = (item: number) => recordDecision(world.ctx, { id: randomUUID(), items: world.seen(item), actions: [{ verb: 'warn' }], guidelineId: HARASSMENT.id, reason: '', message: null, source });

describe('a member\'s record', () => {

  test('holds decisions, strikes and what each ladder recommends next', () => {
    const [first] = [world.report('p1'), world.report('p2')];
    const { decisionId } = warn(first);
    const record = memberRecord(world.ctx, { id: member('kestrel') });
    expect(record).toMatchObject({
      member: { name: 'kestrel', handle: '@kestrel@forum.example' }, key: 'forum:forum.example:member:kestrel', activeStrikes: 1, openItems: 1, notes: 0, linked: [],
      entries: [{ text: 'Warn · 2 No harassment', by: 'Ines', eventId: decisionId, strike: true }],
    });
    expect(record.recent.map((one) => one.text)).toEqual(['What p2 says', 'What p1 says']);
    expect(record.recommended.filter(({ guidelineId }) => guidelineId === HARASSMENT.id)).toEqual([{ guidelineId: HARASSMENT.id, strikes: 1, verb: 'mute', durationMs: 3 * DAY }]);
    expect(record.recommended.filter(({ guidelineId }) => guidelineId === SPAM.id)).toEqual([{ guidelineId: SPAM.id, strikes: 0, verb: 'remove', durationMs: null }]);
  });

  test('is shared by linked accounts, until they are parted', () => {
    warn(world.report('p1'));
    const other = world.report('c1', { on: 'chat', author: 'kestrel_9' });
    const [a, b] = [member('kestrel'), member('kestrel_9', 'chat')];
    linkMembers(world.ctx, { id: randomUUID(), a, b, source });
    expect(memberRecord(world.ctx, { id: b })).toMatchObject({ activeStrikes: 1, linked: [{ id: a }], entries: [{ text: 'Warn · 2 No harassment' }] });
    expect(world.item(other).strikes).toBe(1);
    const before = events();
    linkMembers(world.ctx, { id: randomUUID(), a: b, b: a, source });
    expect(events()).toBe(before);
    expect(unlinkMember(world.ctx, { id: randomUUID(), member: b, source })).toMatchObject({ activeStrikes: 0, linked: [], entries: [] });
    expect(world.item(other).strikes).toBe(0);
  });

  test('is found by the beginning of a name or an address', () => {
    world.report('p1');
    world.report('c1', { on: 'chat', author: 'kestrel_9' });
    const found = (text: string) => findMembers(world.ctx, { text, limit: 10 }).map(({ name, connectionId, openItems }) => `${name} ${connectionId} ${openItems}`);
    expect(found('KES')).toEqual(['kestrel forum 1', 'kestrel_9 chat 1']);
    expect(found('@kestrel@forum')).toEqual(['kestrel forum 1']);
    expect(found('')).toEqual([]);
    expect(() => linkMembers(world.ctx, { id: randomUUID(), a: 1, b: 1, source })).toThrow('the same account');
  });
});

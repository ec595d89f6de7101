import { describe, expect, test } from 'vitest';
import { canonicalJson, CHAIN_START, eventHash, payloadHash } from '../../../src-main/domain/chain.ts';
import { compareHlc, tick } from '../../../src-main/domain/clock.ts';
import { contradiction, strikeDays } from '../../../src-main/domain/decide.ts';
import { invert } from '../../../src-main/domain/invert.ts';
import type { LeftOrder } from '../../../src-main/domain/invert.ts';
import { nextStep } from '../../../src-main/domain/ladder.ts';
import { checkAction, messageCarrier } from '../../../src-main/domain/orders.ts';
import { excerpt, sayActions, sayDeliveries, sayDuration } from '../../../src-main/domain/say.ts';
import { STARTER_GUIDELINES } from '../../../src-main/domain/starter/index.ts';
import { guidelineDraft } from '../../../src-main/contract/work.ts';
import type { VerbOffer } from '../../../src-main/contract/queue.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('canonical JSON', () => {
  test('has one text for one value, whatever the order of its keys', () => {
    const text = '{"a":[1,"é",null],"b":{"c":true,"d":"\\n"}}';
    expect([canonicalJson({ b: { d: '\n', c: true }, a: [1, 'é', null], left: undefined }), canonicalJson(JSON.parse(text))]).toEqual([text, text]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, [undefined], () => 1])('refuses what JSON cannot hold', (value) => {
    expect(() => canonicalJson(value)).toThrow('JSON has no');
  });
});

test('an event\'s hash is what it was when the format was fixed', () => {
  const link = {
    id: 'e1', actor: 'Ines', device: 'desk-1', at: 1, counter: 0, kind: 'item.claimed', source: 'key', subjects: '[]', public: '{}',
    payloadHash: payloadHash('salt', '{}'), previous: CHAIN_START,
  };
  expect([link.payloadHash, eventHash(link)]).toMatchInlineSnapshot(`
    [
      "f53f21b2743ff1891d9e169c07aab9b51ed672ef3b7e983e35e7ee0f3ec4a095",
      "c215ed8b5caabe11275893d0a3273995f0a665b657323e4380d042d43f208e8b",
    ]
  `);
});

describe('the clock', () => {
  test('goes on counting while the wall clock stands still or runs back', () => {
    const readings = [10, 10, 5, 11].reduce<{ at: number; counter: number }[]>((made, now) => [...made, tick(made.at(-1) ?? null, now)], []);
    expect(readings).toEqual([{ at: 10, counter: 0 }, { at: 10, counter: 1 }, { at: 10, counter: 2 }, { at: 11, counter: 0 }]);
    expect(readings.toSorted(compareHlc)).toEqual(readings);
  });
});

describe('a decision\'s actions', () => {
  test.each([
    [[{ verb: 'remove' as const }, { verb: 'mute' as const }], null],
    [[{ verb: 'dismiss' as const }, { verb: 'label' as const }], null],
    [[{ verb: 'remove' as const }, { verb: 'remove' as const }], 'The same verb is there twice. Take one away.'],
    [[{ verb: 'remove' as const }, { verb: 'restore' as const }], 'remove and restore contradict each other. Take one away.'],
    [[{ verb: 'dismiss' as const }, { verb: 'warn' as const }], 'dismiss and warn contradict each other. Take one away.'],
    [[{ verb: 'snooze' as const }, { verb: 'label' as const }], 'Snooze puts an item off, so it stands alone. Take the other verbs away, or decide now.'],
  ])('%j: %s', (actions, why) => expect(contradiction(actions)).toBe(why));

  test('count against the author under a guideline only, and only where they are a sanction', () => {
    const guideline = { strikeDays: 90 };
    expect((['remove', 'warn', 'mute', 'suspend'] as const).map((verb) => strikeDays([{ verb }], guideline))).toEqual([90, 90, 90, 90]);
    expect((['message', 'dismiss', 'label', 'lock', 'restore', 'escalate', 'snooze'] as const).map((verb) => strikeDays([{ verb }], guideline))).toEqual(Array.from({ length: 7 }, () => null));
    expect(strikeDays([{ verb: 'remove' }], null)).toBeNull();
  });
});

const order = (more: Partial<LeftOrder>): LeftOrder => ({ id: 'o1', verb: 'remove', state: 'sent', attempts: 1, reverse: false, reversible: true, stillWanted: false, ...more });

describe('an undo reverses', () => {

  test.each<[string, Partial<LeftOrder>, ReturnType<typeof invert>]>([
    ['what was sent', {}, { reverse: ['o1'], effect: 'reversing' }],
    ['what may be on its way', { state: 'pending' }, { reverse: ['o1'], effect: 'reversing' }],
    ['what was found done at a second try, since the first may have done it', { state: 'handled-there', attempts: 2 }, { reverse: ['o1'], effect: 'reversing' }],
    ['nothing that someone else had done', { state: 'handled-there' }, { reverse: [], effect: 'cancelled' }],
    ['nothing that never left', { state: 'cancelled' }, { reverse: [], effect: 'cancelled' }],
    ['nothing that stayed here', { state: 'local' }, { reverse: [], effect: 'cancelled' }],
    ['nothing that the platform cannot take back', { reversible: false }, { reverse: [], effect: 'stays' }],
    ['nothing that another decision still wants', { stillWanted: true }, { reverse: [], effect: 'stays' }],
  ])('%s', (_, more, inversion) => expect(invert([order(more)])).toEqual(inversion));

  test('the last order first, and says so when a part of it stays', () => {
    expect(invert([order({}), order({ id: 'o2', reversible: false }), order({ id: 'o3' })])).toEqual({ reverse: ['o3', 'o1'], effect: 'stays' });
  });
});

describe('a ladder', () => {
  const ladder = [{ strikes: 0, verb: 'warn' as const }, { strikes: 2, verb: 'mute' as const, durationMs: DAY }];
  test.each([[0, 'warn'], [1, 'warn'], [2, 'mute'], [7, 'mute']])('recommends at %i strikes: %s', (strikes, verb) => expect(nextStep(ladder, strikes)?.verb).toBe(verb));
  test('recommends nothing below its first step', () => expect(nextStep(ladder.slice(1), 1)).toBeNull());
});

const offer = (more: Partial<VerbOffer>): VerbOffer => ({ verb: 'mute', can: true, why: null, reversible: true, target: 'member', durations: [DAY, 3 * DAY, null], labels: [], message: false, ...more });

describe('an action', () => {

  test('takes a length of time that is offered, or else the shortest', () => {
    expect(checkAction({ verb: 'mute', durationMs: null }, offer({}), null)).toEqual({ verb: 'mute', durationMs: null });
    expect(checkAction({ verb: 'mute' }, offer({}), null)).toEqual({ verb: 'mute', durationMs: DAY });
    expect(checkAction({ verb: 'mute' }, offer({ durations: [null] }), null)).toEqual({ verb: 'mute', durationMs: null });
    expect(checkAction({ verb: 'mute', durationMs: 2 * DAY }, offer({}), null)).toBe('The platform cannot mute for 2 d.');
  });

  test('may be snoozed for any time, but not for good', () => {
    expect(checkAction({ verb: 'snooze', durationMs: 5 * HOUR }, offer({ verb: 'snooze', durations: [HOUR] }), null)).toEqual({ verb: 'snooze', durationMs: 5 * HOUR });
    expect(checkAction({ verb: 'snooze', durationMs: null }, offer({ verb: 'snooze', durations: [HOUR] }), null)).toBe('The platform cannot snooze for good.');
  });

  test('says why it is not offered', () => {
    expect(checkAction({ verb: 'mute' }, offer({ can: false, why: 'No mute here.' }), null)).toBe('No mute here.');
    expect(checkAction({ verb: 'label' }, offer({ verb: 'label' }), null)).toBe('Choose at least one label.');
  });

  test('carries the message if it can carry it best', () => {
    const able = { can: true, message: true } as const;
    expect(messageCarrier([{ verb: 'remove' }, { verb: 'suspend' }, { verb: 'warn' }], { remove: able, suspend: able, warn: able })).toBe('warn');
    expect(messageCarrier([{ verb: 'warn' }, { verb: 'message' }], { warn: able, message: { can: true } })).toBe('message');
    expect(messageCarrier([{ verb: 'remove' }], { remove: { can: true } })).toBeNull();
  });
});

const fact = (state: Parameters<typeof sayDeliveries>[0][number]['state'], instance = 'a.example', theirs: string | null = null) => ({ state, instance, theirs });

describe('words', () => {
  test.each([[3 * DAY, '3 d'], [90 * 60_000, '90 min'], [6 * HOUR, '6 h'], [1500, '2 s'], [1, '1 s'], [36 * HOUR + 1, '2 d']])('%i ms is %s', (ms, words) => expect(sayDuration(ms)).toBe(words));

  test('for actions', () => {
    expect(sayActions([{ verb: 'remove' }, { verb: 'mute', durationMs: 3 * DAY }, { verb: 'label', labels: ['spam', 'rude'] }, { verb: 'suspend', durationMs: null }]))
      .toBe('remove + mute 3 d + label spam, rude + suspend for good');
  });

  test('for deliveries: one in full, several as counts, none where nothing had to go', () => {
    expect(sayDeliveries([fact('local')])).toBeNull();
    expect(sayDeliveries([fact('sent'), fact('local')])).toBe('a.example');
    expect(sayDeliveries([fact('handled-there', 'a.example', 'Lea')])).toBe('already done on a.example by Lea');
    expect(sayDeliveries([fact('sent'), fact('sent')])).toBe('a.example, all 2 sent');
    expect(sayDeliveries([fact('sent'), fact('refused'), fact('conflict', 'b.example')])).toBe('1 of 3 sent, 1 refused, 1 conflict');
  });

  test('for long text, never through a character', () => {
    expect(excerpt('  one\n two  ', 10)).toBe('one two');
    expect(excerpt('aaaaaaaa😀😀😀', 10)).toBe('aaaaaaaa😀…');
  });
});

test('every starter guideline is one that a person could publish, with an id of its own', () => {
  for (const guideline of STARTER_GUIDELINES) expect(guidelineDraft.parse({ ...guideline, basis: 0 })).toEqual({ ...guideline, basis: 0, body: guideline.body });
  expect(new Set(STARTER_GUIDELINES.map((one) => one.id)).size).toBe(8);
});

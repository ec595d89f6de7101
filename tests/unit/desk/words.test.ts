import { describe, expect, test } from 'vitest';
import { sendingState } from '../../../src-renderer/views/frame/sending-state.ts';
import { initials } from '../../../src-renderer/ui/initials.ts';
import { markWords } from '../../../src-renderer/ui/mark-words.ts';
import { middleCut } from '../../../src-renderer/ui/middle-cut.ts';
import { ago, due, duration } from '../../../src-renderer/ui/time-words.ts';
import { chunksOf, clampText } from '../../../src-renderer/views/item/clamp.ts';
import { recordOf } from '../../../src-renderer/views/item/reporter-words.ts';
import { withTemplate } from '../../../src-renderer/state/with-template.ts';
import { matchedWords } from '../../../src-renderer/views/item/matched-words.ts';
import { matchTitle } from '../../../src-renderer/views/palette/commands-for.ts';

const MINUTE = 60_000;

test('ages and deadlines are one short word each', () => {
  const now = Date.UTC(2026, 5, 1);
  expect([ago(now - 4 * MINUTE, now), ago(now - 130 * MINUTE, now), due(now + 26 * MINUTE, now), due(now - 1, now), duration(72 * 60 * MINUTE), duration(null)])
    .toEqual(['4m', '2h', 'due 26m', 'overdue', '3 d', 'for good']);
});

test('initials come from words, digits count, and direction controls do not', () => {
  expect(['Rosa T.', 'kestrel_9', '@jun', '\u{202E}evil', '', '🦭 Selkie'].map(initials)).toEqual(['RT', 'K9', 'J', 'E', '?', '🦭S']);
});

test('an address is cut in its middle, so that both ends stay readable', () => {
  expect(middleCut('@a-very-long-handle-indeed@tidepool.example', 24)).toBe('@a-very-long…ool.example');
});

describe('marks', () => {
  test('words are marked whatever their case, and symbols in them are just symbols', () => {
    expect(markWords('Fr€e (LOANS) today', ['(loans)'])).toEqual([{ text: 'Fr€e ', marked: false }, { text: '(LOANS)', marked: true }, { text: ' today', marked: false }]);
  });

  test('what reporters quote is marked where the post says it', () => {
    const detail = { subject: { text: 'You should be ashamed to show your face here.' }, reports: [{ comment: 'He wrote “ashamed to show your face” to her' }, { comment: 'and "something else"' }] };
    expect(matchedWords(detail, undefined)).toEqual(['ashamed to show your face']);
  });
});

describe('very long texts', () => {
  test('are cut between words, never inside a character', () => {
    expect([clampText('one two three', 8), clampText('a😀😀😀', 4)]).toEqual(['one two…', 'a😀…']);
  });

  test('come back whole in pieces', () => {
    const text = 'word '.repeat(10_000);
    const chunks = chunksOf(text);
    expect([chunks.join('') === text, chunks.every((chunk) => chunk.length <= 8001)]).toEqual([true, true]);
  });
});

function health(state: 'live' | 'offline') {
  return { health: { state, problem: null, traceId: null, lastSyncAt: null, nextSyncAt: null, pollMs: null, newestAt: null, caughtUp: false, arriving: 0, pulled: 0, total: null, open: 0, waiting: 0, attention: 0, rateLimit: null } };
}

describe('the corner says calmly', () => {
  const none = { held: 0, pending: 0, attention: 0 };

  test('that all is sent, what waits, and what needs a person', () => {
    const said = [none, { ...none, pending: 6 }, { ...none, attention: 1 }].map((outbox) => sendingState({ outbox, connections: [health('live')], lostAt: null }).text);
    expect(said).toEqual(['All sent', '6 decisions waiting', '1 delivery needs you']);
  });

  test('that every platform is away, with what waits', () => {
    expect(sendingState({ outbox: { ...none, pending: 1 }, connections: [health('offline')], lostAt: null })).toEqual({ state: 'offline', text: 'Offline · 1 decision waiting' });
  });

  test('that Docket itself reconnects', () => {
    expect(sendingState({ outbox: none, connections: [], lostAt: 5 }).state).toBe('lost');
  });
});

test('a title is found by the beginnings of its words first', () => {
  expect([matchTitle('Undo decision', 'un'), matchTitle('Redo decision', 'dec'), matchTitle('Look up a guideline', 'line'), matchTitle('Next', 'x y')]).toEqual([0, 1, 2, null]);
});

test('a template takes the place of nothing or of another one, and stands below what was written', () => {
  const all = [{ id: '1', name: 'One', text: 'First.', language: null }, { id: '2', name: 'Two', text: 'Second.', language: 'en' }];
  expect([withTemplate(' ', 'First.', all), withTemplate('First.\n', 'Second.', all), withTemplate('Dear Piet,\n', 'First.', all)]).toEqual(['First.', 'Second.', 'Dear Piet,\n\nFirst.']);
});

const told = (reporterUpheld: number, reporterTotal: number, reporterThere: { made: number; upheld: number } | null) => recordOf({ reporterUpheld, reporterTotal, reporterThere });

test('a reporter is known by what was judged here, and by what the platform says beside it', () => {
  expect([told(0, 0, null), told(0, 0, { made: 0, upheld: 0 }), told(0, 0, { made: 12, upheld: 3 }), told(2, 3, { made: 12, upheld: 3 })]).toEqual([
    { right: 0, total: 0, said: 'first report' }, { right: 0, total: 0, said: 'first report' },
    { right: 3, total: 12, said: '3 of 12 upheld there' }, { right: 2, total: 3, said: 'right 2 of 3 · 3 of 12 upheld there' },
  ]);
});

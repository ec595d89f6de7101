import { describe, expect, test } from 'vitest';
import type { VerbOffer } from '../../../src-main/contract/queue.ts';
import type { Ability, ConnectionView, PlatformInfo, SettingField } from '../../../src-main/contract/setup.ts';
import type { HealthState } from '../../../src-main/contract/words.ts';
import { sourceName } from '../../../src-renderer/state/source-words.ts';
import { abilityRows, whyNots } from '../../../src-renderer/views/connections/ability-words.ts';
import { firstText, problemsOf, toValues } from '../../../src-renderer/views/connections/form.ts';
import { firstSyncWords, glance, healthFacts, progress, span, stateWords } from '../../../src-renderer/views/connections/health-words.ts';
import { connectionsFor, listWords } from '../../../src-renderer/views/connections/list-words.ts';
import { platformsFor } from '../../../src-renderer/views/connections/platforms-for.ts';
import { chosenSources, withSources } from '../../../src-renderer/views/queue/filter-state.ts';
import { sourceChoices } from '../../../src-renderer/views/queue/filter-sources.ts';

function field(name: string, kind: SettingField['kind'], required: boolean): SettingField {
  return { name, label: name, kind, required, help: '', placeholder: '', options: kind === 'select' ? [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] : [] };
}

const fields = [field('address', 'url', true), field('token', 'secret', true), field('size', 'number', false), field('mode', 'select', true), field('stream', 'toggle', false)];

describe('a connector\'s settings form', () => {
  test('starts from what is known, and never from a secret', () => {
    expect(firstText(fields, { address: 'https://one.example', token: 'x', size: 20 }))
      .toEqual({ address: 'https://one.example', token: '', size: '20', mode: 'a', stream: false });
  });

  test('says what is missing by field; a secret already kept may stay empty', () => {
    const text = { ...firstText(fields), size: 'many' };
    expect(problemsOf(fields, text, false)).toEqual({ address: 'Fill this in.', token: 'Fill this in.', size: 'Write a number.' });
    expect(problemsOf(fields, text, true)).toEqual({ address: 'Fill this in.', size: 'Write a number.' });
  });

  test('sends numbers as numbers, trims addresses, and leaves out what is empty', () => {
    expect(toValues(fields, { address: ' https://one.example ', token: ' keep spaces ', size: '20', mode: 'b', stream: true }))
      .toEqual({ address: 'https://one.example', token: ' keep spaces ', size: 20, mode: 'b', stream: true });
    expect(toValues(fields, firstText(fields))).toEqual({ mode: 'a', stream: false });
  });

  test('takes back what was emptied, and a secret only where that is asked for', () => {
    const known = firstText(fields, { address: 'https://one.example', size: 20 });
    expect([toValues(fields, { ...known, size: '' }, known), toValues(fields, { ...known, token: false }, known)]).toEqual([
      { address: 'https://one.example', size: '', mode: 'a', stream: false }, { address: 'https://one.example', token: '', size: 20, mode: 'a', stream: false },
    ]);
  });
});

const health: ConnectionView['health'] = {
  state: 'first-sync', problem: null, traceId: null, lastSyncAt: 1_000, nextSyncAt: 90_000, pulled: 1240, total: 4960, waiting: 0,
  pollMs: 30_000, newestAt: 500, caughtUp: false, arriving: 0, open: 310, attention: 0,
  rateLimit: { remaining: 120, limit: 300, resetAt: 181_000 },
};

describe('a connection\'s health at a glance', () => {
  test('six facts, always the same ones, in words', () => {
    expect(healthFacts(health, 61_000)).toEqual([
      { label: 'Last sync', value: '60 s ago', note: 'next in 29 s' },
      { label: 'Lag', value: 'not known yet', note: 'newest report 61 s old' },
      { label: 'Still to come', value: '3,720', note: '1,240 brought in' },
      { label: 'Open in the queue', value: '310', note: '' },
      { label: 'Waiting to be sent', value: 'nothing', note: '' },
      { label: 'Requests left', value: '120 of 300', note: expect.stringMatching(/^full again in 2 min, at /u) },
    ]);
    expect(healthFacts({ ...health, lastSyncAt: null, nextSyncAt: null, newestAt: null, pulled: 0, total: null, rateLimit: null }, 0).map(({ value, note }) => [value, note])).toEqual([
      ['not yet', ''], ['not known yet', 'no report yet'], ['not known yet', '0 brought in'], ['310', ''], ['nothing', ''], ['no limit named', ''],
    ]);
  });

  test('the lag is what can be missing: the time since the last sync, marked where that is longer than its polls explain', () => {
    const live = { ...health, state: 'live' as const, caughtUp: true };
    expect([healthFacts(live, 41_000)[1], healthFacts(live, 401_000)[1]]).toMatchObject([{ value: 'at most 40 s' }, { value: 'at most 7 min', tone: 'wait' }]);
    expect(healthFacts(live, 41_000)[1]).not.toHaveProperty('tone');
    expect(healthFacts(live, 41_000)[2]).toMatchObject({ value: 'nothing' });
  });

  test('what is not as it should be is marked: deliveries that need a person, a budget that is nearly spent', () => {
    const facts = healthFacts({ ...health, waiting: 3, attention: 2, rateLimit: { remaining: 4, limit: 300, resetAt: null } }, 0);
    expect(facts.slice(4)).toEqual([
      { label: 'Waiting to be sent', value: '3', note: '2 more need you', tone: 'act' },
      { label: 'Requests left', value: '4 of 300', note: '', tone: 'wait' },
    ]);
  });

  test('progress is said only where the platform says how much there is, and stays when the first sync stops', () => {
    expect([progress(health), progress({ ...health, total: null }), progress({ ...health, caughtUp: true }), progress({ ...health, state: 'paused' })]).toEqual([0.25, null, null, 0.25]);
    expect([health, { ...health, total: null }, { ...health, pulled: 0 }, { ...health, pulled: 310, total: 300 }, { ...health, caughtUp: true }, { ...health, state: 'paused' as const }].map(firstSyncWords)).toEqual([
      '1,240 of 4,960 reports brought in, 25 percent. You can decide on them already.',
      '1,240 reports brought in so far; the platform does not say how many there are. You can decide on them already.',
      'The first reports are being asked for.',
      '310 reports brought in; the platform counts 300 in all. You can decide on them already.',
      null,
      '1,240 of 4,960 reports brought in, 25 percent. It stopped there and goes on from there when you resume it.',
    ]);
  });

  test('a line says beside the state how far, how soon or how much', () => {
    const well = { ...health, caughtUp: true };
    expect([glance(health, 0), glance({ ...well, state: 'live' }, 0), glance({ ...well, state: 'offline' }, 30_000), glance({ ...well, state: 'live', open: 0 }, 0)])
      .toEqual(['1,240 of 4,960', '310 open', 'again in 60 s', '']);
  });

  test('what arrived here and is not in the queue yet is told: it is not up to date', () => {
    const taking = { ...health, state: 'live' as const, caughtUp: true, arriving: 4200 };
    expect([stateWords(taking).words, glance(taking, 0), healthFacts(taking, 0)[2]?.value, stateWords({ ...taking, arriving: 0 }).words]).toEqual(['Coming in', '4,200 to come', '4,200', 'Up to date']);
  });

  test('spans read as people say them', () => {
    expect([span(-5), span(89_000), span(240_000), span(7_200_000), span(172_800_000)]).toEqual(['0 s', '89 s', '4 min', '2 h', '2 d']);
  });
});

const of = (title: string, state: HealthState): ConnectionView => ({
  id: title, platform: 'p', platformTitle: 'Lemmy', title, instance: `${title}.example`, hue: 1, settings: {}, account: null, health: { ...health, state }, provisioned: false,
});
const platform = (id: string, title: string, summary: string, intake: PlatformInfo['intake'] = null): PlatformInfo => ({ id, title, summary, fields: [], intake });

describe('finding among many', () => {
  const all = [of('Tidepool', 'live'), of('Forum', 'failing'), of('Pier', 'sign-in-needed')];

  test('the head says how many need a person', () => {
    expect([listWords(all), listWords(all.slice(0, 2)), listWords(all.slice(0, 1))]).toEqual(['2 need you', '1 needs you', '1']);
  });

  test('connections are found by name, instance, platform and state', () => {
    expect(['tide', 'pier.example', 'lemmy fail', 'nothing'].map((typed) => connectionsFor(all, typed).map(({ title }) => title))).toEqual([['Tidepool'], ['Pier'], ['Forum'], []]);
  });

  test('platforms are found by title before summary; where none is, those that take in anything are offered', () => {
    const platforms = [platform('a', 'Ozone', 'Reports like those of Lemmy.'), platform('b', 'Lemmy', 'Reports.'), platform('c', 'File import', 'Files.', 'files')];
    expect([platformsFor(platforms, 'lemmy'), platformsFor(platforms, 'zulip')].map(({ platforms: found, instead }) => [found.map(({ id }) => id), instead])).toEqual([[['b', 'a'], false], [['c'], true]]);
  });
});

const offer = (verb: VerbOffer['verb'], why: string | null): VerbOffer => ({ verb, can: why === null, why, reversible: true, target: 'subject', durations: [], labels: [], message: false });

describe('what can be done there', () => {
  test('each reason is said once, with the verbs it keeps from being done', () => {
    const abilities: readonly Ability[] = [
      { type: 'post', verbs: [offer('remove', null), offer('lock', 'No threads there.'), offer('mute', 'No threads there.'), offer('snooze', null)] },
      { type: 'member', verbs: [offer('remove', 'Use suspend.'), offer('lock', 'No threads there.'), offer('mute', null), offer('snooze', null)] },
    ];
    expect(abilityRows(abilities).map(({ verb, offers }) => [verb, offers.map((one) => one?.can)])).toEqual([['remove', [true, false]], ['lock', [false, false]], ['mute', [false, true]]]);
    expect(whyNots(abilities)).toEqual([{ verbs: ['remove'], why: 'Use suspend.' }, { verbs: ['lock', 'mute'], why: 'No threads there.' }]);
  });
});

describe('where items come from', () => {
  test('the queue is narrowed to one connection, to several, or to none', () => {
    const open = { state: 'open' as const, category: 'spam' as const };
    const filters = [['a'], ['a', 'b'], []].map((ids) => withSources({ ...open, connectionId: 'before' }, ids));
    expect([filters, filters.map(chosenSources)]).toEqual([[{ ...open, connectionId: 'a' }, { ...open, connectionId: ['a', 'b'] }, open], [['a'], ['a', 'b'], []]]);
  });

  const source = { id: 'a', platform: 'mastodon', platformTitle: 'Mastodon', title: 'Tidepool', instance: 'tidepool.social', hue: 1, removed: false };

  test('the name a person gave marks them, else the instance', () => {
    expect([sourceName(source), sourceName({ ...source, title: 'Mastodon · tidepool.social' }), sourceName({ ...source, title: 'Sample', instance: '' })]).toEqual(['Tidepool', 'tidepool.social', 'Sample']);
  });

  test('a removed connection can be chosen while something of it is open, or while it is chosen', () => {
    const gone = { ...source, id: 'b', removed: true };
    expect([sourceChoices([source, gone], {}, []), sourceChoices([source, gone], { b: 2 }, []), sourceChoices([source, gone], {}, ['b'])].map((choices) => choices.map(({ source: { id }, open }) => [id, open])))
      .toEqual([[['a', 0]], [['a', 0], ['b', 2]], [['a', 0], ['b', 0]]]);
  });
});

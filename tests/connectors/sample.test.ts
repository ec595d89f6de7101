import { inflateSync } from 'node:zlib';
import { array, assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, RemoteSubject } from '../../src-main/connectors/connector.ts';
import { sampleConnector } from '../../src-main/connectors/sample/connector.ts';
import { TONGUES } from '../../src-main/connectors/sample/text/tongues.ts';
import { CATEGORIES } from '../../src-main/contract/words.ts';
import { MORNING, openHarbour, pullAll, reached } from '../support/sample-harbour.ts';

const MINUTE = 60_000;
const signal = new AbortController().signal;

function rows(batches: readonly Batch[]): Omit<Batch, 'cursor' | 'total'> {
  return {
    members: batches.flatMap((batch) => batch.members),
    subjects: batches.flatMap((batch) => batch.subjects),
    reports: batches.flatMap((batch) => batch.reports),
    resolutions: batches.flatMap((batch) => batch.resolutions),
  };
}

describe('the sample community is computed from its seed', () => {
  test('the same seed gives the same batches', async () => {
    expect(await pullAll(openHarbour({ size: 1500 }).session)).toEqual(await pullAll(openHarbour({ size: 1500 }).session));
  });

  test('another seed gives another community under another name', async () => {
    const [one, two] = [rows(await pullAll(openHarbour({ size: 50 }).session)), rows(await pullAll(openHarbour({ size: 50, seed: 'two' }).session))];
    expect(one.subjects.map(({ text }) => text)).not.toEqual(two.subjects.map(({ text }) => text));
    expect(sampleConnector.instance({})).not.toBe(sampleConnector.instance({ seed: 'two' }));
  });

  test('resuming at any batch, any number of times, yields the same sequence', async () => {
    const whole = await pullAll(openHarbour({ size: 2000 }).session);
    await assert(asyncProperty(array(integer({ min: 1, max: 4 }), { maxLength: 6 }), async (strides) => {
      let harbour = openHarbour({ size: 2000 });
      let cursor: string | null = null;
      const seen: Batch[] = [];
      for (const stride of [...strides, whole.length]) {
        let left = stride;
        for await (const batch of harbour.session.pull(cursor, signal)) {
          seen.push(batch);
          cursor = batch.cursor;
          left -= 1;
          if (left === 0) break;
        }
        harbour = harbour.reopen();
      }
      expect(seen).toEqual(whole);
    }), { numRuns: 12 });
  });

  test('a cursor holds the community that was first pulled, whatever the settings say by now', async () => {
    const first = await pullAll(openHarbour({ size: 300 }).session);
    const cursor = first[0]?.cursor ?? '';
    expect(await pullAll(openHarbour({ size: 9000, seed: 'other' }).session, cursor)).toEqual(first.slice(1));
  });

  test('what is no cursor of it starts over', async () => {
    const [first] = await pullAll(openHarbour().session, null);
    expect((await pullAll(openHarbour().session, '{"v":9}'))[0]).toEqual(first);
  });

  test('a size out of range is refused in words', () => {
    expect(() => openHarbour({ size: 2_000_000 })).toThrow(/whole number from 1 to 1,000,000/);
  });
});

describe('what the first pull brings', () => {
  test('as many reports as asked, each once, at most 200 rows of a kind a batch, subjects and members always with them', async () => {
    for (const size of [1, 7, 600, 3333]) {
      const batches = await pullAll(openHarbour({ size }).session);
      const { reports } = rows(batches);
      expect(new Set(reports.map(({ remoteId }) => remoteId)).size).toBe(size);
      for (const batch of batches) {
        expect(Math.max(batch.members.length, batch.subjects.length, batch.reports.length, batch.resolutions.length)).toBeLessThanOrEqual(200);
        const members = new Set(batch.members.map(({ remoteId }) => remoteId));
        const subjects = new Set(batch.subjects.map(({ type, remoteId }) => `${type}:${remoteId}`));
        expect(batch.reports.filter(({ subject, reporterId }) => !subjects.has(`${subject.type}:${subject.remoteId}`) || (reporterId !== null && !members.has(reporterId)))).toEqual([]);
        expect(batch.subjects.filter(({ authorId }) => authorId !== null && !members.has(authorId))).toEqual([]);
      }
      expect(batches.at(-1)?.total).toBe(size);
    }
  });

  test('nobody has two handles, nobody reports the same thing twice, and handles are unique', async () => {
    const { members, reports } = rows(await pullAll(openHarbour({ size: 5000 }).session));
    const handles = new Map(members.map(({ remoteId, handle }) => [remoteId, handle]));
    expect(new Set(handles.values()).size).toBe(handles.size);
    const pairs = reports.filter(({ reporterId, subject }) => reporterId !== null && subject.type !== 'community').map(({ reporterId, subject }) => `${reporterId} ${subject.remoteId}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('times lie in order within the last three weeks, half of them in the last days, the newest minutes ago', async () => {
    const { reports, subjects } = rows(await pullAll(openHarbour({ size: 600 }).session));
    const times = reports.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((times[0] ?? 0) > MORNING - 22 * 24 * 60 * MINUTE).toBe(true);
    expect((times.at(-1) ?? 0) > MORNING - 10 * MINUTE && (times.at(-1) ?? 0) < MORNING).toBe(true);
    expect((times[300] ?? 0) > MORNING - 4 * 24 * 60 * MINUTE).toBe(true);
    expect(subjects.filter(({ createdAt }) => createdAt !== null && createdAt >= MORNING)).toEqual([]);
  });

  test('a realistic mix: most subjects have one report, some have several, every category that fits a harbour comes up', async () => {
    const { reports, subjects } = rows(await pullAll(openHarbour({ size: 2000 }).session));
    const counts = new Map<string, number>();
    for (const { subject } of reports) counts.set(`${subject.type}:${subject.remoteId}`, (counts.get(`${subject.type}:${subject.remoteId}`) ?? 0) + 1);
    const shares = [...counts.values()];
    expect(shares.filter((count) => count === 1).length / shares.length).toBeGreaterThan(0.5);
    expect(shares.filter((count) => count >= 4).length / shares.length).toBeGreaterThan(0.02);
    expect(CATEGORIES.filter((category) => !reports.some((report) => report.category === category))).toEqual(['sexual', 'minors']);
    expect(new Set(subjects.map(({ type }) => type))).toEqual(new Set(['post', 'message', 'member', 'community']));
    expect({ media: subjects.some(({ media }) => media.length > 0), edited: subjects.some(({ editedAt }) => editedAt !== null), deleted: subjects.some(({ deletedAt }) => deletedAt !== null), removed: subjects.some(({ removed }) => removed), html: subjects.some(({ html }) => html !== null) })
      .toEqual({ media: true, edited: true, deleted: true, removed: true, html: true });
  });

  test('a part of what is older was closed by the community\'s own team, and its reports say so', async () => {
    const { reports, resolutions } = rows(await pullAll(openHarbour({ size: 2000 }).session));
    const closed = new Set(resolutions.filter(({ closes }) => closes).map(({ subject }) => subject.remoteId));
    expect(closed.size).toBeGreaterThan(20);
    expect(reports.filter(({ subject, open }) => subject.type !== 'community' && open === closed.has(subject.remoteId))).toEqual([]);
    expect(new Set(resolutions.map(({ by }) => by))).toEqual(new Set(['Ines', 'Tomás', 'Aiko', 'Lea']));
  });
});

describe('how it reads', () => {
  test('every language and script is there', async () => {
    const { subjects } = rows(await pullAll(openHarbour({ size: 1000 }).session));
    const inLanguage = (code: string): readonly RemoteSubject[] => subjects.filter(({ language }) => language === code);
    expect(TONGUES.filter(({ code }) => inLanguage(code).length === 0).map(({ code }) => code)).toEqual([]);
    const scripts = { ar: /\p{Script=Arabic}/u, ko: /\p{Script=Hangul}/u, ja: /\p{Script=Hiragana}/u, zh: /\p{Script=Han}/u, th: /\p{Script=Thai}/u, hi: /\p{Script=Devanagari}/u, el: /\p{Script=Greek}/u, uk: /\p{Script=Cyrillic}/u };
    for (const [code, script] of Object.entries(scripts)) expect(inLanguage(code).filter(({ text }) => !script.test(text)), code).toEqual([]);
    const all = subjects.map(({ text }) => text).join('\n');
    expect({ emoji: /\p{Extended_Pictographic}/u.test(all), mixed: /\p{Script=Arabic}.*[A-Za-z]{4}/u.test(all), long: /\S{60}/.test(all), disguised: /\u200b/.test(all) })
      .toEqual({ emoji: true, mixed: true, long: true, disguised: true });
  });

  test('no template shows through', async () => {
    const batches = await pullAll(openHarbour({ size: 4000 }).session);
    const { subjects, reports } = rows(batches);
    const texts = [...subjects.flatMap(({ text, place }) => [text, place ?? '']), ...reports.map(({ comment }) => comment)];
    expect(texts.filter((text) => /[{}[\]]|undefined|\bnull\b| {2}/.test(text))).toEqual([]);
    expect(subjects.filter(({ text }) => text.trim() === '')).toEqual([]);
  });

  test('on one screen of twenty no two posts begin alike, spam waves and boards apart', async () => {
    const { subjects } = rows(await pullAll(openHarbour({ size: 1000 }).session));
    const single = subjects.filter(({ type, text }) => type !== 'community' && !/\.example|\u202e/.test(text));
    const alike = single.filter(({ text }, place) => single.slice(Math.max(0, place - 19), place).some((other) => other.text.slice(0, 40) === text.slice(0, 40)));
    expect(alike.length / single.length).toBeLessThan(0.02);
  });

  test('names no brand', async () => {
    const { subjects, reports, members } = rows(await pullAll(openHarbour({ size: 4000 }).session));
    const brands = /facebook|instagram|twitter|whatsapp|telegram|tiktok|google|youtube|amazon|paypal|netflix|viagra|bitcoin|ethereum|yamaha|volvo|garmin|rolex|iphone|samsung|disney|pokemon/i;
    const texts = [...subjects.map(({ text }) => text), ...reports.map(({ comment }) => comment), ...members.flatMap(({ name, handle }) => [name, handle])];
    expect(texts.filter((text) => brands.test(text))).toEqual([]);
  });

  test('a feud goes through many threads, with its history in the record', async () => {
    const { session } = openHarbour();
    const { subjects, members } = rows(await pullAll(session));
    const kestrel = members.find(({ handle }) => handle === '@kestrel_9');
    const theirs = subjects.filter(({ authorId }) => authorId === kestrel?.remoteId);
    expect(theirs.length).toBeGreaterThan(4);
    expect(new Set(theirs.map(({ place }) => place)).size).toBeGreaterThan(3);
    const [one] = theirs;
    if (one === undefined) throw new Error('kestrel_9 wrote nothing');
    const context = await session.context(one, signal);
    expect(context.before.length).toBeGreaterThan(0);
    expect(context.recent.length).toBeGreaterThan(4);
    expect(context.record.map(({ text, by }) => `${text} ${by}`)).toEqual(['Warned · Rule 2 Ines', 'Message, no strike Tomás']);
    expect(context.subject).toEqual(one);
  });

  test('pictures are valid PNGs, drawn from the seed, of its own addresses only', async () => {
    const { session } = openHarbour();
    const pictured = rows(await pullAll(session)).subjects.find(({ media }) => media.length > 0);
    const [medium] = pictured?.media ?? [];
    const drawn = await session.media?.(medium?.url ?? '', signal);
    const bytes = Buffer.from(drawn?.bytes ?? []);
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }).toEqual({ width: medium?.width, height: medium?.height });
    const length = bytes.readUInt32BE(33);
    expect(inflateSync(bytes.subarray(41, 41 + length)).length).toBe((480 * 3 + 1) * 320);
    expect(await openHarbour().session.media?.(medium?.url ?? '', signal)).toEqual(drawn);
    expect(await session.media?.('https://elsewhere.example/a.png', signal)).toBeNull();
  });
});

test('an empty pull leaves the cursor where it was', async () => {
  const harbour = openHarbour({ size: 40 });
  const cursor = reached(await pullAll(harbour.session), '');
  expect(await pullAll(harbour.session, cursor)).toEqual([]);
});

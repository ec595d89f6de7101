import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import { orderOf, rowsIn, startDesk } from './desk.ts';
import type { Desk } from './desk.ts';

/** Nothing of it is right anywhere. */
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new'];
const RUNS = { numRuns: 40 };
type Path = readonly string[];

let desk: Desk;
let reported: ReadonlyMap<string, RemoteSubject>;
/** What happens to the answers of one path; the others stay as they are. */
let spoil: { readonly path: string; readonly how: (answer: unknown) => unknown } | null = null;

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...at, name]))];
}

function withJunk(value: unknown, [first, ...rest]: Path, junk: unknown): unknown {
  if (first === undefined) return junk;
  if (Array.isArray(value)) return value.map((one, index): unknown => (String(index) === first ? withJunk(one, rest, junk) : one));
  return { ...value as object, [first]: withJunk((value as Readonly<Record<string, unknown>>)[first], rest, junk) };
}

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await desk.io.fetch(input, init);
  const plan = spoil;
  if (plan === null || !response.ok || !new URL(String(input)).pathname.endsWith(plan.path)) return response;
  return new Response(JSON.stringify(plan.how(await response.json())) ?? '', { status: response.status, headers: { 'content-type': 'application/json' } });
};

/** Spoils one place of an answer, the one that a number between 0 and 1 points at, for the length of some work. */
async function whileSpoilt(path: string, place: number, junk: unknown, work: () => Promise<unknown>): Promise<void> {
  spoil = {
    path,
    how(answer) {
      const paths = pathsOf(answer);
      return withJunk(answer, paths[Math.floor(place * paths.length)] ?? [], junk);
    },
  };
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectorError));
  spoil = null;
}

const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const junk = fc.constantFrom(...JUNK);

beforeAll(async () => {
  desk = await startDesk();
  const { world } = desk.far;
  const [piet, mara] = [world.account('piet'), world.account('mara')];
  for (let n = 0; n < 4; n += 1) {
    const video = world.video(piet, `Video ${n}`);
    world.report(mara, { video }, 'Adverts', ['spamOrMisleading']);
    world.report(mara, { comment: world.comment(piet, `Comment ${n}`, video) });
  }
  const about = world.report(mara, { account: piet });
  about.messages.push({ id: 1, text: 'Thank you', by: mara, byModerator: false, at: desk.io.now() });
  reported = rowsIn(await desk.pull(desk.open())).subjects;
});
afterAll(() => desk.far.close());

describe('answers with something wrong in them', () => {
  test.each(['/abuses', '/users/token', '/oauth-clients/local'])('%s: no report is lost, and only ConnectorError is thrown', async (path) => {
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      const here = desk.open({ access: '' }, spoiling);
      const got = new Set<string>();
      let cursor: string | null = null;
      await whileSpoilt(path, place, value, async () => {
        for await (const batch of here.pull(null, desk.signal)) {
          cursor = batch.cursor;
          for (const { remoteId } of batch.reports) got.add(remoteId);
        }
      });
      for (const remoteId of rowsIn(await desk.pull(here, cursor)).reports.keys()) got.add(remoteId);
      expect(desk.far.world.abuses.filter(({ state }) => state === 1).map(({ id }) => String(id)).filter((id) => !got.has(id))).toEqual([]);
    }), RUNS);
  });

  test.each(['/abuses', '/messages', '/videos/1', '/comment-threads', '/comment-threads/1', '/accounts/piet%40127.0.0.1', '/videos', '/config/about', '/users/me'])('%s: a context comes as far as it can', async (path) => {
    const here = desk.open({}, spoiling);
    const subjects = [...reported.values()];
    await fc.assert(fc.asyncProperty(where, junk, fc.nat(), async (place, value, which) => {
      const subject = subjects[which % subjects.length];
      if (subject !== undefined) await whileSpoilt(path, place, value, () => here.context(subject, desk.signal));
      await whileSpoilt(path, place, value, () => here.guidelines(desk.signal));
      await whileSpoilt(path, place, value, () => here.verify(desk.signal));
    }), { numRuns: 25 });
  });

  test.each(['/videos/1', '/abuses'])('%s: an order ends as it should, whatever is answered first', async (path) => {
    const [video] = desk.far.world.videos;
    await fc.assert(fc.asyncProperty(where, junk, async (place, value) => {
      if (video !== undefined) video.blacklisted = false;
      const order = orderOf(desk.io, reported.get('post 1'), { force: true });
      await whileSpoilt(path, place, value, () => desk.open({}, spoiling).deliver(order, desk.signal));
      expect(['done', 'already']).toContain((await desk.open().deliver(order, desk.signal)).kind);
      expect(video?.blacklisted).toBe(true);
    }), RUNS);
  });
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import { DIALECTS } from '../../../src-main/connectors/mastodon/detect.ts';
import { readAdminReport } from '../../../src-main/connectors/mastodon/read.ts';
import { rowsOf } from '../../../src-main/connectors/mastodon/subjects.ts';
import { makeAnswerFuzz } from '../../support/answer-fuzz.ts';
import { pullerOf, signal } from '../../support/connector-desk.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { JUNK, somewhere } from '../../support/spoilt-answers.ts';
import { orderOf } from './desk.ts';
import { recorded } from './recorded.ts';
import { TOKEN, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';
import type { Kind } from './world.ts';

const UNKNOWN_WORD = 'something-new';
const KINDS: readonly Kind[] = ['mastodon', 'gotosocial', 'akkoma'];
const RUNS = 60;

const io: TestIo = makeConnectorIo(mastodon.fields);
const servers = new Map<Kind, FarServer>();
const fuzz = makeAnswerFuzz((input, init) => io.fetch(input, init), [UNKNOWN_WORD]);

function farOf(kind: Kind): FarServer {
  const far = servers.get(kind);
  if (far === undefined) throw new Error('not started');
  io.use({ server: far.server.origin }, { token: TOKEN });
  return far;
}

function sessionAt(far: FarServer): Session {
  return mastodon.open({ ...io, fetch: fuzz.fetch }, { server: far.server.origin });
}

async function subjectsOf(session: Session): Promise<readonly RemoteSubject[]> {
  const subjects: RemoteSubject[] = [];
  await pullerOf(session, (batch) => subjects.push(...batch.subjects))();
  return subjects;
}

beforeAll(async () => {
  for (const kind of KINDS) {
    const far = await startFarServer(kind, io.truly);
    servers.set(kind, far);
    const piet = far.world.account('piet');
    for (let n = 0; n < 3; n += 1) far.world.report({ about: piet, posts: [far.world.post(piet, `<p>Post ${n}</p>`)], rules: ['No spam'] });
    far.world.report({ about: piet, posts: [far.world.post(piet, 'One'), far.world.post(piet, 'Two')] });
    far.world.report({ about: far.world.account('olle', 'elsewhere.example') });
  }
});
afterAll(async () => {
  for (const far of servers.values()) await far.close();
});

describe.each(KINDS)('answers of %s with something wrong in them', (kind) => {
  test('the list: no report is lost, and only ConnectorError is thrown', async () => {
    const far = farOf(kind);
    await fuzz.check(/admin\/reports(?:\?|$)/, RUNS, async (spoilt) => {
      const got = new Set<string>();
      let cursor: string | null = null;
      /** Each time in a session that remembers nothing. */
      const pull = async (): Promise<void> => {
        for await (const batch of sessionAt(far).pull(cursor, signal)) {
          ({ cursor } = batch);
          for (const { remoteId } of batch.reports) got.add(remoteId);
        }
      };
      await spoilt(pull);
      io.reset();
      await pull();
      io.pass(10 * 60_000);
      await pull();
      expect(far.world.open().filter(({ id }) => !got.has(id))).toEqual([]);
    });
  });

  test.each(['nodeinfo', 'api/v1/instance', 'verify_credentials'])('%s: signing in says what is wrong, or goes on', async (name) => {
    const far = farOf(kind);
    await fuzz.check(new RegExp(name), RUNS, async (spoilt) => {
      await spoilt(() => sessionAt(far).verify(signal));
      io.reset();
      await spoilt(() => sessionAt(far).guidelines(signal));
      io.reset();
    });
  });

  test.each(['statuses', 'context', 'reports'])('%s: a context comes as far as it can', async (name) => {
    const far = farOf(kind);
    const session = sessionAt(far);
    const subject = (await subjectsOf(session)).find(({ type }) => type === 'post');
    if (subject === undefined) throw new Error('nothing came');
    await fuzz.check(new RegExp(name), RUNS, async (spoilt) => {
      await spoilt(() => session.context(subject, signal));
      io.reset();
    });
  });

  test('reports and deeds: an order is carried out once, whatever is answered', async () => {
    const far = farOf(kind);
    await fuzz.check(/admin/, 40, async (spoilt) => {
      const about = far.world.account(`fresh${far.world.reports.size}`);
      const post = far.world.post(about, 'One');
      const { id } = far.world.report({ about, posts: [post] });
      const session = sessionAt(far);
      const subject = (await subjectsOf(session)).find(({ remoteId }) => remoteId === post.id);
      if (subject === undefined) throw new Error('it did not come');
      const order = orderOf(io, 'dismiss', subject);
      await spoilt(() => session.deliver(order, signal));
      io.reset();
      await session.deliver({ ...order, force: true }, signal);
      expect(far.world.deeds.filter((deed) => deed.includes(id))).toHaveLength(1);
    });
  });
});

describe('recorded reports with something wrong in them', () => {
  const junk = fc.constantFrom(...JUNK, UNKNOWN_WORD);
  const all = [recorded('mastodon-report'), ...recorded('gotosocial-reports') as readonly unknown[]];

  test.each(DIALECTS)('$title: what has an id arrives, what has none is not passed over', (dialect) => {
    fc.assert(fc.property(fc.constantFrom(...all), somewhere, junk, somewhere, junk, (row, place, value, place2, value2) => {
      const broken = spoiltAt(spoiltAt(row, place, value), place2, value2);
      try {
        const rows = rowsOf({ server: 'https://far.example', dialect }, readAdminReport(broken), [], null, 0);
        expect(rows.reports.length).toBeGreaterThan(0);
        expect(rows.reports[0]?.subject.remoteId).toBe(rows.subjects[0]?.remoteId);
        expect(JSON.stringify(rows)).not.toMatch(/@emailservice\.com|12\.34\.56\.78/);
      } catch (error) {
        expect(error).toBeInstanceOf(ConnectorError);
      }
    }), { numRuns: 1500 });
  });
});

import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../src-main/connectors/connector.ts';
import type { Batch, Capability, Connector, DeliveryResult, Order, RemoteSubject, Session } from '../../src-main/connectors/connector.ts';
import type { FormValues } from '../../src-main/contract/setup.ts';
import { SUBJECT_TYPES, VERBS } from '../../src-main/contract/words.ts';
import type { SubjectType, Verb } from '../../src-main/contract/words.ts';
import { makeConnectorIo } from '../support/connector-io.ts';
import type { TestIo } from '../support/connector-io.ts';
import { FAULTS, LOST, SIGNED_OUT, spoilt, SPOILERS } from '../support/wire-faults.ts';
import type { WireServer } from '../support/wire-server.ts';

/** The far side of one platform, as its test scripts it. */
export type FarPlatform = {
  /** The answers to the connector's form, secrets apart. */
  readonly values: FormValues;
  readonly secrets: Readonly<Record<string, string>>;
  /** Null only where the cases about the network are left out. */
  readonly server: WireServer | null;
  /** Files that many more reports. */
  readonly publish: (count: number) => void | Promise<void>;
  /** The remote ids of all open reports. */
  readonly open: () => readonly string[] | Promise<readonly string[]>;
  /** How many moderation actions were carried out there, by anyone. */
  readonly actions: () => number | Promise<number>;
  /** Another moderator handles a subject in a way that `verb` would go against; answers their name as the platform tells it. */
  readonly handle: (subject: RemoteSubject, verb: Verb) => string | null | Promise<string | null>;
  readonly close: () => Promise<void>;
};

export type Conformance = {
  readonly connector: Connector;
  /** Starts the platform with that many open reports; it lives by the clock of `io`, `io.truly()`. */
  readonly start: (input: { readonly reports: number; readonly io: TestIo }) => Promise<FarPlatform>;
  /** How many reports the long pull has; 10,000 unless the platform cannot have them. */
  readonly many?: number;
  /** What the platform can do to what is reported, for the cases that need just one verb. */
  readonly verb: Verb;
  /**
   * Cases that make no sense for a platform; say why beside it. `asking`: those of a pull and a context that ask something
   * of the platform, where all that it brings arrives by itself.
   */
  readonly leaveOut?: readonly ('network' | 'asking' | 'conflict')[];
};

const MANY = 10_000;
const SOME = 250;
/** How many places of its answers are spoilt, one at a time. */
const SPOILT_PLACES = 14;

/** The cases that every connector passes; a platform brings its scripted far side and nothing else. */
export function describeConformance(name: string, setup: Conformance): void {
  describe(`${name} conforms`, () => {
    const left = new Set(setup.leaveOut);
    let far: FarPlatform;
    let io: TestIo;

    async function start(reports: number): Promise<void> {
      io = makeConnectorIo(setup.connector.fields);
      far = await setup.start({ reports, io });
      io.use(far.values, far.secrets);
    }
    const session = (): Session => setup.connector.open(io, far.values);

    beforeEach(() => start(SOME));
    afterEach(() => far.close());

    describe('account and rules', () => {
      test('says who we are, and for every verb whether it can be done or why not', async () => {
        const account = await session().verify(signal());
        expect(account.name).not.toBe('');
        expect(account.pollMs).toBeGreaterThan(0);
        for (const [, verb, capability] of capabilitiesOf(account.capabilities)) {
          if (!capability.can) expect(capability.why, verb).toMatch(/^\S.*[.…]$/);
        }
        expect(capabilitiesOf(account.capabilities).some(([, , { can }]) => can)).toBe(true);
      });

      test('publishes rules with unique ids and titles', async () => {
        const rules = await session().guidelines(signal());
        expect(new Set(rules.map(({ remoteId }) => remoteId)).size).toBe(rules.length);
        expect(rules.filter(({ title }) => title.trim() === '')).toEqual([]);
      });
    });

    describe('pull', () => {
      test(`brings all of ${setup.many ?? MANY} reports in batches that stand for themselves`, async () => {
        await far.close();
        await start(setup.many ?? MANY);
        const batches = await pullFrom(session(), null);
        expect(await missing(far, batches)).toEqual([]);
        expect(unmet(batches)).toEqual([]);
        expect(Math.max(...batches.flatMap(({ members, subjects, reports, resolutions }) => [members.length, subjects.length, reports.length, resolutions.length]))).toBeLessThanOrEqual(200);
      });

      test('brings only what is new the next time, and nothing when nothing is', async () => {
        const first = await pullFrom(session(), null);
        const before = new Set(await far.open());
        const quiet = await pullFrom(session(), cursorOf(first));
        expect(newReports(quiet, before)).toEqual([]);
        await far.publish(7);
        const news = await pullFrom(session(), cursorOf([...first, ...quiet]));
        expect(newReports(news, before).toSorted()).toEqual((await far.open()).filter((id) => !before.has(id)).toSorted());
        expect(news.flatMap(({ reports }) => reports).length).toBeLessThan(SOME);
      });

      test('goes on after a kill at every batch', async () => {
        const whole = await pullFrom(session(), null);
        for (const [place, { cursor }] of whole.entries()) {
          const rest = await pullFrom(session(), cursor);
          expect(await missing(far, [...whole.slice(0, place + 1), ...rest]), `after batch ${place}`).toEqual([]);
        }
      });

      test('a place that another version wrote starts over, and one with more in it goes on', async () => {
        for (const foreign of ['nonsense', '{}', '{"version":99,"events":{"from":"later"},"known":7}']) {
          expect(await missing(far, await pullFrom(session(), foreign)), foreign).toEqual([]);
        }
        const whole = await pullFrom(session(), null);
        const cursor = cursorOf(whole);
        const newer = cursor?.startsWith('{') === true ? cursor.replace('{', '{"fromALaterVersion":{"a":[1]},') : cursor;
        await far.publish(3);
        expect(await missing(far, [...whole, ...await pullFrom(session(), newer)])).toEqual([]);
      });

      test('stops when it is told to', async () => {
        const stop = new AbortController();
        const seen: Batch[] = [];
        const stopped = (async () => {
          for await (const batch of session().pull(null, stop.signal)) {
            seen.push(batch);
            stop.abort(new Error('stopped'));
          }
        })();
        await stopped.catch((error: unknown) => expect(error).toBe(stop.signal.reason));
        expect(seen).toHaveLength(1);
      });

      test.each([-1, 1])('a clock %i day off loses nothing', async (days) => {
        io.skew(days * 24 * 60 * 60_000);
        const first = await pullFrom(session(), null);
        await far.publish(3);
        expect(await missing(far, [...first, ...await pullFrom(session(), cursorOf(first))])).toEqual([]);
      });
    });

    describe('context', () => {
      test('for each type of subject: itself, with every author', async () => {
        const [here, subjects] = await pulled();
        for (const subject of oneOfEach(subjects)) {
          const { before, after, recent, members, subject: now, asStored } = await here.context(refOf(subject), signal());
          if (left.has('asking')) expect([now, asStored]).toEqual([null, true]);
          else expect(now?.remoteId, subject.type).toBe(subject.remoteId);
          const known = new Set([...members.map(({ remoteId }) => remoteId), subject.authorId]);
          expect([...before, ...after, ...recent].filter(({ authorId }) => authorId !== null && !known.has(authorId))).toEqual([]);
        }
      });
    });

    test('no secret shows in what it brings, logs, says or goes on from, nor in an error', async () => {
      const seen: unknown[] = [];
      const here = setup.connector.open({ ...io, log: (event, facts) => void seen.push(event, facts) }, far.values);
      const note = async (work: () => Promise<unknown>): Promise<void> => void seen.push(await work().catch((error: unknown) => inspect(error, { depth: 6 })));
      const account = await here.verify(signal());
      const batches = await pullFrom(here, null);
      seen.push(account, batches);
      for (const subject of oneOfEach(batches.flatMap(({ subjects }) => subjects))) {
        await note(() => here.context(refOf(subject), signal()));
        const [, verb, capability] = capabilitiesOf(account.capabilities).find(([type, , { can }]) => type === subject.type && can) ?? [];
        if (verb !== undefined && capability?.can === true) await note(() => here.deliver(orderFor(io, subject, verb, capability), signal()));
      }
      await note(() => here.guidelines(signal()));
      if (far.server !== null) {
        for (const fault of FAULTS.filter(({ silent }) => silent !== true)) {
          const heal = far.server.plan({ fault });
          io.reset();
          for (const work of [() => session().verify(signal()), () => pullFrom(session(), null), () => session().guidelines(signal())]) await note(work);
          heal();
        }
        io.reset();
      }
      const secrets = [...Object.values(far.secrets), ...io.secrets.values()].flatMap((value) => [value, ...[...value.matchAll(/"([^"]{12,})"/g)].map(([, part = '']) => part)]);
      const told = inspect(seen, { depth: 12, maxArrayLength: null, maxStringLength: null });
      for (const secret of new Set(secrets)) if (secret.length >= 8 && !/^https?:/.test(secret)) expect(told.includes(secret), 'a secret shows').toBe(false);
    });

    describe('deliver', () => {
      test('every decision that it can do, once for one order, and back where it can', async () => {
        const [here, subjects] = await pulled();
        const { capabilities } = await here.verify(signal());
        // What is decided may be closed for good on its platform: each decision gets a subject of its own while there are some.
        const used = new Set<RemoteSubject>();
        for (const [type, verb, capability] of capabilitiesOf(capabilities)) {
          const subject = fitting(subjects.filter((one) => !used.has(one)), type, verb) ?? fitting(subjects, type, verb);
          if (subject === undefined || !capability.can) continue;
          used.add(subject);
          const order = orderFor(io, subject, verb, capability);
          const before = await far.actions();
          const first = await here.deliver(order, signal());
          expect(first.kind, `${verb} ${type}: ${JSON.stringify(first)}`).toBe('done');
          const after = await far.actions();
          expect(after, `${verb} ${type} did something`).toBeGreaterThan(before);
          expect(['done', 'already']).toContain((await here.deliver(order, signal())).kind);
          expect(await far.actions(), `${verb} ${type} was done once`).toBe(after);
          if (!capability.reversible) continue;
          const back = await here.deliver({ ...order, id: randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId: first.kind === 'done' ? first.remoteId : null } }, signal());
          expect(back.kind, `taking back ${verb} ${type}: ${JSON.stringify(back)}`).toBe('done');
        }
      });

      if (!left.has('conflict')) test('what someone else did meanwhile is a conflict that names them; only who insists is heard', async () => {
        const [here, subjects] = await pulled();
        const { capabilities } = await here.verify(signal());
        const [subject, capability] = someSubject(setup, subjects, capabilities);
        io.pass(60_000);
        const by = await far.handle(subject, setup.verb);
        const before = await far.actions();
        const order = { ...orderFor(io, subject, setup.verb, capability), decidedAt: io.now() };
        expect(await here.deliver(order, signal())).toMatchObject({ kind: 'conflict', by });
        expect(await far.actions()).toBe(before);
        expect(['done', 'already']).toContain((await here.deliver({ ...order, force: true }, signal())).kind);
      });
    });

    if (!left.has('network')) describe('the network', () => {
      if (!left.has('asking')) test('a kill at every request of a pull loses nothing', async () => {
        const server = wireOf(far);
        const from = server.requests.length;
        await pullFrom(session(), null);
        const count = server.requests.length - from;
        for (let nth = 1; nth <= count; nth += 1) {
          const heal = server.plan({ fault: LOST, from: nth, times: 1 });
          const [batches, error] = await pullUntilError(session(), null);
          heal();
          if (error !== null) expect(error, `request ${nth}`).toBeInstanceOf(ConnectorError);
          const rest = error === null ? [] : await pullFrom(session(), batches.at(-1)?.cursor ?? null);
          expect(await missing(far, [...batches, ...rest]), `request ${nth}`).toEqual([]);
        }
      });

      test.each(FAULTS)('$name while it pulls, signs in or delivers', async (fault) => {
        const server = wireOf(far);
        const hurried = fault.silent === true;
        if (!left.has('asking')) {
          io.reset(hurried);
          const heal = server.plan({ fault, from: 2 });
          const [batches, error] = await pullUntilError(session(), null);
          heal();
          if (error === null) expect(fault.means).toContain('survives');
          else expect(error instanceof ConnectorError ? error.kind : error, String(error)).toBeOneOf([...fault.means]);
          io.reset();
          const rest = await pullFrom(session(), batches.at(-1)?.cursor ?? null);
          expect(await missing(far, [...batches, ...rest])).toEqual([]);
        }

        io.reset(hurried);
        const healSignIn = server.plan({ fault });
        const refused = await session().verify(signal()).then(() => null, (problem: unknown) => problem);
        healSignIn();
        if (refused !== null) expect(refused).toBeInstanceOf(ConnectorError);

        io.reset();
        const [here, subjects] = await pulled();
        const [subject, capability] = someSubject(setup, subjects, (await here.verify(signal())).capabilities);
        const order = orderFor(io, subject, setup.verb, capability);
        const before = await far.actions();
        io.reset(hurried);
        const healDelivery = server.plan({ fault, writes: true, times: 1 });
        const first = await tryDelivery(here, order);
        healDelivery();
        io.reset();
        if (first !== null && first.kind !== 'done') expect(['retry', 'already']).toContain(first.kind);
        expect(['done', 'already']).toContain((await here.deliver(order, signal())).kind);
        expect(await far.actions()).toBe(before + 1);
      });

      if (!left.has('asking')) test.each(SPOILERS)('%s in an answer: understood or refused whole, and no report lost', async (spoiler) => {
        const server = wireOf(far);
        for (let place = 0; place < SPOILT_PLACES; place += 1) {
          const heal = server.plan({ fault: spoilt(spoiler, place * 7), from: 1 + (place % 7), times: 1 });
          const [batches, error] = await pullUntilError(session(), null);
          heal();
          if (error !== null) expect(error, `place ${place}: ${String(error)}`).toMatchObject({ name: 'ConnectorError' });
          const rest = error === null ? [] : await pullFrom(session(), cursorOf(batches));
          expect(await missing(far, [...batches, ...rest]), `place ${place}`).toEqual([]);
        }
      });

      test('an order whose answer was lost is not carried out twice', async () => {
        const server = wireOf(far);
        const [here, subjects] = await pulled();
        const [subject, capability] = someSubject(setup, subjects, (await here.verify(signal())).capabilities);
        const order = orderFor(io, subject, setup.verb, capability);
        const heal = server.plan({ fault: LOST, writes: true, times: 1, afterwards: true });
        const before = await far.actions();
        await tryDelivery(here, order);
        heal();
        expect(['done', 'already']).toContain((await here.deliver(order, signal())).kind);
        expect(await far.actions()).toBe(before + 1);
      });

      if (!left.has('asking')) test('a sign-in that ends while it pulls asks to sign in again, and loses nothing', async () => {
        const server = wireOf(far);
        const heal = server.plan({ fault: SIGNED_OUT, from: 3 });
        const [batches, error] = await pullUntilError(session(), null);
        heal();
        expect(error).toMatchObject({ name: 'ConnectorError', kind: 'sign-in' });
        expect(await missing(far, [...batches, ...await pullFrom(session(), batches.at(-1)?.cursor ?? null)])).toEqual([]);
      });
    });

    /** A session that has pulled all there is, and the subjects in it. */
    async function pulled(): Promise<readonly [Session, readonly RemoteSubject[]]> {
      const here = session();
      return [here, (await pullFrom(here, null)).flatMap(({ subjects }) => subjects)];
    }
  });
}

function wireOf({ server }: FarPlatform): WireServer {
  if (server === null) throw new Error('a platform without a server leaves the network out');
  return server;
}

function signal(): AbortSignal {
  return new AbortController().signal;
}

async function pullUntilError(session: Session, cursor: string | null): Promise<readonly [Batch[], unknown]> {
  const batches: Batch[] = [];
  try {
    for await (const batch of session.pull(cursor, signal())) batches.push(batch);
    return [batches, null];
  } catch (error) {
    return [batches, error];
  }
}

async function pullFrom(session: Session, cursor: string | null): Promise<Batch[]> {
  const [batches, error] = await pullUntilError(session, cursor);
  if (error !== null) throw error;
  return batches;
}

async function tryDelivery(session: Session, order: Order): Promise<DeliveryResult | null> {
  try {
    return await session.deliver(order, signal());
  } catch (error) {
    expect(error).toBeInstanceOf(ConnectorError);
    return null;
  }
}

function cursorOf(batches: readonly Batch[]): string | null {
  return batches.at(-1)?.cursor ?? null;
}

/** Open reports of the platform that no batch brought. */
async function missing(far: FarPlatform, batches: readonly Batch[]): Promise<string[]> {
  const got = new Set(batches.flatMap(({ reports }) => reports.map(({ remoteId }) => remoteId)));
  return (await far.open()).filter((id) => !got.has(id));
}

function newReports(batches: readonly Batch[], before: ReadonlySet<string>): string[] {
  return [...new Set(batches.flatMap(({ reports }) => reports.map(({ remoteId }) => remoteId)))].filter((id) => !before.has(id));
}

/** Reports whose subject, and subjects whose author, came in no batch up to theirs. */
function unmet(batches: readonly Batch[]): string[] {
  const met = new Set<string>();
  const problems: string[] = [];
  for (const { members, subjects, reports } of batches) {
    for (const { remoteId } of members) met.add(`member ${remoteId}`);
    for (const { type, remoteId, authorId } of subjects) {
      met.add(`subject ${type} ${remoteId}`);
      if (authorId !== null && !met.has(`member ${authorId}`)) problems.push(`author of ${type} ${remoteId}`);
    }
    for (const { remoteId, subject, reporterId } of reports) {
      if (!met.has(`subject ${subject.type} ${subject.remoteId}`)) problems.push(`subject of report ${remoteId}`);
      if (reporterId !== null && !met.has(`member ${reporterId}`)) problems.push(`reporter of ${remoteId}`);
    }
  }
  return problems;
}

function oneOfEach(subjects: readonly RemoteSubject[]): RemoteSubject[] {
  return SUBJECT_TYPES.flatMap((type) => subjects.find((subject) => subject.type === type) ?? []);
}

/** A subject that the verb makes sense for: what is removed can only be restored. */
function fitting(subjects: readonly RemoteSubject[], type: SubjectType, verb: Verb): RemoteSubject | undefined {
  return subjects.find((subject) => subject.type === type && subject.deletedAt === null && subject.removed === (verb === 'restore') && subject.verbs?.[verb]?.can !== false);
}

function someSubject({ verb: wanted }: Conformance, subjects: readonly RemoteSubject[], capabilities: Awaited<ReturnType<Session['verify']>>['capabilities']): readonly [RemoteSubject, Capability & { can: true }] {
  for (const [type, verb, capability] of capabilitiesOf(capabilities)) {
    const subject = verb === wanted ? fitting(subjects, type, verb) : undefined;
    if (subject !== undefined && capability.can) return [subject, capability];
  }
  throw new Error(`nothing that was reported can take ${wanted}`);
}

function capabilitiesOf(capabilities: Awaited<ReturnType<Session['verify']>>['capabilities']): (readonly [SubjectType, Verb, Capability])[] {
  return SUBJECT_TYPES.flatMap((type) => VERBS.flatMap((verb) => {
    const capability = capabilities[type]?.[verb];
    return capability === undefined ? [] : [[type, verb, capability] as const];
  }));
}

function refOf({ type, remoteId, authorId, extra }: RemoteSubject): Order['subject'] {
  return { type, remoteId, authorId, extra };
}

function orderFor(io: TestIo, subject: RemoteSubject, verb: Verb, capability: Capability & { can: true }): Order {
  return {
    id: randomUUID(), verb, reverse: false, reverses: null, subject: refOf(subject), durationMs: capability.durations?.[0] ?? null, labels: capability.labels?.slice(0, 1) ?? [],
    reason: 'A reason', guideline: '2 No harassment', message: capability.message === true ? 'Please read the rules.' : null, expected: subject.revision, force: false, decidedAt: io.now(),
  };
}

import type { Account, Batch, Connector, ConnectorIo, DeliveryResult, Order, PublishedGuideline, RemoteSubject, SubjectContext } from '../../src-main/connectors/connector.ts';

export type Call = 'verify' | 'pull' | 'context' | 'deliver' | 'guidelines';

/** A fault of one call: before anything happened there, or after it happened and the answer was lost. */
export type Fault = { readonly when: 'before' | 'after'; readonly error: unknown };

/** A platform in memory that remembers what was really done to it; idempotent on the order's id, as connectors are. */
export type ScriptedPlatform = {
  readonly connector: Connector;
  /** Files reports about that many new posts, by `authors` members. */
  readonly publish: (count: number, authors?: number) => void;
  /** What happened there, in order, once an order. */
  readonly done: Order[];
  readonly calls: { readonly call: Call; readonly connectionId: string }[];
  /** The next such calls fail in these ways, one each; null lets one through. */
  readonly faults: Record<Call, (Fault | null)[]>;
  /** Fails every call until it is set back to null. */
  down: unknown;
  /** What someone else did to a post: its orders become conflicts unless forced. */
  readonly others: Map<string, { readonly by: string; readonly what: string; readonly at: number }>;
  /** What deliver answers for an order, where it is not simply done. */
  answer: ((order: Order) => DeliveryResult | null) | null;
  rules: PublishedGuideline[];
  io: ConnectorIo | null;
  account: Account;
  readonly closed: { count: number };
};

const PAGE = 50;

export function scriptedPlatform(id = 'scripted'): ScriptedPlatform {
  const posts: RemoteSubject[] = [];
  const platform: ScriptedPlatform = {
    done: [],
    calls: [],
    faults: { verify: [], pull: [], context: [], deliver: [], guidelines: [] },
    down: null,
    others: new Map(),
    answer: null,
    rules: [],
    io: null,
    closed: { count: 0 },
    account: {
      name: '@mod@tidepool.example', instance: 'tidepool.example', scopes: ['reports'], missing: [], pollMs: 30_000,
      capabilities: { post: { remove: { can: true, target: 'subject', reversible: true }, dismiss: { can: true, target: 'subject', reversible: false } } },
    },
    publish(count, authors = 3) {
      for (let made = 0; made < count; made += 1) posts.push(post(posts.length, authors));
    },
    connector: {
      id,
      title: 'Scripted',
      summary: 'A platform for tests.',
      fields: [
        { name: 'url', label: 'Address', kind: 'url', required: true, help: '', placeholder: '', options: [] },
        { name: 'token', label: 'Token', kind: 'secret', required: true, help: '', placeholder: '', options: [] },
      ],
      instance: (values) => new URL(String(values['url'])).host,
      open(io) {
        platform.io = io;

        async function call<Answer>(name: Call, signal: AbortSignal, work: () => Answer): Promise<Answer> {
          platform.calls.push({ call: name, connectionId: io.connectionId });
          await Promise.resolve();
          signal.throwIfAborted();
          if (platform.down !== null) throw platform.down;
          const fault = platform.faults[name].shift() ?? null;
          if (fault?.when === 'before') throw fault.error;
          const answer = work();
          if (fault !== null) throw fault.error;
          return answer;
        }

        return {
          verify: (signal) => call('verify', signal, () => platform.account),
          async *pull(cursor, signal) {
            for (let from = Number(cursor ?? 0); from < posts.length; from += PAGE) {
              yield await call('pull', signal, () => page(posts, from));
            }
            await call('pull', signal, () => undefined);
          },
          context: (subject, signal) => call('context', signal, () => contextOf(posts, subject.remoteId)),
          deliver: (order, signal) => call('deliver', signal, () => deliver(platform, order)),
          guidelines: (signal) => call('guidelines', signal, () => platform.rules),
          async close() {
            platform.closed.count += 1;
          },
        };
      },
    },
  };
  return platform;
}

function post(index: number, authors: number): RemoteSubject {
  return {
    type: 'post', remoteId: `p${index}`, authorId: `m${index % authors}`, extra: { cid: `c${index}` }, text: `Post number ${index}`, html: null,
    createdAt: 1_777_000_000_000 + index, editedAt: null, deletedAt: null, removed: false, url: null, language: 'en', place: null, media: [], revision: 'r1',
  };
}

function page(posts: readonly RemoteSubject[], from: number): Batch {
  const subjects = posts.slice(from, from + PAGE);
  return {
    members: [...new Set(subjects.map(({ authorId }) => authorId ?? ''))].map((remoteId) => ({
      remoteId, name: remoteId, handle: `@${remoteId}`, joinedAt: null, postCount: null, standing: [], url: null,
    })),
    subjects,
    reports: subjects.map(({ type, remoteId, createdAt }) => ({
      remoteId: `r-${remoteId}`, subject: { type, remoteId }, reporterId: null, category: 'spam' as const, remoteCategory: null, comment: '',
      createdAt: createdAt ?? 0, open: true,
    })),
    resolutions: [],
    cursor: String(from + subjects.length),
    total: posts.length,
  };
}

function contextOf(posts: readonly RemoteSubject[], remoteId: string): SubjectContext {
  const at = posts.findIndex((one) => one.remoteId === remoteId);
  return {
    before: posts.slice(Math.max(0, at - 2), at), after: posts.slice(at + 1, at + 3), members: [], recent: [],
    subject: posts[at] ?? null, record: [{ at: 1, text: 'Warned once', by: null }],
  };
}

function deliver(platform: ScriptedPlatform, order: Order): DeliveryResult {
  const remoteId = `done-${order.id}`;
  if (platform.done.some((earlier) => earlier.id === order.id)) return { kind: 'done', remoteId, said: null };
  const other = platform.others.get(order.subject.remoteId);
  if (other !== undefined && !order.force) return { kind: 'conflict', ...other };
  const answer = platform.answer?.(order) ?? null;
  if (answer !== null) return answer;
  platform.done.push(order);
  return { kind: 'done', remoteId, said: 'Done.' };
}

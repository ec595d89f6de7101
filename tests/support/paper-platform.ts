import { z } from 'zod';
import { readJson } from '../../src-main/connectors/http/read-json.ts';
import type { Batch, Connector, ConnectorIo, DeliveryResult, Order, RemoteMember, RemoteReport, RemoteSubject } from '../../src-main/connectors/connector.ts';
import { startWireServer } from './wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from './wire-server.ts';

/** The smallest platform that can be moderated: posts that can be hidden and shown, by a JSON API with pages. */
export type PaperPlatform = {
  readonly server: WireServer;
  readonly publish: (count: number) => void;
  readonly reports: () => readonly string[];
  readonly actions: () => number;
  readonly hide: (post: string, by: string) => void;
  readonly close: () => Promise<void>;
};

type Post = { readonly id: string; readonly text: string; hiddenBy: string | null; keptBy: string | null; readonly orders: Set<string> };

const PAGE = 20;
export const PAPER_TOKEN = 'paper-token';

export async function startPaperPlatform(): Promise<PaperPlatform> {
  const posts: Post[] = [];
  let actions = 0;
  const postOf = ({ at }: WireRequest): Post | undefined => posts.find(({ id }) => id === at['id']);
  const shown = ({ id, text, hiddenBy, keptBy }: Post) => ({ id, text, hiddenBy, keptBy });

  const server = await startWireServer({
    'GET /me': guarded(() => ({ json: { name: 'mod', token: true } })),
    'GET /reports': guarded(({ query }) => ({ json: { reports: posts.slice(Number(query.get('after')), Number(query.get('after')) + PAGE).map(shown) } })),
    'GET /posts/:id': guarded((request) => {
      const post = postOf(request);
      return post === undefined ? { status: 404 } : { json: shown(post) };
    }),
    'POST /posts/:id/hidden': guarded((request) => {
      const post = postOf(request);
      const order = String(request.body['order']);
      if (post === undefined) return { status: 404 };
      if (!post.orders.has(order)) {
        post.orders.add(order);
        post.hiddenBy = request.body['hidden'] === true ? 'mod' : null;
        actions += 1;
      }
      return { json: shown(post) };
    }),
  });
  return {
    server,
    publish(count) {
      for (let made = 0; made < count; made += 1) posts.push({ id: `p${posts.length}`, text: `Post ${posts.length}`, hiddenBy: null, keptBy: null, orders: new Set() });
    },
    reports: () => posts.map(({ id }) => `r-${id}`),
    actions: () => actions,
    hide(id, by) {
      const post = posts.find((each) => each.id === id);
      if (post !== undefined) post.keptBy = by;
    },
    close: () => server.close(),
  };
}

/** Answers only to who is signed in. */
function guarded(answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
  return (request) => (request.headers.authorization === `Bearer ${PAPER_TOKEN}` ? answer(request) : { status: 401, json: { error: 'signed out' } });
}

const post = z.object({ id: z.string(), text: z.string(), hiddenBy: z.string().nullable(), keptBy: z.string().nullable() });
const page = z.object({ reports: z.array(post) });
const me = z.object({ name: z.string(), token: z.boolean() });

/** A whole connector in one screen. */
export const paperConnector: Connector = {
  id: 'paper',
  title: 'Paper',
  summary: 'The smallest platform, for tests of the tests.',
  fields: [
    { name: 'url', label: 'Address', kind: 'url', required: true, help: '', placeholder: '', options: [] },
    { name: 'token', label: 'Token', kind: 'secret', required: true, help: '', placeholder: '', options: [] },
  ],
  instance: (values) => new URL(String(values['url'])).host,
  open(io, values) {
    const ask = asker(io, String(values['url']));
    return {
      async verify(signal) {
        const { name } = await ask('/me', me, 'the account', signal);
        return { name, instance: 'paper', scopes: [], missing: [], pollMs: 1000, capabilities: { post: { remove: { can: true, target: 'subject', reversible: true }, mute: { can: false, why: 'Paper has no accounts.' } } } };
      },
      async *pull(cursor, signal) {
        for (let after = Number.parseInt(cursor ?? '', 10) || 0; ;) {
          const { reports } = await ask(`/reports?after=${after}`, page, 'the reports', signal);
          if (reports.length === 0) return;
          // Counted by the posts' own numbers: an answer that names one twice must not skip another.
          after = Math.max(...reports.map(({ id }) => Number(id.slice(1)))) + 1;
          yield batchOf(reports, String(after));
          signal.throwIfAborted();
        }
      },
      async context({ remoteId }, signal) {
        const subject = subjectOf(await ask(`/posts/${remoteId}`, post, 'the post', signal));
        return { before: [], after: [], recent: [], members: [AUTHOR], record: [], subject };
      },
      async deliver(order, signal): Promise<DeliveryResult> {
        const now = await ask(`/posts/${order.subject.remoteId}`, post, 'the post', signal);
        if (now.keptBy !== null && !order.force && !order.reverse) return { kind: 'conflict', by: now.keptBy, what: 'kept', at: null };
        await ask(`/posts/${order.subject.remoteId}/hidden`, post, 'the hiding', signal, { order: order.id, hidden: wishedFor(order) });
        return { kind: 'done', remoteId: order.subject.remoteId, said: null };
      },
      guidelines: async () => [],
      close: async () => undefined,
    };
  },
};

function wishedFor(order: Order): boolean {
  return (order.verb === 'remove') !== order.reverse;
}

function asker(io: ConnectorIo, url: string) {
  return async function ask<Shape>(path: string, shape: z.ZodType<Shape>, what: string, signal: AbortSignal, body?: unknown): Promise<Shape> {
    const headers = { authorization: `Bearer ${await io.secret('token') ?? ''}`, 'content-type': 'application/json' };
    const response = await io.fetch(`${url}${path}`, { headers, signal, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
    return readJson(response, shape, { host: new URL(url).host, what, now: io.now() });
  };
}

const AUTHOR: RemoteMember = { remoteId: 'a', name: 'Author', handle: '@author', joinedAt: null, postCount: null, standing: [], url: null };

function subjectOf({ id, text, hiddenBy, keptBy }: z.infer<typeof post>): RemoteSubject {
  return {
    type: 'post', remoteId: id, authorId: 'a', extra: {}, text, html: null, createdAt: null, editedAt: null, deletedAt: null, removed: hiddenBy !== null, url: null,
    language: null, place: null, media: [], revision: `${hiddenBy} ${keptBy}`,
  };
}

function batchOf(posts: readonly z.infer<typeof post>[], cursor: string): Batch {
  const reports = posts.map(({ id }): RemoteReport => ({
    remoteId: `r-${id}`, subject: { type: 'post', remoteId: id }, reporterId: null, category: 'other', remoteCategory: null, comment: '', createdAt: 0, open: true,
  }));
  return { members: [AUTHOR], subjects: posts.map(subjectOf), reports, resolutions: [], cursor, total: null };
}

import { startWireServer } from '../wire-server.ts';
import type { Routes, WireAnswer, WireRequest, WireServer } from '../wire-server.ts';
import { entriesOf, recorded } from './recorded.ts';
import { MOD, Refusal, makeOzoneState, stateKey } from './scripted-state.ts';
import { planRoutes } from './scripted-plans.ts';
import type { Body, Chat, Entry, OzoneState, Post, Standing } from './scripted-state.ts';

/** A PDS with an Ozone behind it: the answers are recorded ones with this server's state in them. */
export type ScriptedOzone = {
  readonly server: WireServer;
  readonly state: OzoneState;
  /** What the team has set up, in place of what was recorded. */
  readonly settings: Map<string, unknown>;
  readonly labeler: string;
  readonly password: string;
  /** The next calls find their token expired. */
  readonly expireTokens: () => void;
  /** The app password is taken back, and every token with it. */
  readonly revoke: () => void;
  readonly addPost: (author: string, text: string, parent?: string) => Post;
  readonly report: (who: string, subject: Post | string, reason?: string, comment?: string) => number;
  /** Someone reports a chat message, or a conversation. */
  readonly reportChat: (who: string, whose: string, chat: Chat) => number;
  /** Another moderator acts in another tool. */
  readonly moderate: (who: string, subject: Post | string, event: Body) => void;
  /** Another moderator closes one report row, without an event of the subject. */
  readonly closeRow: (who: string, eventId: number) => void;
  /** A colleague takes a report on. */
  readonly assign: (who: string, eventId: number) => void;
  /** A colleague opens a report row again that was closed. */
  readonly reopenRow: (who: string, eventId: number) => void;
  /** The router makes rows of reports and puts them into a queue, or into none, without a word in either feed. */
  readonly route: (eventIds: number | readonly number[], queue: string | null) => void;
};

const LABELER = 'did:plc:labeler00000000000000000';
export function didOf(name: string): string {
  return `did:plc:${name.padEnd(24, '0').slice(0, 24)}`;
}

const TEAM = { rosa: 'moderator', tomas: 'moderator', ines: 'triage', ada: 'admin' } as const;
const PASSWORD = 'mild-test-password';

type Answer = { readonly json: unknown; readonly status?: number };

function refuse(status: number, error: string, message: string): Answer {
  return { status, json: { error, message } };
}

/** An answer that never changes. */
function one(name: string): Answer {
  return { json: recorded(name).answer };
}

export async function startScriptedOzone(): Promise<ScriptedOzone> {
  const state = makeOzoneState();
  const settings = new Map<string, unknown>();
  let generation = 1;
  let password = PASSWORD;
  let cids = 0;

  const person = (name: string): string => {
    const did = didOf(name);
    state.handles.set(did, `${name}.test`);
    return did;
  };
  for (const [name, role] of Object.entries(TEAM)) state.roles.set(person(name), role);
  state.handles.set(LABELER, 'labeler.test');

  const sessionOf = (name: string): Answer => ({
    json: { ...recorded('create-session').answer, accessJwt: `access ${generation} ${name}`, refreshJwt: `refresh ${generation} ${name}`, did: person(name), handle: `${name}.test` },
  });

  /** Who asks; a refusal where the token is not good. */
  function caller(request: WireRequest): string | Answer {
    const [kind, made, name] = (request.headers.authorization ?? '').replace('Bearer ', '').split(' ');
    if (kind !== 'access' || name === undefined) return { status: recorded('stale-token').status, json: recorded('stale-token').answer };
    return Number(made) < generation ? refuse(400, 'ExpiredToken', 'Token has expired') : name;
  }
  const asMember = (answer: (request: WireRequest, did: string) => Answer) => (request: WireRequest): WireAnswer => {
    const name = caller(request);
    if (typeof name !== 'string') return name;
    if (request.headers['atproto-proxy'] !== `${LABELER}#atproto_labeler`) return refuse(501, 'MethodNotImplemented', 'Method Not Implemented');
    return state.roles.has(didOf(name)) ? answer(request, didOf(name)) : { status: 401, json: recorded('get-config-refused').answer };
  };
  const asAnyone = (answer: (request: WireRequest, did: string) => Answer) => (request: WireRequest): WireAnswer => {
    const name = caller(request);
    return typeof name === 'string' ? answer(request, didOf(name)) : name;
  };
  const routes: Routes = {
    'POST /xrpc/com.atproto.server.createSession': ({ body }) => (body['password'] === password
      ? sessionOf(String(body['identifier']).replace('.test', '')) : { status: 401, json: recorded('create-session-refused').answer }),
    'POST /xrpc/com.atproto.server.refreshSession': ({ headers }) => {
      const [kind, made, name] = (headers.authorization ?? '').replace('Bearer ', '').split(' ');
      return kind === 'refresh' && name !== undefined && Number(made) >= generation - 1 && password !== '' ? sessionOf(name) : refuse(400, 'ExpiredToken', 'Token has been revoked');
    },
    'GET /xrpc/com.atproto.repo.describeRepo': asAnyone(() => one('describe-repo')),
    'GET /xrpc/com.atproto.identity.resolveHandle': asAnyone(({ query }) => {
      const found = [...state.handles].find(([, handle]) => handle === query.get('handle'));
      return found === undefined ? refuse(400, 'InvalidRequest', 'Unable to resolve handle') : { json: { did: found[0] } };
    }),
    'GET /xrpc/app.bsky.actor.getPreferences': asAnyone(() => ({ json: { preferences: [{ $type: 'app.bsky.actor.defs#labelersPref', labelers: [{ did: LABELER }] }] } })),
    'GET /xrpc/app.bsky.labeler.getServices': asAnyone(() => one('labelers')),
    'GET /xrpc/tools.ozone.server.getConfig': asMember((_, did) => ({
      json: { ...recorded('get-config').answer, viewer: { role: `tools.ozone.team.defs#role${(state.roles.get(did) ?? '').replace(/^./, (first) => first.toUpperCase())}` } },
    })),
    'GET /xrpc/tools.ozone.setting.listOptions': asMember(() => ({ json: { options: [...entriesOf('policies', 'options').filter(({ key }) => !settings.has(String(key))), ...[...settings].map(([key, value]) => ({ key, value, scope: 'instance' }))] } })),
    'GET /xrpc/tools.ozone.moderation.queryEvents': asMember(({ query }) => ({ json: eventPage(state, query) })),
    'GET /xrpc/tools.ozone.moderation.queryStatuses': asMember(({ query }) => ({ json: { subjectStatuses: [statusView(state, query.get('subject') ?? '')].filter((view) => view !== null) } })),
    'GET /xrpc/tools.ozone.moderation.getSubjects': asMember(({ query }) => {
      const asked = query.getAll('subjects');
      if (asked.length > 100) return refuse(400, 'InvalidRequest', 'too many subjects');
      return { json: { subjects: asked.map((subject) => subjectView(state, subject)) } };
    }),
    'GET /xrpc/tools.ozone.moderation.getRecords': asMember(({ query }) => ({
      json: { records: query.getAll('uris').map((uri) => (subjectView(state, uri) as { record?: object; repo: object }).record === undefined ? { $type: 'tools.ozone.moderation.defs#recordViewNotFound', uri } : { ...(subjectView(state, uri) as { record: object }).record, repo: (subjectView(state, uri) as { repo: object }).repo, moderation: { subjectStatus: statusView(state, uri) ?? undefined } }) },
    })),
    'GET /xrpc/tools.ozone.moderation.getRepos': asMember(({ query }) => ({ json: { repos: query.getAll('dids').map((did) => (subjectView(state, did) as { repo: object }).repo) } })),
    'GET /xrpc/tools.ozone.report.queryActivities': asMember(({ query }) => ({ json: activityPage(state, query) })),
    'GET /xrpc/tools.ozone.report.queryReports': asMember(({ query }) => ({ json: reportPage(state, query) })),
    'GET /xrpc/tools.ozone.moderation.getReporterStats': asMember(({ query }) => ({
      json: { stats: query.getAll('dids').map((did) => statsOf(state, did)) },
    })),
    'GET /xrpc/tools.ozone.communication.listTemplates': asMember((_, did) => (['moderator', 'admin'].includes(state.roles.get(did) ?? '') ? one('templates')
      : refuse(401, 'AuthenticationRequired', 'Must be a full moderator to view list of communication template'))),
    'POST /xrpc/tools.ozone.report.closeReports': asMember(({ body }) => {
      const closed = state.events.filter((report) => report.event.$type === `${MOD}Report` && rowName(report) === body['subject'] && !state.closedRows.has(report.id));
      for (const { id } of closed) state.closedRows.add(id);
      return { json: { closedCount: closed.length, reportIds: closed.map(({ id }) => id) } };
    }),
    'GET /xrpc/tools.ozone.queue.listQueues': asMember(() => ({ json: { queues: [...new Set([...state.queues.values()].flatMap(({ name }) => name ?? []))].map((name, id) => ({ id, name, enabled: true, stats: {} })) } })),
    ...Object.fromEntries(Object.entries(planRoutes(state)).map(([route, handler]) => [route, asMember(handler)])),
    'GET /xrpc/app.bsky.feed.getPostThread': asMember(({ query }) => {
      const post = state.posts.get(query.get('uri') ?? '');
      if (post === undefined) return refuse(400, 'NotFound', 'Post not found');
      const parent = post.parent === null ? undefined : state.posts.get(post.parent);
      const replies = [...state.posts.values()].filter((reply) => reply.parent === post.uri);
      return { json: { thread: { post: postView(state, post), ...(parent === undefined ? {} : { parent: { post: postView(state, parent) } }), replies: replies.map((reply) => ({ post: postView(state, reply) })) } } };
    }),
    'GET /xrpc/app.bsky.feed.getAuthorFeed': asMember(({ query }) => ({
      json: { feed: [...state.posts.values()].filter(({ did }) => did === query.get('actor')).slice(-20).toReversed().map((post) => ({ post: postView(state, post) })) },
    })),
    'POST /xrpc/tools.ozone.moderation.emitEvent': asMember(({ body }, did) => {
      const subject = body['subject'] as Readonly<Record<string, string>>;
      const made = state.emit({
        event: body['event'] as Body, did: subject['did'] ?? /did:[^/]+/.exec(subject['uri'] ?? '')?.[0] ?? '', uri: subject['uri'] ?? null,
        chat: subject['convoId'] === undefined ? null : { convoId: subject['convoId'], messageId: subject['messageId'] ?? null }, createdBy: did,
        externalId: (body['externalId'] ?? null) as string | null, modTool: (body['modTool'] ?? null) as Readonly<Record<string, unknown>> | null, closesRows: body['reportAction'] !== undefined,
      });
      return made instanceof Refusal ? refuse(made.status, made.error, made.message) : { json: eventView(state, made) };
    }),
  };

  const server = await startWireServer(routes);
  const subjectOf = (subject: Post | string): { readonly did: string; readonly uri: string | null } => (typeof subject === 'string' ? { did: person(subject), uri: null } : { did: subject.did, uri: subject.uri });
  return {
    server, state, settings, labeler: LABELER, password: PASSWORD,
    expireTokens: () => { generation += 1; },
    revoke: () => { generation += 2; password = ''; },
    addPost(author, text, parent) {
      cids += 1;
      const did = person(author);
      const post: Post = { uri: `at://${did}/app.bsky.feed.post/3k${String(cids).padStart(11, '2')}`, cid: `bafyreiscripted${cids}`, did, text, at: state.now(), parent: parent ?? null };
      state.posts.set(post.uri, post);
      return post;
    },
    report(who, subject, reason = 'com.atproto.moderation.defs#reasonSpam', comment = 'Again') {
      const made = state.emit({ ...subjectOf(subject), event: { $type: `${MOD}Report`, comment, isReporterMuted: false, reportType: reason }, createdBy: person(who) });
      if (made instanceof Refusal) throw new Error(made.message);
      return made.id;
    },
    moderate(who, subject, event) {
      const made = state.emit({ ...subjectOf(subject), event, createdBy: didOf(who) });
      if (made instanceof Refusal) throw new Error(made.message);
    },
    reportChat(who, whose, chat) {
      const made = state.emit({ did: person(whose), uri: null, chat, event: { $type: `${MOD}Report`, comment: 'In chat', isReporterMuted: false, reportType: 'com.atproto.moderation.defs#reasonSpam' }, createdBy: person(who) });
      if (made instanceof Refusal) throw new Error(made.message);
      return made.id;
    },
    route(eventIds, name) {
      for (const eventId of [eventIds].flat()) state.queues.set(eventId, { name, at: state.now() + 2 });
    },
    reopenRow(who, eventId) {
      state.closedRows.delete(eventId);
      state.activities.push({ id: state.activities.length + 1, at: state.now() + 4, eventId, kind: 'reopenActivity', by: didOf(who) });
    },
    assign(who, eventId) {
      const queue = state.queues.get(eventId);
      if (queue === undefined) throw new Error('it is in no queue');
      state.queues.set(eventId, { ...queue, taker: didOf(who), at: state.now() + 3 });
      state.activities.push({ id: state.activities.length + 1, at: state.now() + 3, eventId, kind: 'assignmentActivity', by: didOf(who) });
    },
    closeRow(who, eventId) {
      state.closedRows.add(eventId);
      state.activities.push({ id: state.activities.length + 1, at: state.now() + 1, eventId, kind: 'closeActivity', by: didOf(who) });
    },
  };
}

/** How a report row's subject is written. */
function rowName({ did, uri, chat }: Entry): string {
  if (chat === null) return uri ?? did;
  return chat.messageId === null ? `at://${did}/chat.bsky.convo/${chat.convoId}` : `at://${did}/chat.bsky.convo.message/${chat.messageId}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function keyset<Row extends { readonly at: number; readonly id: number }>(rows: readonly Row[], query: URLSearchParams): { readonly rows: readonly Row[]; readonly cursor?: string } {
  const limit = Number(query.get('limit') ?? 50);
  const sign = query.get('sortDirection') === 'asc' ? 1 : -1;
  const [at, id] = (query.get('cursor') ?? '').split('::').map(Number);
  const page = rows.filter((row) => id === undefined || at === undefined || sign * (row.at - at || row.id - id) > 0)
    .toSorted((one, other) => sign * (one.at - other.at || one.id - other.id)).slice(0, limit);
  const last = page.at(-1);
  return { rows: page, ...(last === undefined ? {} : { cursor: `${last.at}::${last.id}` }) };
}

function eventPage(state: OzoneState, query: URLSearchParams): unknown {
  const subject = query.get('subject');
  const types = query.getAll('types');
  const from = query.get('createdAfter');
  const batch = query.get('batchId');
  const rows = state.events.filter((event) => (subject === null || (query.get('includeAllUserRecords') === 'true' ? event.did === subject : stateKey(event) === subject))
    && (types.length === 0 || types.includes(event.event.$type)) && (from === null || event.at >= Date.parse(from))
    && (batch === null || (event.modTool?.['meta'] as Readonly<Record<string, unknown>> | undefined)?.['batchId'] === batch));
  const page = keyset(rows, query);
  return { events: page.rows.map((event) => eventView(state, event)), ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
}

function wireSubject(state: OzoneState, did: string, uri: string | null, chat: Chat | null = null): unknown {
  if (chat !== null) return chat.messageId === null ? { $type: 'chat.bsky.convo.defs#convoRef', did, convoId: chat.convoId } : { $type: 'chat.bsky.convo.defs#messageRef', did, ...chat };
  return uri === null ? { $type: 'com.atproto.admin.defs#repoRef', did } : { $type: 'com.atproto.repo.strongRef', uri, cid: state.posts.get(uri)?.cid ?? 'bafyreigone' };
}

function eventView(state: OzoneState, event: Entry): unknown {
  return {
    id: event.id, event: event.event, subject: wireSubject(state, event.did, event.uri, event.chat), subjectBlobCids: [], createdBy: event.createdBy, createdAt: iso(event.at),
    subjectHandle: state.handles.get(event.did), creatorHandle: state.handles.get(event.createdBy), ...(event.modTool === null ? {} : { modTool: event.modTool }),
  };
}

const STATUS_TEMPLATE = entriesOf('status', 'subjectStatuses')[0] ?? {};

function statusView(state: OzoneState, subject: string): Readonly<Record<string, unknown>> | null {
  const standing: Standing | null = state.standingOf(subject);
  if (standing === null) return null;
  const date = (name: string, at: number | null): Readonly<Record<string, string>> => (at === null ? {} : { [name]: iso(at) });
  const { lastReviewedBy: _by, lastReviewedAt: _at, lastReportedAt: _reported, muteUntil: _mute, suspendUntil: _suspend, appealed: _appealed, ...template } = STATUS_TEMPLATE;
  const uri = subject.startsWith('at://') ? subject : null;
  return {
    ...template, reviewState: `tools.ozone.moderation.defs#${standing.reviewState}`, takendown: standing.takendown, updatedAt: iso(standing.updatedAt),
    ...date('lastReportedAt', standing.lastReportedAt), ...date('lastReviewedAt', standing.lastReviewedAt), ...date('muteUntil', standing.muteUntil),
    ...(standing.lastReviewedBy === null ? {} : { lastReviewedBy: standing.lastReviewedBy }), ...(standing.appealed ? { appealed: true } : {}),
    subject: wireSubject(state, uri === null ? subject : '', uri), tags: ['report:spam', 'lang:en', ...standing.tags],
  };
}

const VIEW_TEMPLATE = entriesOf('subjects', 'subjects')[0] ?? {};

function subjectView(state: OzoneState, subject: string): unknown {
  const did = /did:[^/]+/.exec(subject)?.[0] ?? '';
  const handle = state.handles.get(did) ?? 'handle.invalid';
  const status = statusView(state, subject);
  const { record, repo, profile, status: _status, ...template } = VIEW_TEMPLATE;
  const account = statusView(state, did);
  const post = state.posts.get(subject);
  const own = { ...repo as object, did, handle, moderation: account === null ? {} : { subjectStatus: account } };
  return {
    ...template, subject, type: subject === did ? 'account' : 'record', repo: own, profile: { ...profile as object, did, handle },
    ...(status === null ? {} : { status }),
    ...(post === undefined ? {} : { record: { ...record as object, uri: post.uri, cid: post.cid, value: recordOf(post) } }),
  };
}

function recordOf(post: Post): unknown {
  return { $type: 'app.bsky.feed.post', text: post.text, langs: ['en'], createdAt: iso(post.at), ...(post.embed === undefined ? {} : { embed: post.embed }), ...(post.parent === null ? {} : { reply: { parent: { uri: post.parent } } }) };
}

function postView(state: OzoneState, post: Post): unknown {
  return { uri: post.uri, cid: post.cid, author: { did: post.did, handle: state.handles.get(post.did) }, record: recordOf(post), indexedAt: iso(post.at) };
}

const ACTIVITY_TEMPLATE = entriesOf('activities', 'activities')[0] ?? {};

function rowView(state: OzoneState, eventId: number): Readonly<Record<string, unknown>> {
  const event = state.events[eventId - 1];
  const queue = state.queues.get(eventId);
  return {
    // A row is dated by the router that made it (packages/ozone/src/queue/service.ts, insertReportsFromEvents).
    ...ACTIVITY_TEMPLATE['report'] as object, id: eventId, eventId, status: rowStatus(state, eventId),
    reportedBy: event?.createdBy, createdAt: iso(queue?.at ?? event?.at ?? 0), updatedAt: iso(queue?.at ?? event?.at ?? 0), isMuted: event?.event['isReporterMuted'] === true,
    reportType: event?.event['reportType'], comment: event?.event['comment'], subject: rowSubject(state, event?.uri ?? event?.did ?? ''), actionEventIds: undefined,
    reporter: { type: 'account', subject: event?.createdBy, repo: { did: event?.createdBy, handle: state.handles.get(event?.createdBy ?? '') } },
    ...(queue === undefined || queue.name === null ? {} : { queue: { name: queue.name } }),
    ...(queue?.taker === undefined ? {} : { assignment: { did: queue.taker, moderator: { did: queue.taker, profile: { did: queue.taker, handle: state.handles.get(queue.taker) } } } }),
  };
}

function rowStatus(state: OzoneState, eventId: number): string {
  const queue = state.queues.get(eventId);
  if (state.closedRows.has(eventId)) return 'closed';
  return queue === undefined || queue.name === null ? 'open' : queue.taker === undefined ? 'queued' : 'assigned';
}

/** The state of a record that is gone is left out (packages/ozone/src/report/views.ts, buildReportView). */
function rowSubject(state: OzoneState, subject: string): unknown {
  const { status, ...view } = subjectView(state, subject) as Readonly<Record<string, unknown>>;
  return subject.startsWith('at://') && view['record'] === undefined ? view : { ...view, status };
}

function activityPage(state: OzoneState, query: URLSearchParams): unknown {
  const page = keyset(state.activities, query);
  const { report: _report, moderator: _moderator, ...template } = ACTIVITY_TEMPLATE;
  return {
    activities: page.rows.map(({ id, at, eventId, kind, by }) => ({
      ...template, id, reportId: eventId, activity: { $type: `tools.ozone.report.defs#${kind}`, previousStatus: 'open' }, createdBy: by, createdAt: iso(at), isAutomated: false,
      moderator: { did: by, profile: { did: by, handle: state.handles.get(by) } }, report: rowView(state, eventId),
    })),
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  };
}

/**
 * Its cursors begin with a date, and there is none where nothing follows. Rows of one moment stand with the highest id
 * first, yet a cursor asks for higher ones (packages/ozone/src/mod-service/report.ts).
 */
function reportPage(state: OzoneState, query: URLSearchParams): unknown {
  const limit = Number(query.get('limit') ?? 50);
  const [date, id] = (query.get('cursor') ?? '').split('::');
  const [from, above] = id === undefined ? [0, 0] : [Date.parse(date ?? ''), Number(id)];
  const subject = query.get('subject');
  const rows = [...state.queues].map(([eventId, { at }]) => ({ id: eventId, at })).filter((row) => rowStatus(state, row.id) === query.get('status')
    && (subject === null || [state.events[row.id - 1]].some((event) => event !== undefined && rowName(event) === subject))
    && state.events[row.id - 1]?.event['isReporterMuted'] !== true && (row.at > from || (row.at === from && row.id > above)))
    .toSorted((one, other) => one.at - other.at || other.id - one.id);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { reports: page.map((row) => rowView(state, row.id)), ...(last === undefined || rows.length <= limit ? {} : { cursor: `${iso(last.at)}::${last.id}` }) };
}

const STATS_TEMPLATE = entriesOf('reporter-stats', 'stats')[0] ?? {};

function statsOf(state: OzoneState, did: string): unknown {
  return { ...STATS_TEMPLATE, did, recordReportCount: state.events.filter((event) => event.createdBy === did).length };
}

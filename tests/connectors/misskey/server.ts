import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer, WireSockets } from '../../support/wire-server.ts';

export const TOKEN = 'misskey-token';

export type FarUser = { readonly id: string; readonly username: string; readonly host: string | null; suspended: boolean; moderator: boolean; silencedUntil: number | null; note: string };
export type FarAnnouncement = { readonly id: string; readonly at: number; readonly title: string; readonly text: string; readonly userId: string | null };
export type FarNote = { readonly id: string; readonly userId: string; readonly text: string | null; readonly more?: Readonly<Record<string, unknown>>; readonly replyId: string | null; readonly at: number };
export type FarReport = { readonly id: string; readonly at: number; readonly comment: string; readonly reporterId: string; readonly targetUserId: string; resolved: boolean; resolvedAs: string | null; assigneeId: string | null; moderationNote: string };
type FarLog = { readonly id: string; readonly at: number; readonly type: string; readonly userId: string; readonly info: Readonly<Record<string, unknown>> };

/** A Misskey server as its source says it behaves: everything is a POST, lists go up by id with `sinceId` and down without. */
export type ScriptedMisskey = {
  readonly server: WireServer;
  readonly users: Map<string, FarUser>;
  readonly notes: Map<string, FarNote>;
  readonly reports: Map<string, FarReport>;
  readonly logs: FarLog[];
  /** Permissions that the token lacks. */
  readonly lacks: Set<string>;
  /** False: the account may not read the moderation log, as in releases where only admins may. */
  admin: boolean;
  deeds: number;
  readonly ines: string;
  readonly tomas: string;
  readonly addUser: (username: string, host?: string | null) => string;
  readonly addNote: (userId: string, text: string, replyId?: string | null) => string;
  readonly report: (targetUserId: string, reporterId: string, comment: string) => FarReport;
  readonly resolve: (id: string, resolvedAs: string | null, by: string) => void;
  readonly announcements: Map<string, FarAnnouncement>;
  /** Whether announcements can be for one member; older servers show every one to everybody. */
  personal: boolean;
  /** Whether there is a role that silences, and that moderators may give. */
  silencing: boolean;
  /** What happens to a WebSocket. */
  socket: WireSockets;
  /** True: the token is looked for in the body alone, as in old releases. */
  old: boolean;
  /** What the server calls itself. */
  uri: string | null;
  /** The pages of MiAuth that someone allowed. */
  readonly allowed: Set<string>;
  readonly close: () => Promise<void>;
};

const CHANGES = /\/api\/(?:notes\/delete|admin\/(?:resolve-abuse-user-report|update-abuse-user-report|suspend-user|unsuspend-user|roles\/(?:un)?assign|announcements\/(?:create|delete))|miauth\/)/;
const refused = (status: number, code: string): WireAnswer => ({ status, json: { error: { code, message: `No: ${code}`, id: 'x', kind: 'client' } } });

export async function startMisskey(now: () => number): Promise<ScriptedMisskey> {
  let made = 0;
  // Ids begin with the time, as those of the server's usual `aidx` do.
  const next = (): string => {
    made += 1;
    return `${(now() - 946_684_800_000).toString(36).padStart(8, '0')}0000${made.toString(36).padStart(4, '0')}`;
  };
  const silenced = (user: FarUser): boolean => user.silencedUntil !== null && user.silencedUntil > now();
  const shownUser = (id: string | null) => {
    const user = far.users.get(id ?? '');
    if (user === undefined) return null;
    return { id: user.id, username: user.username, name: user.username.toUpperCase(), host: user.host, isSuspended: user.suspended, isSilenced: silenced(user), moderationNote: user.note, email: 'secret@mail.example', createdAt: '2025-01-01T00:00:00.000Z', notesCount: 3, description: 'About me' };
  };
  const shownNote = (note: FarNote) => ({ id: note.id, createdAt: new Date(note.at).toISOString(), text: note.text, cw: null, userId: note.userId, user: shownUser(note.userId), visibility: 'public', replyId: note.replyId, files: [], ...note.more });
  const shownReport = (one: FarReport) => ({
    id: one.id, createdAt: new Date(one.at).toISOString(), comment: one.comment, resolved: one.resolved, reporterId: one.reporterId, targetUserId: one.targetUserId, assigneeId: one.assigneeId,
    reporter: shownUser(one.reporterId), targetUser: shownUser(one.targetUserId), assignee: shownUser(one.assigneeId), forwarded: false, resolvedAs: one.resolvedAs, moderationNote: one.moderationNote,
  });

  const log = (type: string, userId: string, info: FarLog['info']): void => void far.logs.push({ id: next(), at: now(), type, userId, info });

  function guarded(permission: string | null, answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
    return (request) => {
      if ((far.old ? `Bearer ${String(request.body['i'])}` : request.headers.authorization) !== `Bearer ${TOKEN}`) return refused(401, 'AUTHENTICATION_FAILED');
      return permission !== null && far.lacks.has(permission) ? refused(403, 'PERMISSION_DENIED') : answer(request);
    };
  }
  const noteOf = ({ body }: WireRequest): FarNote | undefined => far.notes.get(String(body['noteId']));
  function setSuspended({ body }: WireRequest, suspended: boolean): WireAnswer {
    const user = far.users.get(String(body['userId']));
    if (user === undefined) return refused(400, 'INVALID_PARAM');
    // What an endpoint throws answers so (ApiCallService.ts).
    if (suspended && user.moderator) return { status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Internal error occurred.', id: 'x', kind: 'server', info: { e: { message: 'cannot suspend moderator account', code: 'Error' } } } } };
    user.suspended = suspended;
    far.deeds += 1;
    log(suspended ? 'suspend' : 'unsuspend', far.ines, { userId: user.id });
    return { status: 204 };
  }

  const server = await startWireServer({
    'POST /api/i': guarded('read:account', () => ({ json: { ...shownUser(far.ines), isModerator: true, isAdmin: far.admin } })),
    'POST /api/meta': () => ({ json: { serverRules: ['Be <b>civil</b>', 'No advertising'], tosUrl: null, uri: far.uri } }),
    'POST /api/admin/abuse-user-reports': guarded('read:admin:abuse-user-reports', (request) => {
      const rows = [...far.reports.values()].filter(({ resolved }) => request.body['state'] !== 'unresolved' || !resolved);
      return { json: page(rows, request).map(shownReport) };
    }),
    'POST /api/admin/show-moderation-logs': guarded('read:admin:show-moderation-log', (request) => (far.admin
      ? { json: page(far.logs.filter(({ type }) => [null, undefined, type].includes(request.body['type'] as string | null | undefined)), request).map((one) => ({ id: one.id, createdAt: new Date(one.at).toISOString(), type: one.type, info: one.info, userId: one.userId, user: shownUser(one.userId) })) }
      : refused(403, 'ROLE_PERMISSION_DENIED'))),
    'POST /api/admin/resolve-abuse-user-report': guarded('write:admin:resolve-abuse-user-report', ({ body }) => {
      const id = String(body['reportId']);
      if (!far.reports.has(id)) return refused(400, 'INVALID_PARAM');
      far.resolve(id, typeof body['resolvedAs'] === 'string' ? body['resolvedAs'] : null, far.ines);
      return { status: 204 };
    }),
    'POST /api/admin/suspend-user': guarded('write:admin:suspend-user', (request) => setSuspended(request, true)),
    'POST /api/admin/unsuspend-user': guarded('write:admin:unsuspend-user', (request) => setSuspended(request, false)),
    'POST /api/endpoint': ({ body }) => ({ json: body['endpoint'] === 'admin/announcements/create' ? { params: ['title', 'text', 'imageUrl', ...(far.personal ? ['userId'] : [])].map((name) => ({ name, type: 'String' })) } : null }),
    'POST /api/admin/roles/list': guarded('read:admin:roles', () => ({ json: [
      { id: 'everybody', name: 'Helper', target: 'manual', policies: { canPublicNote: { useDefault: true, priority: 0, value: false } }, canEditMembersByModerator: true, isModerator: false, isAdministrator: false },
      ...(far.silencing ? [{ id: 'silent1', name: 'Silenced', target: 'manual', policies: { canPublicNote: { useDefault: false, priority: 0, value: false } }, canEditMembersByModerator: true, isModerator: false, isAdministrator: false }] : []),
    ] })),
    'POST /api/admin/roles/assign': guarded('write:admin:roles', ({ body }) => {
      const user = far.users.get(String(body['userId']));
      if (user === undefined || body['roleId'] !== 'silent1') return refused(400, 'INVALID_PARAM');
      if (silenced(user)) return refused(400, 'ALREADY_ASSIGNED');
      user.silencedUntil = typeof body['expiresAt'] === 'number' ? body['expiresAt'] : Infinity;
      far.deeds += 1;
      log('assignRole', far.ines, { userId: user.id, roleId: 'silent1' });
      return { status: 204 };
    }),
    'POST /api/admin/roles/unassign': guarded('write:admin:roles', ({ body }) => {
      const user = far.users.get(String(body['userId']));
      if (user === undefined || !silenced(user)) return refused(400, 'NOT_ASSIGNED');
      user.silencedUntil = null;
      far.deeds += 1;
      return { status: 204 };
    }),
    'POST /api/admin/announcements/create': guarded('write:admin:announcements', ({ body }) => {
      if (typeof body['text'] !== 'string' || body['text'] === '' || typeof body['title'] !== 'string') return refused(400, 'INVALID_PARAM');
      const one = { id: next(), at: now(), title: body['title'], text: body['text'], userId: far.personal ? String(body['userId']) : null };
      far.announcements.set(one.id, one);
      far.deeds += 1;
      return { json: { id: one.id, createdAt: new Date(one.at).toISOString(), updatedAt: null, title: one.title, text: one.text, imageUrl: null } };
    }),
    'POST /api/admin/announcements/list': guarded('read:admin:announcements', (request) => ({
      json: page([...far.announcements.values()].filter(({ userId }) => userId === (request.body['userId'] ?? null)), request).map((one) => ({ id: one.id, createdAt: new Date(one.at).toISOString(), title: one.title, text: one.text, reads: 0 })),
    })),
    'POST /api/admin/announcements/delete': guarded('write:admin:announcements', ({ body }) => {
      if (!far.announcements.delete(String(body['id']))) return refused(400, 'NO_SUCH_ANNOUNCEMENT');
      far.deeds += 1;
      return { status: 204 };
    }),
    'POST /api/admin/update-abuse-user-report': guarded('write:admin:resolve-abuse-user-report', ({ body }) => {
      const report = far.reports.get(String(body['reportId']));
      if (report === undefined) return refused(404, 'NO_SUCH_ABUSE_REPORT');
      report.moderationNote = String(body['moderationNote']);
      return { status: 204 };
    }),
    'POST /api/users/show': guarded(null, ({ body }) => {
      const user = shownUser(String(body['userId']));
      return user === null ? refused(404, 'NO_SUCH_USER') : { json: user };
    }),
    'POST /api/users/notes': guarded(null, (request) => ({ json: page([...far.notes.values()].filter(({ userId }) => userId === request.body['userId']), request).map(shownNote) })),
    'POST /api/notes/show': guarded(null, (request) => {
      const note = noteOf(request);
      return note === undefined ? refused(400, 'NO_SUCH_NOTE') : { json: shownNote(note) };
    }),
    'POST /api/notes/conversation': guarded(null, (request) => {
      const above: FarNote[] = [];
      for (let note = far.notes.get(noteOf(request)?.replyId ?? ''); note !== undefined; note = far.notes.get(note.replyId ?? '')) above.push(note);
      return { json: above.map(shownNote) };
    }),
    'POST /api/notes/children': guarded(null, (request) => ({ json: page([...far.notes.values()].filter(({ replyId }) => replyId === request.body['noteId']), request).map(shownNote) })),
    'POST /api/notes/delete': guarded('write:notes', (request) => {
      const note = noteOf(request);
      if (note === undefined) return refused(400, 'NO_SUCH_NOTE');
      far.notes.delete(note.id);
      far.deeds += 1;
      log('deleteNote', far.ines, { noteId: note.id, noteUserId: note.userId });
      return { status: 204 };
    }),
    'POST /api/miauth/:session/check': ({ at }) => ({ json: far.allowed.delete(at['session'] ?? '') ? { ok: true, token: TOKEN, user: shownUser(far.ines) } : { ok: false } }),
  }, { reads: (path) => !CHANGES.test(path), sockets: (asked) => far.socket(asked) });

  const far: ScriptedMisskey & { ines: string; tomas: string } = {
    server, users: new Map(), notes: new Map(), reports: new Map(), logs: [], lacks: new Set(), announcements: new Map(), personal: true, silencing: true, old: false, uri: null, socket: () => 404, allowed: new Set(), admin: true, deeds: 0, ines: '', tomas: '',
    addUser(username, host = null) {
      const id = next();
      far.users.set(id, { id, username, host, suspended: false, moderator: false, silencedUntil: null, note: '' });
      return id;
    },
    addNote(userId, text, replyId = null) {
      const id = next();
      far.notes.set(id, { id, userId, text, replyId, at: now() });
      return id;
    },
    report(targetUserId, reporterId, comment) {
      const one = { id: next(), at: now(), comment, reporterId, targetUserId, resolved: false, resolvedAs: null, assigneeId: null, moderationNote: '' };
      far.reports.set(one.id, one);
      return one;
    },
    resolve(id, resolvedAs, by) {
      const report = far.reports.get(id);
      if (report === undefined) return;
      Object.assign(report, { resolved: true, resolvedAs, assigneeId: by });
      far.deeds += 1;
      log('resolveAbuseReport', by, { reportId: id, resolvedAs, report: { id } });
    },
    close: () => server.close(),
  };
  far.ines = far.addUser('ines');
  far.tomas = far.addUser('tomas');
  return far;
}

/** makePaginationQuery: ascending after `sinceId`, else the newest first. */
function page<Row extends { readonly id: string }>(rows: readonly Row[], { body }: WireRequest): Row[] {
  const limit = Number(body['limit'] ?? 10);
  const since = body['sinceId'];
  return typeof since === 'string' ? rows.filter(({ id }) => id > since).slice(0, limit) : rows.slice(-limit).toReversed();
}

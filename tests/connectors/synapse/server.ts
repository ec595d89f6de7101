import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';

export const TOKEN = 'syt_token';
export const ADMIN = '@ines:matrix.example';

export type FarEvent = { readonly eventId: string; readonly room: string; readonly sender: string; readonly type: string; readonly body: string; readonly at: number; redactedBy: string | null; edited?: { readonly body: string; readonly at: number }; file?: string };
export type FarAccount = { locked: boolean; shadowBanned: boolean; deactivated: boolean; erased: boolean };
export type FarReport = { readonly id: number; readonly at: number; readonly by: string; readonly reason: string | null; readonly about: string };

/** A homeserver as Synapse's documentation says it behaves: lists by offset that shift when a report is deleted, and no state of reports. */
export type ScriptedSynapse = {
  readonly server: WireServer;
  readonly events: Map<string, FarEvent>;
  readonly eventReports: FarReport[];
  readonly userReports: FarReport[];
  readonly suspended: Set<string>;
  readonly banned: Set<string>;
  /** Who is in the room no more, and by whose deed. */
  readonly left: Map<string, string>;
  readonly accounts: Map<string, FarAccount>;
  readonly quarantined: Set<string>;
  readonly notices: Map<string, string>;
  /** Redactions of a member's events that were asked for: user with after_ts, where one was given. */
  readonly massRedactions: [string, number | null][];
  /** Users whose redaction is under way: until it is done no other is taken. */
  readonly redacting: Set<string>;
  /** False: the admin has no power in the room. */
  powerful: boolean;
  /** False: the server has no notices. */
  noticing: boolean;
  version: string;
  admin: boolean;
  /** False: a release without user reports. */
  knowsUserReports: boolean;
  deeds: number;
  readonly addEvent: (sender: string, body: string, type?: string) => string;
  readonly reportEvent: (eventId: string, by: string, reason?: string | null) => FarReport;
  readonly reportUser: (user: string, by: string, reason?: string) => FarReport;
  readonly close: () => Promise<void>;
};

export const ROOM = '!tide:matrix.example';
const refused = (status: number, errcode: string, error = errcode): WireAnswer => ({ status, json: { errcode, error } });

export async function startSynapse(now: () => number): Promise<ScriptedSynapse> {
  let made = 0;
  const transactions = new Map<string, string>();
  const next = (): number => {
    made += 1;
    return made;
  };
  const shownEvent = (event: FarEvent) => ({
    event_id: event.eventId, type: event.type, sender: event.sender, origin_server_ts: event.at, room_id: event.room,
    content: event.redactedBy !== null ? {} : event.type === 'm.room.encrypted' ? { ciphertext: event.body, algorithm: 'm.megolm.v1.aes-sha2' } : { body: event.body, ...(event.file === undefined ? { msgtype: 'm.text' } : { msgtype: 'm.image', url: event.file, info: { mimetype: 'image/png', w: 2, h: 1 } }) },
    unsigned: event.redactedBy === null ? { age_ts: 1, ...(event.edited === undefined ? {} : { 'm.relations': { 'm.replace': { event_id: '$edit', origin_server_ts: event.edited.at, content: { body: `* ${event.edited.body}`, 'm.new_content': { body: event.edited.body, msgtype: 'm.text' } } } } }) } : { redacted_because: { sender: event.redactedBy, origin_server_ts: now(), type: 'm.room.redaction' } },
  });
  const shownReport = (one: FarReport) => {
    const event = far.events.get(one.about);
    return { event_id: one.about, id: one.id, reason: one.reason, score: -100, received_ts: one.at, canonical_alias: '#tide:matrix.example', room_id: ROOM, name: 'Tide', sender: event?.sender ?? null, user_id: one.by };
  };
  function remove(rows: FarReport[], id: string | undefined): WireAnswer {
    const at = rows.findIndex((one) => String(one.id) === id);
    if (at === -1) return refused(404, 'M_NOT_FOUND');
    rows.splice(at, 1);
    far.deeds += 1;
    return { json: {} };
  }
  function guarded(answer: (request: WireRequest) => WireAnswer, asAdmin = true): (request: WireRequest) => WireAnswer {
    return (request) => {
      if (request.headers.authorization !== `Bearer ${TOKEN}`) return refused(401, 'M_UNKNOWN_TOKEN');
      return asAdmin && !far.admin ? refused(403, 'M_FORBIDDEN', 'You are not a server admin') : answer(request);
    };
  }
  function account(name: string): FarAccount {
    const known = far.accounts.get(name) ?? { locked: false, shadowBanned: false, deactivated: false, erased: false };
    far.accounts.set(name, known);
    return known;
  }
  function shadowBan(user: string, banned: boolean): WireAnswer {
    account(user).shadowBanned = banned;
    far.deeds += 1;
    return { json: {} };
  }
  function ban(request: WireRequest, banned: boolean): WireAnswer {
    const user = String(request.body['user_id']);
    if (banned) {
      far.banned.add(user);
      far.left.set(user, ADMIN);
    } else {
      far.banned.delete(user);
      far.left.delete(user);
    }
    far.deeds += 1;
    return { json: {} };
  }

  const server = await startWireServer({
    'GET /_matrix/client/v3/account/whoami': guarded(() => ({ json: { user_id: ADMIN } }), false),
    'GET /_synapse/admin/v1/event_reports': guarded((request) => page('event_reports', far.eventReports.filter(({ about }) => [null, far.events.get(about)?.sender].includes(request.query.get('event_sender_user_id'))), shownReport, request)),
    'GET /_synapse/admin/v1/event_reports/:id': guarded(({ at }) => {
      const one = far.eventReports.find(({ id }) => String(id) === at['id']);
      const event = far.events.get(one?.about ?? '');
      return one === undefined ? refused(404, 'M_NOT_FOUND') : { json: { ...shownReport(one), ...(event === undefined ? {} : { event_json: shownEvent(event) }) } };
    }),
    'DELETE /_synapse/admin/v1/event_reports/:id': guarded(({ at }) => remove(far.eventReports, at['id'])),
    'GET /_synapse/admin/v1/user_reports': guarded((request) => (far.knowsUserReports
      ? page('user_reports', far.userReports.filter(({ about }) => [null, about].includes(request.query.get('target_user_id'))), shownUserReport, request)
      : refused(404, 'M_UNRECOGNIZED'))),
    'DELETE /_synapse/admin/v1/user_reports/:id': guarded(({ at }) => remove(far.userReports, at['id'])),
    'GET /_synapse/admin/v1/rooms/:room/context/:event': guarded(({ at }) => {
      const all = [...far.events.values()];
      const place = all.findIndex(({ eventId }) => eventId === at['event']);
      const event = all[place];
      if (event === undefined) return refused(404, 'M_NOT_FOUND', 'Event not found.');
      return { json: { event: shownEvent(event), events_before: all.slice(Math.max(0, place - 5), place).toReversed().map(shownEvent), events_after: all.slice(place + 1, place + 6).map(shownEvent), end: 't1', state: [{ type: 'm.room.member', state_key: event.sender, sender: event.sender, content: { membership: 'join', displayname: 'In the room' } }] } };
    }),
    'GET /_synapse/admin/v2/users/:user': guarded(({ at }) => {
      const name = at['user'] ?? '';
      return name.endsWith(':matrix.example')
        ? { json: { name, displayname: 'Someone', threepids: [{ medium: 'email', address: 'secret@mail.example' }], creation_ts: 1_560_432_506, suspended: far.suspended.has(name), locked: account(name).locked, shadow_banned: account(name).shadowBanned, deactivated: account(name).deactivated, erased: account(name).erased } }
        : refused(400, 'M_UNKNOWN', 'Can only look up local users');
    }),
    'PUT /_synapse/admin/v1/suspend/:user': guarded(({ at, body }) => {
      if (body['suspend'] === true) far.suspended.add(at['user'] ?? '');
      else far.suspended.delete(at['user'] ?? '');
      far.deeds += 1;
      return { json: {} };
    }),
    'PUT /_synapse/admin/v2/users/:user': guarded(({ at, body }) => {
      account(at['user'] ?? '').locked = body['locked'] === true;
      far.deeds += 1;
      return { json: {} };
    }),
    'POST /_synapse/admin/v1/users/:user/shadow_ban': guarded(({ at }) => shadowBan(at['user'] ?? '', true)),
    'DELETE /_synapse/admin/v1/users/:user/shadow_ban': guarded(({ at }) => shadowBan(at['user'] ?? '', false)),
    'POST /_synapse/admin/v1/deactivate/:user': guarded(({ at, body }) => {
      const here = account(at['user'] ?? '');
      here.deactivated = true;
      if (body['erase'] === true) here.erased = true;
      far.deeds += 1;
      return { json: { id_server_unbind_result: 'success' } };
    }),
    'GET /_synapse/admin/v1/users/:user/joined_rooms': guarded(() => ({ json: { joined_rooms: [ROOM, '!other:matrix.example'], total: 2 } })),
    'POST /_synapse/admin/v1/user/:user/redact': guarded(({ at, body }) => {
      const [user, after, before] = [at['user'] ?? '', body['after_ts'], body['before_ts']];
      if (far.redacting.has(user)) return refused(400, 'M_UNKNOWN', `Redact already in progress for user ${user}`);
      far.massRedactions.push([user, typeof after === 'number' ? after : null]);
      for (const event of far.events.values()) {
        // Accounts of other servers are not puppeted: the admin's own power in the room decides.
        if (event.sender === user && (far.powerful || user.endsWith(':matrix.example')) && ['m.room.message', 'm.room.encrypted'].includes(event.type) && (typeof after !== 'number' || event.at >= after) && (typeof before !== 'number' || event.at <= before)) event.redactedBy = user;
      }
      far.deeds += 1;
      return { json: { redact_id: `r${next()}` } };
    }),
    'POST /_synapse/admin/v1/media/quarantine/:server/:id': guarded(({ at }) => {
      far.quarantined.add(`${at['server']}/${at['id']}`);
      return { json: {} };
    }),
    'POST /_synapse/admin/v1/user/:user/media/quarantine': guarded(({ at }) => {
      far.quarantined.add(at['user'] ?? '');
      return { json: { num_quarantined: 10 } };
    }),
    'PUT /_synapse/admin/v1/send_server_notice/:txn': guarded(({ at, body }) => {
      if (!far.noticing) return refused(400, 'M_UNKNOWN', 'Server notices are not enabled on this server');
      if (!far.notices.has(at['txn'] ?? '')) far.deeds += 1;
      far.notices.set(at['txn'] ?? '', JSON.stringify(body));
      return { json: { event_id: '$notice' } };
    }),
    'GET /_synapse/admin/v1/server_version': guarded(() => ({ json: { server_version: far.version } })),
    'GET /_synapse/admin/v1/fetch_event/:event': guarded(({ at }) => {
      const event = far.events.get(at['event'] ?? '');
      return event === undefined ? refused(404, 'M_NOT_FOUND') : { json: { event: shownEvent(event) } };
    }),
    'GET /_synapse/admin/v1/rooms/:room/messages': guarded(({ query }) => {
      const { senders } = JSON.parse(query.get('filter') ?? '{}') as { senders?: string[] };
      const found = [...far.events.values()].filter(({ sender }) => senders?.includes(sender) !== false).toReversed().slice(0, Number(query.get('limit') ?? 10));
      return query.get('from') === null ? refused(400, 'M_MISSING_PARAM') : { json: { chunk: found.map(shownEvent), start: 't1' } };
    }),
    'POST /_matrix/client/v3/rooms/:room/invite': guarded(({ body }) => {
      far.left.delete(String(body['user_id']));
      far.deeds += 1;
      return { json: {} };
    }, false),
    'POST /_matrix/client/v3/rooms/:room/kick': guarded(({ body }) => {
      far.left.set(String(body['user_id']), ADMIN);
      far.deeds += 1;
      return { json: {} };
    }, false),
    'PUT /_matrix/client/v3/rooms/:room/redact/:event/:txn': guarded(({ at }) => {
      if (!far.powerful) return refused(403, 'M_FORBIDDEN', `User ${ADMIN} not in room ${ROOM}`);
      const key = `${at['event']} ${at['txn']}`;
      const event = far.events.get(at['event'] ?? '');
      if (event === undefined) return refused(404, 'M_NOT_FOUND');
      if (!transactions.has(key)) {
        transactions.set(key, `$redaction${next()}`);
        event.redactedBy = ADMIN;
        far.deeds += 1;
      }
      return { json: { event_id: transactions.get(key) } };
    }, false),
    'GET /_matrix/client/v3/rooms/:room/state/m.room.member/:user': guarded(({ at, query }) => {
      const user = at['user'] ?? '';
      const by = far.left.get(user);
      const membership = far.banned.has(user) ? 'ban' : by === undefined ? 'join' : 'leave';
      return { json: query.get('format') === 'event' ? { type: 'm.room.member', state_key: user, sender: by ?? user, origin_server_ts: 1_780_000_000_000, content: { membership } } : { membership } };
    }, false),
    'POST /_matrix/client/v3/rooms/:room/ban': guarded((request) => ban(request, true), false),
    'POST /_matrix/client/v3/rooms/:room/unban': guarded((request) => ban(request, false), false),
  }, { now });

  const far: ScriptedSynapse = {
    server, events: new Map(), eventReports: [], userReports: [], suspended: new Set(), banned: new Set(), left: new Map(), accounts: new Map(), quarantined: new Set(), notices: new Map(), massRedactions: [], redacting: new Set(),
    powerful: true, noticing: true, version: '1.157.0', admin: true, knowsUserReports: true, deeds: 0,
    addEvent(sender, body, type = 'm.room.message') {
      const eventId = `$event${next()}`;
      far.events.set(eventId, { eventId, room: ROOM, sender, type, body, at: now(), redactedBy: null });
      return eventId;
    },
    reportEvent(about, by, reason = 'spam') {
      const one = { id: next(), at: now(), by, reason, about };
      far.eventReports.push(one);
      return one;
    },
    reportUser(about, by, reason = 'spam') {
      const one = { id: next(), at: now(), by, reason, about };
      far.userReports.push(one);
      return one;
    },
    close: () => server.close(),
  };
  return far;
}

function shownUserReport(one: FarReport) {
  return { id: one.id, received_ts: one.at, target_user_id: one.about, user_id: one.by, reason: one.reason };
}

function page<Shown>(name: string, rows: readonly FarReport[], show: (one: FarReport) => Shown, { query }: WireRequest): WireAnswer {
  const [from, limit] = [Number(query.get('from') ?? 0), Number(query.get('limit') ?? 100)];
  const sorted = query.get('dir') === 'f' ? rows : rows.toReversed();
  const some = sorted.slice(from, from + limit);
  return { json: { [name]: some.map(show), total: rows.length, ...(from + limit < rows.length ? { next_token: from + some.length } : {}) } };
}

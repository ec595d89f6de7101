import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';

export const TOKEN = 'syt_token';
export const ADMIN = '@ines:matrix.example';

export type FarEvent = { readonly eventId: string; readonly room: string; readonly sender: string; readonly type: string; readonly body: string; readonly at: number; redactedBy: string | null };
export type FarReport = { readonly id: number; readonly at: number; readonly by: string; readonly reason: string | null; readonly about: string };

/** A homeserver as Synapse's documentation says it behaves: lists by offset that shift when a report is deleted, and no state of reports. */
export type ScriptedSynapse = {
  readonly server: WireServer;
  readonly events: Map<string, FarEvent>;
  readonly eventReports: FarReport[];
  readonly userReports: FarReport[];
  readonly suspended: Set<string>;
  readonly banned: Set<string>;
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
    content: event.redactedBy !== null ? {} : event.type === 'm.room.encrypted' ? { ciphertext: event.body, algorithm: 'm.megolm.v1.aes-sha2' } : { body: event.body, msgtype: 'm.text' },
    unsigned: event.redactedBy === null ? { age_ts: 1 } : { redacted_because: { sender: event.redactedBy, origin_server_ts: now(), type: 'm.room.redaction' } },
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
  function ban(request: WireRequest, banned: boolean): WireAnswer {
    const user = String(request.body['user_id']);
    if (banned) far.banned.add(user);
    else far.banned.delete(user);
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
      return { json: { event: shownEvent(event), events_before: all.slice(Math.max(0, place - 5), place).toReversed().map(shownEvent), events_after: all.slice(place + 1, place + 6).map(shownEvent), state: [] } };
    }),
    'GET /_synapse/admin/v2/users/:user': guarded(({ at }) => {
      const name = at['user'] ?? '';
      return name.endsWith(':matrix.example')
        ? { json: { name, displayname: 'Someone', threepids: [{ medium: 'email', address: 'secret@mail.example' }], creation_ts: 1_560_432_506, suspended: far.suspended.has(name), deactivated: false } }
        : refused(400, 'M_UNKNOWN', 'Can only look up local users');
    }),
    'PUT /_synapse/admin/v1/suspend/:user': guarded(({ at, body }) => {
      if (body['suspend'] === true) far.suspended.add(at['user'] ?? '');
      else far.suspended.delete(at['user'] ?? '');
      far.deeds += 1;
      return { json: {} };
    }),
    'PUT /_matrix/client/v3/rooms/:room/redact/:event/:txn': guarded(({ at }) => {
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
    'GET /_matrix/client/v3/rooms/:room/state/m.room.member/:user': guarded(({ at }) => ({ json: { membership: far.banned.has(at['user'] ?? '') ? 'ban' : 'join' } }), false),
    'POST /_matrix/client/v3/rooms/:room/ban': guarded((request) => ban(request, true), false),
    'POST /_matrix/client/v3/rooms/:room/unban': guarded((request) => ban(request, false), false),
  });

  const far: ScriptedSynapse = {
    server, events: new Map(), eventReports: [], userReports: [], suspended: new Set(), banned: new Set(), admin: true, knowsUserReports: true, deeds: 0,
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

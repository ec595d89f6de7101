/** Ozone's rules in memory, as measured on 0.4.2 (packages/ozone/src/mod-service, src/api/moderation/emitEvent.ts). */

export type Body = Readonly<Record<string, unknown>> & { readonly $type: string };
export type Entry = {
  readonly id: number;
  readonly at: number;
  readonly event: Body;
  readonly did: string;
  /** Null for an account. */
  readonly uri: string | null;
  readonly chat: Chat | null;
  readonly createdBy: string;
  readonly externalId: string | null;
  readonly modTool: Readonly<Record<string, unknown>> | null;
};
/** A chat message, or a whole conversation where it names none. */
export type Chat = { readonly convoId: string; readonly messageId: string | null };
export type Plan = { readonly id: number; readonly did: string; status: 'pending' | 'executed' | 'cancelled'; readonly at: number; readonly createdBy: string; readonly eventData: Readonly<Record<string, unknown>> };
export type Standing = {
  reviewState: 'reviewOpen' | 'reviewClosed' | 'reviewEscalated' | 'reviewNone';
  takendown: boolean;
  appealed: boolean;
  lastReportedAt: number | null;
  lastReviewedAt: number | null;
  lastReviewedBy: string | null;
  muteUntil: number | null;
  updatedAt: number;
  tags: readonly string[];
};
export type Post = { readonly uri: string; readonly cid: string; readonly did: string; readonly text: string; readonly at: number; readonly parent: string | null; readonly embed?: Readonly<Record<string, unknown>> };
export type RowActivity = { readonly id: number; readonly at: number; readonly eventId: number; readonly kind: string; readonly by: string };

export class Refusal {
  readonly status: number;
  readonly error: string;
  readonly message: string;
  constructor(status: number, error: string, message: string) {
    this.status = status;
    this.error = error;
    this.message = message;
  }
}

export const MOD = 'tools.ozone.moderation.defs#modEvent';
const START = Date.parse('2026-11-01T08:00:00.000Z');
/** Between two events, ms: a quiet community. */
const STEP = 1000;

export type OzoneState = {
  readonly events: readonly Entry[];
  readonly posts: Map<string, Post>;
  readonly handles: Map<string, string>;
  readonly roles: Map<string, string>;
  readonly activities: RowActivity[];
  readonly closedRows: Set<number>;
  readonly plans: Plan[];
  /** Queues by report; null for one that no queue takes. */
  readonly queues: Map<number, { readonly name: string | null; readonly at: number; readonly taker?: string }>;
  readonly standingOf: (subject: string) => Standing | null;
  /** Appends an event by the server's rules; answers it or why not. */
  readonly emit: (input: { readonly event: Body; readonly did: string; readonly uri: string | null; readonly chat?: Chat | null; readonly createdBy: string; readonly externalId?: string | null; readonly modTool?: Readonly<Record<string, unknown>> | null; readonly closesRows?: boolean }) => Entry | Refusal;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
};

/** Whose state an event changes: a chat message has its author's side of the conversation. */
export function stateKey({ did, uri, chat }: Pick<Entry, 'did' | 'uri' | 'chat'>): string {
  return chat === null ? uri ?? did : `at://${did}/chat.bsky.convo/${chat.convoId}`;
}

export function makeOzoneState(): OzoneState {
  const events: Entry[] = [];
  const standings = new Map<string, Standing>();
  const roles = new Map<string, string>();
  const closedRows = new Set<number>();
  const activities: RowActivity[] = [];
  const keys = new Set<string>();
  let clock = START;

  const state: OzoneState = {
    events, posts: new Map(), handles: new Map(), roles, activities, closedRows, plans: [], queues: new Map(),
    standingOf: (subject) => standings.get(subject) ?? null,
    now: () => clock,
    pass: (ms) => { clock += ms; },
    emit({ event, did, uri, chat = null, createdBy, externalId = null, modTool = null, closesRows = false }) {
      const kind = event.$type.replace(MOD, '');
      const subject = stateKey({ did, uri, chat });
      const before = standings.get(subject);
      const full = ['moderator', 'admin'].includes(roles.get(createdBy) ?? '');
      if (['Takedown', 'ReverseTakedown'].includes(kind) && !full) return new Refusal(401, 'AuthenticationRequired', 'Must be a full moderator to take this type of action');
      if (kind === 'Label' && !full) return new Refusal(401, 'AuthenticationRequired', 'Must be a full moderator to label content');
      if (kind === 'Takedown' && before?.takendown === true) return new Refusal(400, 'InvalidRequest', 'Subject is already taken down');
      if (kind === 'ReverseTakedown' && before?.takendown !== true) return new Refusal(400, 'InvalidRequest', 'Subject is not taken down');
      // The key is looked for by type and account, not by subject.
      if (externalId !== null && keys.has(`${event.$type} ${did} ${externalId}`)) return new Refusal(400, 'DuplicateExternalId', 'An event with the same external ID already exists for the subject.');
      if (externalId !== null) keys.add(`${event.$type} ${did} ${externalId}`);
      clock += STEP;
      const entry: Entry = { id: events.length + 1, at: clock, event: kind === 'Email' ? { ...event, isDelivered: true } : event, did, uri, chat, createdBy, externalId, modTool };
      events.push(entry);
      standings.set(subject, after(before, entry, kind, clock));
      // A chat's rows are never met: those of its author's account are (packages/ozone/src/mod-service/report.ts).
      if (closesRows) for (const report of events) if (report.event.$type === `${MOD}Report` && report.chat === null && (report.uri ?? report.did) === (uri ?? did)) closedRows.add(report.id);
      return entry;
    },
  };
  return state;
}

function after(before: Standing | undefined, entry: Entry, kind: string, at: number): Standing {
  const now: Standing = { ...before ?? { reviewState: 'reviewNone', takendown: false, appealed: false, lastReportedAt: null, lastReviewedAt: null, lastReviewedBy: null, muteUntil: null, updatedAt: at, tags: [] }, updatedAt: at };
  const reviewed = { lastReviewedAt: at, lastReviewedBy: entry.createdBy };
  switch (kind) {
    case 'Report': {
      const appeal = String(entry.event['reportType']).endsWith('#reasonAppeal');
      const escalated = appeal || now.reviewState === 'reviewEscalated';
      return { ...now, reviewState: escalated ? 'reviewEscalated' : 'reviewOpen', lastReportedAt: at, appealed: appeal || now.appealed };
    }
    case 'Acknowledge': return { ...now, ...reviewed, reviewState: 'reviewClosed' };
    case 'Escalate': return { ...now, ...reviewed, reviewState: 'reviewEscalated' };
    case 'Takedown': return { ...now, ...reviewed, reviewState: 'reviewClosed', takendown: true, appealed: false };
    case 'ReverseTakedown': return { ...now, ...reviewed, reviewState: 'reviewClosed', takendown: false };
    case 'Mute': return { ...now, ...reviewed, muteUntil: at + Number(entry.event['durationInHours'] ?? 24) * 3_600_000 };
    case 'Unmute': return { ...now, ...reviewed, muteUntil: null };
    case 'ResolveAppeal': return { ...now, appealed: false };
    case 'Tag': return { ...now, tags: [...new Set([...now.tags, ...list(entry.event['add'])])].filter((tag) => !list(entry.event['remove']).includes(tag)) };
    case 'Comment': return { ...now, ...reviewed };
    default: return now;
  }
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

import type { FormValues, SettingField } from '../contract/setup.ts';
import type { Category, SubjectType, Verb } from '../contract/words.ts';

/**
 * What a platform's folder exports: one object. Nothing platform-specific leaks out of it; what differs
 * between platforms is data (fields, capabilities). README.md beside this file says how to write one.
 */
export type Connector = {
  readonly id: string;
  readonly title: string;
  /** One sentence for the person: what it brings, and what its API cannot do. */
  readonly summary: string;
  /** The settings form; fields of kind `secret` are stored by the secrets service only. */
  readonly fields: readonly SettingField[];
  /** Where what it brings arrives from outside (`io.inbox`): as files that a person brings, or as messages to a receiver. */
  readonly intake?: 'files' | 'messages';
  /** For platforms that receive: the address to give to a sender, and a shell command that sends one report there. */
  readonly example?: (values: FormValues) => { readonly address: string; readonly command: string };
  /** The instance's stable name for keys, from checked settings: a host name, no scheme. Throws ConnectorError `settings`. */
  instance(values: FormValues): string;
  /** Opens a session. It does no I/O before its first call. `values` are checked against `fields` and hold no secrets. */
  open(io: ConnectorIo, values: FormValues): Session;
};

/** Everything a session may touch outside itself. */
export type ConnectorIo = {
  readonly connectionId: string;
  /** Fetch with the instance's rate limit, time-out and size limit applied; throws ConnectorError. */
  readonly fetch: typeof globalThis.fetch;
  /** A WebSocket to the addresses that `fetch` may ask, for platforms with a stream; throws ConnectorError. */
  readonly socket: (url: string, options: SocketOptions) => Promise<Socket>;
  readonly now: () => number;
  readonly random: () => number;
  /** Secrets by field name; a session may keep refreshed tokens under names of its own. */
  readonly secret: (name: string) => Promise<string | null>;
  readonly keepSecret: (name: string, value: string) => Promise<void>;
  /** Names and ids only; never content, names of people or secrets. */
  readonly log: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;
  /** Asks sync to pull soon, for platforms with a stream. */
  readonly wake: () => void;
  /** Opens an https page in the system's browser, for a sign-in flow. */
  readonly openExternal: (url: string) => Promise<void>;
  /** What arrived from outside and waits for a pull. */
  readonly inbox: Inbox;
  /**
   * Receives requests on a port of 127.0.0.1 until it is closed. Who comes from a browser, with another host's name or
   * with too much is refused before `handle` hears of it. Throws ConnectorError `settings` where the port is in use.
   */
  readonly listen: (options: ListenOptions, handle: (request: Received) => Promise<Reply>) => Promise<Listening>;
};

/** A place for what arrives, in the database; an entry's id is the cursor of a pull. */
export type Inbox = {
  /** Durable once it resolves. A `key` that was given within the last week is not taken again: then it answers false. */
  append(entries: readonly { readonly place: string; readonly body: string }[], key: string | null): Promise<boolean>;
  /** What waits after an entry, oldest first, and how many entries ever came. */
  read(after: number, limit: number): Promise<{ readonly entries: readonly InboxEntry[]; readonly total: number }>;
  /** Keeps entries that cannot be taken, each with why, for a person. */
  keepAside(entries: readonly { readonly id: number; readonly field: string | null; readonly problem: string }[]): Promise<void>;
  /** Forgets what was taken up to an entry. Only what a stored cursor has passed may go. */
  forget(upTo: number): Promise<void>;
};

export type InboxEntry = {
  readonly id: number;
  /** `line 7` of a file, or a message's own id. */
  readonly place: string;
  readonly receivedAt: number;
  /** JSON. */
  readonly body: string;
};

export type ListenOptions = {
  readonly port: number;
  /** Hosts besides this machine's own under which it is reached, such as a tunnel's: `hooks.community.example`. */
  readonly hosts: readonly string[];
};

/** A request that was read whole. */
export type Received = { readonly method: string; readonly path: string; readonly headers: Headers; readonly body: Uint8Array };

/** What is answered; `text` is JSON. */
export type Reply = { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> };

export type Listening = { readonly close: () => Promise<void> };

export type SocketOptions = {
  /** Ends the socket too once it is open. */
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[];
};

/** An open WebSocket. What breaks it ends `messages`; `closed` says with which code, 1006 where the network broke. */
export type Socket = {
  readonly send: (text: string) => void;
  /** Text messages as they come, for one reader. */
  readonly messages: AsyncIterable<string>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly close: (code?: number) => void;
};

export type Session = {
  /** Who we are there and what is granted. Throws ConnectorError `sign-in`, `unreachable`, `unintelligible`, `refused`. */
  verify(signal: AbortSignal): Promise<Account>;
  /**
   * Batches from `cursor` on (null: the whole history of open reports, then only what is new), oldest cursor first.
   * Ends when there is nothing more at present; sync calls again later with the last cursor. Each batch's cursor
   * must be resumable: repeating a batch is harmless, skipping one is a bug. At most 200 rows of each kind a batch.
   */
  pull(cursor: string | null, signal: AbortSignal): AsyncIterable<Batch>;
  /** The thread around a subject and its author's recent record. */
  context(subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext>;
  /** Sends one order. Idempotent on `order.id`; reads the platform's state first wherever a repeat would hurt. */
  deliver(order: Order, signal: AbortSignal): Promise<DeliveryResult>;
  /** The community's published rules; empty where the platform has none. */
  guidelines(signal: AbortSignal): Promise<readonly PublishedGuideline[]>;
  /** What the team has written in advance for members, in the platform's own tool; asked again now and then. */
  templates?(signal: AbortSignal): Promise<readonly MessageTemplate[]>;
  /** Bytes of a medium that a subject names; null where the url is plain https and the media cache may fetch it itself. */
  media?(url: string, signal: AbortSignal): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null>;
  close(): Promise<void>;
};

export type Account = {
  /** The account's address there. */
  readonly name: string;
  readonly instance: string;
  readonly scopes: readonly string[];
  /** Sentences: which scope or role is missing and where to grant it. */
  readonly missing: readonly string[];
  /** What this account can do, by subject type. A verb left out cannot be done; `why` says so. */
  readonly capabilities: Capabilities;
  /** Milliseconds to wait between pulls when the platform has nothing better to say. */
  readonly pollMs: number;
};

export type Capabilities = { readonly [type in SubjectType]?: { readonly [verb in Verb]?: Capability } };

export type Capability =
  | {
    readonly can: true;
    /** Whether the verb applies to what was reported, to its author, or (a message) to who reported it. */
    readonly target: 'subject' | 'member' | 'reporter';
    /** Whether an order with `reverse` can take it back. */
    readonly reversible: boolean;
    /** Durations offered, ms; null is for good. Left out where the verb takes none. */
    readonly durations?: readonly (number | null)[];
    readonly labels?: readonly string[];
    /** Whether it carries a message to the member. */
    readonly message?: boolean;
    /** True where the platform shows the reason to the member, or to everybody; else it must stay with the team. */
    readonly reasonShown?: boolean;
    /** True where it goes nowhere: the decision is recorded in Docket, and carried out by hand. */
    readonly local?: boolean;
  }
  | { readonly can: false; readonly why: string };

/** Names a subject or member on its platform. `remoteId` is unique within connection and type. */
export type SubjectRef = {
  readonly type: SubjectType;
  readonly remoteId: string;
  /** Whose it is; null where the platform does not say. */
  readonly authorId: string | null;
  /** What the connector stored with the subject and wants back (a cid, a version, a parent id). */
  readonly extra: Readonly<Record<string, string>>;
};

export type RemoteMember = {
  readonly remoteId: string;
  readonly name: string;
  readonly handle: string;
  readonly joinedAt: number | null;
  readonly postCount: number | null;
  /** Standing there in the platform's own words, such as "silenced". */
  readonly standing: readonly string[];
  readonly url: string | null;
  /** How this member's own reports ended on the platform, by anyone's judgement; left out where it does not say. */
  readonly reports?: { readonly made: number; readonly upheld: number };
};

export type RemoteMedia = {
  readonly url: string;
  readonly mime: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
};

export type RemoteSubject = SubjectRef & {
  readonly text: string;
  /** The platform's HTML, where it sends HTML: goes through the allow-list before it is stored. */
  readonly html: string | null;
  readonly createdAt: number | null;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
  readonly removed: boolean;
  readonly url: string | null;
  readonly language: string | null;
  readonly place: string | null;
  readonly media: readonly RemoteMedia[];
  /** Changes whenever the platform's state of it does; sent back as `order.expected`. */
  readonly revision: string | null;
  /** What can be done with this one otherwise than with its type, or cannot, and why; an empty one takes back what was said before. */
  readonly verbs?: { readonly [verb in Verb]?: Capability };
};

export type RemoteReport = {
  readonly remoteId: string;
  readonly subject: { readonly type: SubjectType; readonly remoteId: string };
  /** Null where the platform hides who reported. */
  readonly reporterId: string | null;
  readonly category: Category;
  readonly remoteCategory: string | null;
  readonly comment: string;
  readonly createdAt: number;
  /** False where the platform already counts it as dealt with. */
  readonly open: boolean;
};

/** Someone dealt with a subject on the platform. */
export type Resolution = {
  readonly subject: { readonly type: SubjectType; readonly remoteId: string };
  readonly by: string | null;
  /** What was done, in plain words: "taken down", "resolved". */
  readonly what: string;
  readonly at: number | null;
  /** The orders' ids that caused it, where the platform echoes them: they are ours, not someone else's. */
  readonly orderId: string | null;
  /** True where it closes the subject's open reports; false where it only records an action. */
  readonly closes: boolean;
  /** The one report that it closes, where each has a state of its own: the subject is dealt with once none is open. */
  readonly reportId?: string;
};

export type Batch = {
  readonly members: readonly RemoteMember[];
  readonly subjects: readonly RemoteSubject[];
  readonly reports: readonly RemoteReport[];
  readonly resolutions: readonly Resolution[];
  /** Resume after this batch from here. */
  readonly cursor: string;
  /** How far a first sync is, where the platform says. */
  readonly total: number | null;
};

export type SubjectContext = {
  readonly before: readonly RemoteSubject[];
  readonly after: readonly RemoteSubject[];
  readonly members: readonly RemoteMember[];
  readonly recent: readonly RemoteSubject[];
  /** The subject as it is now; null where it is gone. */
  readonly subject: RemoteSubject | null;
  /** True where nobody can be asked about it again: `subject` is null, and what is stored stands. */
  readonly asStored?: boolean;
  /** What was done to the member or the subject there before, newest first. */
  readonly record: readonly { readonly at: number; readonly text: string; readonly by: string | null }[];
};

/** One action of one decision, on its way to the platform. */
export type Order = {
  /** The idempotency key, a uuid. */
  readonly id: string;
  readonly verb: Verb;
  /** True: take back what `reverses` did. */
  readonly reverse: boolean;
  readonly reverses: { readonly orderId: string; readonly remoteId: string | null } | null;
  readonly subject: SubjectRef;
  readonly durationMs: number | null;
  readonly labels: readonly string[];
  readonly reason: string;
  /** "2 No harassment" or null. */
  readonly guideline: string | null;
  readonly message: string | null;
  /** The revision of the subject that the person saw. */
  readonly expected: string | null;
  /** True where a person saw the conflict and chose to send anyway. */
  readonly force: boolean;
  /** When the person decided; a resolution there after the last sync and before now is a conflict. */
  readonly decidedAt: number;
  /**
   * What went out of the decision before, about this subject: `itself` where a try of this order was cut off by the end of
   * the program, so that what stands there may be its own; `other` where another action did, which may have closed the reports.
   */
  readonly begunBy?: 'itself' | 'other';
};

export type DeliveryResult =
  | { readonly kind: 'done'; readonly remoteId: string | null; readonly said: string | null }
  /** The wished-for state is already so, by whoever. */
  | { readonly kind: 'already'; readonly by: string | null; readonly what: string; readonly at: number | null }
  /** Someone decided otherwise meanwhile; nothing was sent. */
  | { readonly kind: 'conflict'; readonly by: string | null; readonly what: string; readonly at: number | null }
  | { readonly kind: 'refused'; readonly why: string }
  /** Nothing happened there for certain, or repeating is safe. `afterMs` from Retry-After where given. */
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs: number | null };

export type PublishedGuideline = {
  readonly remoteId: string;
  readonly number: string;
  readonly title: string;
  /** Markdown or plain text. */
  readonly body: string;
};

/** A message to members that was written in advance. */
export type MessageTemplate = {
  readonly remoteId: string;
  readonly name: string;
  /** Plain text or the platform's own mark-up, handed back in `order.message` as the person left it. */
  readonly text: string;
  readonly language: string | null;
};

export type ConnectorErrorKind =
  | 'settings' | 'sign-in' | 'refused' | 'unreachable' | 'unintelligible' | 'rate-limited' | 'secrets-locked';

/** A message may quote a server, and a server may say anything. */
const LONGEST = 600;

/** What a session may throw; anything else is a bug of the connector. */
export class ConnectorError extends Error {
  readonly kind: ConnectorErrorKind;
  /** For rate-limited and unreachable: when to try again, ms from now. */
  readonly afterMs: number | null;
  constructor(kind: ConnectorErrorKind, message: string, afterMs: number | null = null, cause?: unknown) {
    super(message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message, cause === undefined ? undefined : { cause });
    this.name = 'ConnectorError';
    this.kind = kind;
    this.afterMs = afterMs;
  }
}

import { z } from 'zod';
import { instant, memberRef, rowId, subjectView, uuid } from './content.ts';
import { CATEGORIES, DELIVERY_STATES, ITEM_STATES, QUEUE_STATES, SUBJECT_TYPES, VERBS } from './words.ts';

export const queueFilter = z.object({
  state: z.enum(QUEUE_STATES).default('open'),
  /** One connection, or several. */
  connectionId: z.union([z.string(), z.array(z.string()).min(1).max(200)]).optional(),
  category: z.enum(CATEGORIES).optional(),
  minSeverity: z.number().int().min(0).max(3).optional(),
  language: z.string().optional(),
  /** Words that must occur in what was reported; matches through disguised spellings too. */
  text: z.string().max(500).optional(),
});
export type QueueFilter = z.infer<typeof queueFilter>;

export const QUEUE_ORDERS = ['priority', 'newest', 'oldest'] as const;

/** One row of the queue: one subject with its open reports. */
export const itemRow = z.object({
  id: rowId,
  key: z.string(),
  /** Grows with every change; a decision names the one it saw. */
  version: z.number().int(),
  state: z.enum(ITEM_STATES),
  connectionId: z.string(),
  subjectType: z.enum(SUBJECT_TYPES),
  /** The beginning of the reported text, one line. */
  snippet: z.string(),
  author: memberRef.nullable(),
  category: z.enum(CATEGORIES),
  /** 0 low to 3 severe. */
  severity: z.number().int(),
  priority: z.number().int(),
  reportCount: z.number().int(),
  firstReportAt: instant,
  lastReportAt: instant,
  dueAt: instant.nullable(),
  language: z.string().nullable(),
  place: z.string().nullable(),
  /** A report came after a decision. */
  reopened: z.boolean(),
  strikes: z.number().int(),
  mediaCount: z.number().int(),
  snoozedUntil: instant.nullable(),
  claimedBy: z.string().nullable(),
});
export type ItemRow = z.infer<typeof itemRow>;

export const queuePage = z.object({
  rows: z.array(itemRow),
  /** Give it back as `after` for the next page; null at the end. */
  next: z.string().nullable(),
  /** Items that arrive later have a higher one: see `queue.incoming`. */
  arrival: z.number().int(),
});
export type QueuePage = z.infer<typeof queuePage>;

export const reportView = z.object({
  id: rowId,
  reporter: memberRef.nullable(),
  category: z.enum(CATEGORIES),
  /** The platform's own word for the category, where it says more. */
  remoteCategory: z.string().nullable(),
  comment: z.string(),
  createdAt: instant,
  open: z.boolean(),
  /** How this reporter's earlier reports ended here. */
  reporterUpheld: z.number().int(),
  reporterTotal: z.number().int(),
  /** How this reporter's reports ended on the platform, by anyone's judgement; null where it does not say. */
  reporterThere: z.object({ made: z.number().int(), upheld: z.number().int() }).nullable(),
});
export type ReportView = z.infer<typeof reportView>;

const whyFactor = z.object({
  /** What raised or lowered the priority, in words. */
  text: z.string(),
  /** Points of priority, signed. */
  points: z.number().int(),
});
export type WhyFactor = z.infer<typeof whyFactor>;

export const verbOffer = z.object({
  verb: z.enum(VERBS),
  can: z.boolean(),
  /** Why it cannot be done here; null where it can. */
  why: z.string().nullable(),
  /** Whether undo works after the undo window has passed. */
  reversible: z.boolean(),
  /** Whether it applies to what was reported, to its author, or to who reported it. */
  target: z.enum(['subject', 'member', 'reporter']),
  /** Durations offered, in ms; null stands for "for good". Empty where the verb takes none. */
  durations: z.array(z.number().int().positive().nullable()),
  /** For `label`: the labels the platform knows. */
  labels: z.array(z.string()),
  /** Whether a message to the member can go with it. */
  message: z.boolean(),
  /** True where the platform shows the reason to the member, or to everybody. */
  reasonShown: z.boolean().optional(),
  /** True where nothing is sent anywhere: it is recorded in Docket, and carried out by hand. */
  local: z.boolean().optional(),
});
export type VerbOffer = z.infer<typeof verbOffer>;

export const deliveryView = z.object({
  id: uuid,
  decisionId: uuid,
  itemId: rowId,
  connectionId: z.string(),
  verb: z.enum(VERBS),
  /** True where it takes an earlier decision back. */
  reverse: z.boolean(),
  state: z.enum(DELIVERY_STATES),
  /** When it will be tried (held: the end of the undo window). */
  dueAt: instant.nullable(),
  attempts: z.number().int(),
  /** What the platform or the network said, in words. */
  said: z.string().nullable(),
  /** The platform's id of what was done. */
  remoteId: z.string().nullable(),
  /** For conflicts and handled-there: who did what there, and when. */
  theirs: z.object({ by: z.string().nullable(), what: z.string(), at: instant.nullable() }).nullable(),
  sentAt: instant.nullable(),
  /** What the item's snippet said, for lists. */
  snippet: z.string(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

export const decisionAction = z.object({
  verb: z.enum(VERBS),
  /** For mute, suspend and snooze: ms; null is for good. */
  durationMs: z.number().int().positive().nullable().optional(),
  labels: z.array(z.string().min(1).max(128)).max(20).optional(),
});
export type DecisionAction = z.infer<typeof decisionAction>;

export const decisionView = z.object({
  id: uuid,
  eventId: uuid,
  at: instant,
  actor: z.string(),
  actions: z.array(decisionAction),
  guideline: z.object({ id: uuid, version: z.number().int(), number: z.string(), title: z.string() }).nullable(),
  reason: z.string(),
  message: z.string().nullable(),
  undone: z.boolean(),
  deliveries: z.array(deliveryView),
});
export type DecisionView = z.infer<typeof decisionView>;

/** Something done to the member or the subject, by us or by someone on the platform. */
const recordEntry = z.object({
  at: instant,
  text: z.string(),
  by: z.string().nullable(),
  eventId: uuid.nullable(),
  strike: z.boolean(),
});

export const memberRecord = z.object({
  member: memberRef,
  key: z.string(),
  joinedAt: instant.nullable(),
  postCount: z.number().int().nullable(),
  /** Standing on the platform in its own words, such as "suspended until 3 May". */
  standing: z.array(z.string()),
  activeStrikes: z.number().int(),
  /** What each guideline's ladder recommends next, from the strikes under it that count now. */
  recommended: z.array(z.object({
    guidelineId: uuid, strikes: z.number().int(), verb: z.enum(VERBS), durationMs: z.number().int().positive().nullable(),
  })),
  linked: z.array(memberRef),
  /** How many notes there are about the member. */
  notes: z.number().int(),
  entries: z.array(recordEntry),
  recent: z.array(subjectView),
  openItems: z.number().int(),
});
export type MemberRecord = z.infer<typeof memberRecord>;

export const itemDetail = z.object({
  row: itemRow,
  subject: subjectView,
  before: z.array(subjectView),
  after: z.array(subjectView),
  /** When the context was fetched from the platform; null while it never was. */
  contextAt: instant.nullable(),
  reports: z.array(reportView),
  why: z.array(whyFactor),
  record: memberRecord.nullable(),
  verbs: z.array(verbOffer),
  /** Guideline ids, best first; the numbered reasons. */
  guidelines: z.array(uuid),
  decisions: z.array(decisionView),
  cases: z.array(z.object({ id: uuid, number: z.number().int(), title: z.string() })),
  /** What someone did on the platform, newest first. */
  outside: z.array(z.object({ by: z.string().nullable(), what: z.string(), at: instant.nullable() })),
});
export type ItemDetail = z.infer<typeof itemDetail>;

export const queueCounts = z.object({
  byState: z.record(z.enum(ITEM_STATES), z.number().int()),
  /** Open items (conflicts included) by connection id. */
  byConnection: z.record(z.string(), z.number().int()),
  decidedToday: z.number().int(),
});
export type QueueCounts = z.infer<typeof queueCounts>;

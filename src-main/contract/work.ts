import { z } from 'zod';
import { instant, memberRef, rowId, uuid } from './content.ts';
import { AUDIENCES, CASE_STAGES, CATEGORIES, EVENT_KINDS, ITEM_STATES, PARTY_ROLES, SOURCES, VERBS } from './words.ts';
import { decisionAction, itemRow } from './queue.ts';

/** What one decision asks for; `basis` names the version of each item that the person saw. */
export const decisionInput = z.object({
  id: uuid,
  items: z.array(z.object({ id: rowId, basis: z.number().int() })).min(1).max(500),
  actions: z.array(decisionAction).min(1).max(6),
  guidelineId: uuid.nullable(),
  reason: z.string().max(4000).default(''),
  message: z.string().max(10_000).nullable().default(null),
  source: z.enum(SOURCES),
});
export type DecisionInput = z.input<typeof decisionInput>;

export const decisionOutcome = z.object({
  decisionId: uuid,
  items: z.array(itemRow),
  /** Until then an undo sends nothing at all. */
  undoUntil: instant,
});
export type DecisionOutcome = z.infer<typeof decisionOutcome>;

export const undoOutcome = z.object({
  decisionId: uuid,
  items: z.array(itemRow),
  /** `cancelled`: nothing had been sent. `reversing`: the reverse action waits to be sent. `stays`: the platform has no reverse. */
  effect: z.enum(['cancelled', 'reversing', 'stays']),
  /** What was undone, in words: "Remove under 2 No harassment". */
  what: z.string(),
});
export type UndoOutcome = z.infer<typeof undoOutcome>;

/** What a note is about. */
export const noteAbout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('item'), id: rowId }),
  z.object({ kind: z.literal('member'), id: rowId }),
  z.object({ kind: z.literal('case'), id: uuid }),
]);
export type NoteAbout = z.infer<typeof noteAbout>;

export const noteView = z.object({
  id: uuid,
  about: noteAbout,
  text: z.string(),
  audience: z.enum(AUDIENCES),
  author: z.string(),
  writtenAt: instant,
  revisedAt: instant.nullable(),
  revision: z.number().int(),
  expiresAt: instant.nullable(),
});
export type NoteView = z.infer<typeof noteView>;

export const caseRow = z.object({
  id: uuid,
  number: z.number().int(),
  title: z.string(),
  stage: z.enum(CASE_STAGES),
  openedAt: instant,
  openedBy: z.string(),
  followUpAt: instant.nullable(),
  partyCount: z.number().int(),
  itemCount: z.number().int(),
  version: z.number().int(),
});
export type CaseRow = z.infer<typeof caseRow>;

export const partyView = z.object({
  id: uuid,
  role: z.enum(PARTY_ROLES),
  /** Null for someone who has no account on any platform. */
  member: memberRef.nullable(),
  name: z.string(),
});
export type PartyView = z.infer<typeof partyView>;

export const caseDetail = caseRow.extend({
  audience: z.enum(AUDIENCES),
  parties: z.array(partyView),
  /** Linked items; `state` as it is now, `kept` the text as it was when linked. */
  items: z.array(z.object({ id: rowId, snippet: z.string(), state: z.enum(ITEM_STATES), author: memberRef.nullable(), linkedAt: instant, kept: z.string(), gone: z.boolean() })),
  notes: z.array(noteView),
});
export type CaseDetail = z.infer<typeof caseDetail>;

export const ladderStep = z.object({
  /** Active strikes under this guideline at which the step applies. */
  strikes: z.number().int().min(0),
  verb: z.enum(VERBS),
  durationMs: z.number().int().positive().nullable().optional(),
});

export const guidelineView = z.object({
  id: uuid,
  version: z.number().int(),
  /** How people cite it: "2" or "3.1". */
  number: z.string(),
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  categories: z.array(z.enum(CATEGORIES)),
  ladder: z.array(ladderStep),
  /** Days a strike under it counts. */
  strikeDays: z.number().int().positive(),
  /** The connection it was published by; null for one of our own. */
  connectionId: z.string().nullable(),
  publishedAt: instant,
  publishedBy: z.string(),
  retired: z.boolean(),
});
export type GuidelineView = z.infer<typeof guidelineView>;

export const guidelineDraft = z.object({
  id: uuid,
  /** The version the person edited; 0 for a new guideline. */
  basis: z.number().int().min(0),
  number: z.string().trim().min(1).max(20),
  title: z.string().trim().min(1).max(200),
  body: z.string().max(50_000),
  categories: z.array(z.enum(CATEGORIES)),
  ladder: z.array(ladderStep).max(10),
  strikeDays: z.number().int().positive().max(3650),
});
export type GuidelineDraft = z.infer<typeof guidelineDraft>;

export const historyFilter = z.object({
  actor: z.string().optional(),
  kinds: z.array(z.enum(EVENT_KINDS)).optional(),
  verb: z.enum(VERBS).optional(),
  guidelineId: uuid.optional(),
  connectionId: z.string().optional(),
  platform: z.string().optional(),
  /** Only what touched this item, member or case. */
  itemId: rowId.optional(),
  memberId: rowId.optional(),
  caseId: uuid.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

export const eventRow = z.object({
  id: uuid,
  seq: z.number().int(),
  at: instant,
  actor: z.string(),
  kind: z.enum(EVENT_KINDS),
  source: z.enum(SOURCES),
  /** What was done, in words: "remove + mute 3 d". */
  did: z.string(),
  /** To whom or what, in words. */
  to: z.string(),
  /** Under which guideline version: "2 No harassment · v7". */
  under: z.string().nullable(),
  connectionId: z.string().nullable(),
  /** How the delivery went, in words; null where nothing had to be sent. */
  delivered: z.string().nullable(),
  /** What became of it: "undone by Tomás". */
  later: z.string().nullable(),
  hash: z.string(),
});
export type EventRow = z.infer<typeof eventRow>;

/** What a person saw when they decided. */
export const snapshot = z.object({
  text: z.string(),
  author: z.string().nullable(),
  reports: z.array(z.object({ category: z.string(), comment: z.string(), reporter: z.string().nullable() })),
  standing: z.array(z.string()),
  activeStrikes: z.number().int(),
  mediaHashes: z.array(z.string()),
  priority: z.number().int(),
});
export type Snapshot = z.infer<typeof snapshot>;

export const eventDetail = eventRow.extend({
  device: z.string(),
  previousHash: z.string(),
  subjects: z.array(z.string()),
  /** Null where the personal payload was erased. */
  payload: z.record(z.string(), z.unknown()).nullable(),
  seen: z.array(z.object({ itemId: rowId.nullable(), key: z.string(), snapshot })),
  guideline: guidelineView.nullable(),
});
export type EventDetail = z.infer<typeof eventDetail>;

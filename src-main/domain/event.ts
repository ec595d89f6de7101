import { z } from 'zod';
import { instant } from '../contract/content.ts';
import { decisionAction } from '../contract/queue.ts';
import { formValues } from '../contract/setup.ts';
import { ladderStep, snapshot } from '../contract/work.ts';
import { AUDIENCES, CASE_STAGES, CATEGORIES, PARTY_ROLES } from '../contract/words.ts';
import type { EventKind, Source } from '../contract/words.ts';

/*
 * Every kind of event: its public part (verbs, ids, keys; hashed into the chain itself) and its payload (all that is
 * personal; hashed into the chain by salted hash only). A payload is null where the kind has none or it was erased.
 */

const id = z.string().min(1);
/** `platform:instance:type:remoteId` of a subject or member. */
const key = z.string().min(1);

const decision = z.object({
  actions: z.array(decisionAction).min(1),
  guideline: z.object({ id, version: z.number().int() }).nullable(),
  /** Days the strike counts; null where the decision adds none. */
  strikeDays: z.number().int().positive().nullable(),
  items: z.array(z.object({ key, author: key.nullable(), connectionId: id })).min(1),
});
const decisionPayload = z.object({
  reason: z.string(),
  message: z.string().nullable(),
  seen: z.array(z.object({ key, snapshot })),
});
const note = z.object({
  noteId: id,
  revision: z.number().int().positive(),
  about: z.object({ kind: z.enum(['item', 'member', 'case']), key: z.string().min(1) }),
  audience: z.enum(AUDIENCES),
  expiresAt: instant.nullable(),
});
const noteText = z.object({ text: z.string() });
const none = z.null();

function logged<Kind extends EventKind, Public extends z.ZodType, Payload extends z.ZodType>(kind: Kind, visible: Public, payload: Payload) {
  return z.object({ kind: z.literal(kind), public: visible, payload: payload.nullable() });
}

/** What an event says, by its kind. */
export const eventBody = z.discriminatedUnion('kind', [
  logged('decision.recorded', decision, decisionPayload),
  logged('decision.redone', decision.extend({ redoOf: id }), decisionPayload),
  logged('decision.undone', z.object({ decisionId: id }), none),
  logged('conflict.resolved', z.object({
    decisionId: id, deliveryId: id, key, connectionId: id, choice: z.enum(['keep-theirs', 'send-mine']),
  }), none),
  logged('item.claimed', z.object({ key, connectionId: id }), none),
  logged('item.released', z.object({ key, connectionId: id }), none),

  logged('note.written', note, noteText),
  logged('note.revised', note, noteText),

  logged('case.opened', z.object({ caseId: id, number: z.number().int().positive() }), z.object({ title: z.string() })),
  /** `titled` says that the payload brought a new title, even once it is erased. */
  logged('case.changed', z.object({
    caseId: id, titled: z.boolean(), stage: z.enum(CASE_STAGES).optional(), audience: z.enum(AUDIENCES).optional(),
    followUpAt: instant.nullable().optional(),
  }), z.object({ title: z.string() })),
  logged('case.party-added', z.object({ caseId: id, partyId: id, role: z.enum(PARTY_ROLES), member: key.nullable() }), z.object({ name: z.string() })),
  logged('case.party-removed', z.object({ caseId: id, partyId: id }), none),
  logged('case.item-linked', z.object({ caseId: id, key, author: key.nullable() }), z.object({ kept: z.string() })),
  logged('case.item-unlinked', z.object({ caseId: id, key }), none),

  logged('guideline.published', z.object({
    guidelineId: id, version: z.number().int().positive(), number: z.string(), title: z.string(), body: z.string(),
    categories: z.array(z.enum(CATEGORIES)), ladder: z.array(ladderStep), strikeDays: z.number().int().positive(),
    connectionId: id.nullable(),
  }), none),
  logged('guideline.retired', z.object({ guidelineId: id, retired: z.boolean() }), none),

  logged('member.linked', z.object({ a: key, b: key, personId: id }), none),
  logged('member.unlinked', z.object({ member: key }), none),

  logged('connection.added', z.object({
    connectionId: id, platform: id, instance: z.string(), title: z.string(), provisioned: z.boolean(),
  }), z.object({ settings: formValues })),
  /** `configured` says that the payload brought new settings, even once it is erased. */
  logged('connection.changed', z.object({
    connectionId: id, configured: z.boolean(), title: z.string().optional(), instance: z.string().optional(),
    paused: z.boolean().optional(), provisioned: z.boolean().optional(),
  }), z.object({ settings: formValues })),
  logged('connection.removed', z.object({ connectionId: id }), none),

  /** The file's name is a person's own words. */
  logged('file.imported', z.object({ connectionId: id, importId: id, bytes: z.number().int() }), z.object({ file: z.string() })),

  logged('setting.changed', z.object({ names: z.array(z.string()) }), z.object({ values: z.record(z.string(), z.unknown()) })),
  logged('payload.erased', z.object({ eventId: id }), none),
]);
export type EventBody = z.infer<typeof eventBody>;

/** What an event of one kind says. */
export type BodyOf<Kind extends EventKind> = Extract<EventBody, { kind: Kind }>;

/** Who, when and where in the chain. */
export type EventHead = {
  readonly seq: number;
  readonly id: string;
  readonly actor: string;
  readonly device: string;
  /** Wall clock of the hybrid logical clock, ms. */
  readonly at: number;
  readonly counter: number;
  readonly source: Source;
  /** Keys of the subjects and members it touches. */
  readonly subjects: readonly string[];
  readonly payloadHash: string | null;
  readonly previous: string;
  readonly hash: string;
};

/** One line of the action log. */
export type LoggedEvent = EventHead & EventBody;

/** One line of one kind. */
export type LoggedOf<Kind extends EventKind> = EventHead & BodyOf<Kind>;

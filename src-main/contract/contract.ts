import { oc } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, rowId, uuid } from './content.ts';
import { ERROR_CODES } from './errors.ts';
import { CHUNK_BYTES, fileFormat, importPreview, importView, keptAside } from './imports.ts';
import { mapping, mappingPreview } from './mapping.ts';
import {
  decisionView, deliveryView, itemDetail, itemRow, memberRecord, queueCounts, queueFilter, QUEUE_ORDERS, queuePage,
} from './queue.ts';
import {
  ability, accountView, capabilities, connectionSource, connectionView, formValues, platformInfo, secretsStatus, settings, settingsChanges,
} from './setup.ts';
import { AUDIENCES, CASE_STAGES, PARTY_ROLES, SOURCES } from './words.ts';
import {
  caseDetail, caseRow, decisionInput, decisionOutcome, eventDetail, eventRow, guidelineDraft, guidelineView,
  historyFilter, noteAbout, noteView, undoOutcome,
} from './work.ts';

const errorData = z.object({
  retry: z.enum(['now', 'later', 'never']),
  traceId: z.string(),
  fields: z.array(z.object({ path: z.string(), problem: z.string() })).optional(),
  current: z.unknown().optional(),
});

type ErrorMap = { [code in keyof typeof ERROR_CODES]: { status: number; data: typeof errorData } };

const base = oc.errors(Object.fromEntries(
  Object.entries(ERROR_CODES).map(([code, { status }]) => [code, { status, data: errorData }]),
) as ErrorMap);

const source = z.enum(SOURCES).default('system');
const limit = z.number().int().min(1).max(200).default(100);

/** What changed, never the new values: the desk refetches what is on screen. */
export const change = z.object({
  /** Grows with every change of the database. */
  version: z.number().int(),
  topics: z.array(z.enum([
    'queue', 'decisions', 'cases', 'notes', 'guidelines', 'history', 'connections', 'settings', 'secrets', 'imports',
  ])),
  /** Items whose row or detail changed; empty with topic `queue` means "many". */
  items: z.array(rowId),
});
export type Change = z.infer<typeof change>;

const searchHit = z.object({
  kind: z.enum(['item', 'case', 'guideline', 'note']),
  /** Item ids are numbers in text; others are uuids. For a note, what it is about. */
  id: z.string(),
  title: z.string(),
  detail: z.string(),
});
export type SearchHit = z.infer<typeof searchHit>;

const ok = z.object({ ok: z.literal(true) });

/** Everything the desk may ask of the backend. */
export const contract = {
  live: {
    /** Changes from now on, coalesced to at most one a frame. */
    changes: base.output(eventIterator(change)),
  },
  queue: {
    page: base
      .input(z.object({ filter: queueFilter, order: z.enum(QUEUE_ORDERS).default('priority'), after: z.string().nullable().default(null), limit }))
      .output(queuePage),
    /** Current rows for ids on screen; ids that left the database are absent. */
    rows: base.input(z.object({ ids: z.array(rowId).max(200) })).output(z.array(itemRow)),
    /** How many items entered the filter since `arrival` (counted up to 1,000), and the present mark. */
    incoming: base.input(z.object({ filter: queueFilter, arrival: z.number().int() }))
      .output(z.object({ count: z.number().int(), arrival: z.number().int() })),
    counts: base.output(queueCounts),
    /** Whole items, for the pane and ahead of the next keys; in the order asked, absent ones left out. */
    items: base.input(z.object({ ids: z.array(rowId).min(1).max(20) })).output(z.array(itemDetail)),
    claim: base.input(z.object({ id: rowId, claimed: z.boolean(), source })).output(itemRow),
  },
  decide: {
    record: base.input(decisionInput).output(decisionOutcome),
    /** Takes back the named decision, or one's own latest that still stands. NOT_FOUND: nothing left to undo. */
    undo: base.input(z.object({ id: uuid, decisionId: uuid.nullable().default(null), source })).output(undoOutcome),
    /** Repeats the latest decision that was undone. */
    redo: base.input(z.object({ id: uuid, source })).output(decisionOutcome),
    /** `keep-theirs` lets the platform's state stand; `send-mine` sends our decision over it. */
    resolve: base.input(z.object({ id: uuid, deliveryId: uuid, choice: z.enum(['keep-theirs', 'send-mine']), source })).output(itemRow),
    /** Tries a refused or failed delivery again. */
    retry: base.input(z.object({ deliveryId: uuid })).output(deliveryView),
    /** What has not reached its platform, soonest first, with counts by state. */
    outbox: base.input(z.object({ limit })).output(z.object({
      deliveries: z.array(deliveryView), held: z.number().int(), pending: z.number().int(), attention: z.number().int(),
    })),
    /** The latest decisions of this desk's moderator, newest first. */
    recent: base.input(z.object({ limit })).output(z.array(decisionView.extend({ itemIds: z.array(rowId), snippet: z.string() }))),
  },
  members: {
    get: base.input(z.object({ id: rowId })).output(memberRecord),
    /** Marks two accounts as one person's. */
    link: base.input(z.object({ id: uuid, a: rowId, b: rowId, source })).output(memberRecord),
    unlink: base.input(z.object({ id: uuid, member: rowId, source })).output(memberRecord),
    find: base.input(z.object({ text: z.string().max(200), limit })).output(z.array(z.object({
      id: rowId, name: z.string(), handle: z.string(), connectionId: z.string(), openItems: z.number().int(),
    }))),
  },
  notes: {
    list: base.input(z.object({ about: noteAbout })).output(z.array(noteView)),
    /** Writes a note (basis 0) or appends a revision; earlier revisions are kept. */
    save: base.input(z.object({
      id: uuid, basis: z.number().int().min(0), about: noteAbout, text: z.string().max(50_000),
      audience: z.enum(AUDIENCES).default('team'), expiresAt: instant.nullable().default(null), source,
    })).output(noteView),
    revisions: base.input(z.object({ id: uuid })).output(z.array(z.object({ revision: z.number().int(), text: z.string(), author: z.string(), at: instant }))),
  },
  drafts: {
    /** The unsent text of a box, by a name the desk chooses; null when there is none. */
    get: base.input(z.object({ box: z.string().max(200) })).output(z.object({ text: z.string().nullable() })),
    save: base.input(z.object({ box: z.string().max(200), text: z.string().max(100_000) })).output(ok),
  },
  cases: {
    list: base.input(z.object({ closed: z.boolean().default(false), text: z.string().max(200).default(''), after: z.string().nullable().default(null), limit }))
      .output(z.object({ rows: z.array(caseRow), next: z.string().nullable(), open: z.number().int(), due: z.number().int() })),
    get: base.input(z.object({ id: uuid })).output(caseDetail),
    /** Opens a case; its items' authors become parties, their text is kept as evidence. */
    open: base.input(z.object({ id: uuid, title: z.string().trim().min(1).max(200), itemIds: z.array(rowId).max(100), source })).output(caseDetail),
    change: base.input(z.object({
      id: uuid, basis: z.number().int(), title: z.string().trim().min(1).max(200).optional(), stage: z.enum(CASE_STAGES).optional(),
      audience: z.enum(AUDIENCES).optional(), followUpAt: instant.nullable().optional(), source,
    })).output(caseDetail),
    addParty: base.input(z.object({ id: uuid, partyId: uuid, memberId: rowId.nullable(), name: z.string().trim().max(200), role: z.enum(PARTY_ROLES), source })).output(caseDetail),
    removeParty: base.input(z.object({ id: uuid, partyId: uuid, source })).output(caseDetail),
    linkItem: base.input(z.object({ id: uuid, itemId: rowId, source })).output(caseDetail),
    unlinkItem: base.input(z.object({ id: uuid, itemId: rowId, source })).output(caseDetail),
  },
  guidelines: {
    list: base.input(z.object({ retired: z.boolean().default(false) })).output(z.array(guidelineView)),
    versions: base.input(z.object({ id: uuid })).output(z.array(guidelineView)),
    /** Publishes a new version. STALE where someone published since `basis`. */
    publish: base.input(guidelineDraft.extend({ source })).output(guidelineView),
    retire: base.input(z.object({ id: uuid, retired: z.boolean(), source })).output(guidelineView),
    search: base.input(z.object({ text: z.string().max(200), limit })).output(z.array(z.object({
      guideline: guidelineView, excerpt: z.string(),
    }))),
  },
  history: {
    page: base.input(z.object({ filter: historyFilter, after: z.string().nullable().default(null), limit }))
      .output(z.object({ rows: z.array(eventRow), next: z.string().nullable() })),
    get: base.input(z.object({ id: uuid })).output(eventDetail),
    /** How many events there are, who wrote them, and when the chain was last found whole. */
    about: base.output(z.object({ events: z.number().int(), actors: z.array(z.string()), verifiedAt: instant.nullable(), whole: z.boolean().nullable() })),
    /** Walks the whole chain now. */
    verify: base.output(z.object({ whole: z.boolean(), events: z.number().int(), said: z.string() })),
  },
  search: {
    find: base.input(z.object({ text: z.string().max(500), limit })).output(z.array(searchHit)),
  },
  connections: {
    platforms: base.output(z.array(platformInfo)),
    list: base.output(z.array(connectionView)),
    /** What every item comes from, connections that were removed included. */
    sources: base.output(z.array(connectionSource)),
    /** What can be done there by the account, and what not and why; empty before the first sign-in. */
    abilities: base.input(z.object({ id: z.string() })).output(z.array(ability)),
    /** Messages to members that the team has written in advance there. */
    templates: base.input(z.object({ id: z.string() })).output(z.array(z.object({ id: z.string(), name: z.string(), text: z.string(), language: z.string().nullable() }))),
    /** Signs in without saving anything and says who we are there. */
    test: base.input(z.object({ platform: z.string(), values: formValues })).output(accountView),
    add: base.input(z.object({ id: uuid, platform: z.string(), title: z.string().trim().max(100), values: formValues, source })).output(connectionView),
    /** New values for some fields; secrets left out keep what they were. */
    change: base.input(z.object({ id: z.string(), title: z.string().trim().max(100).optional(), values: formValues.optional(), source })).output(connectionView),
    pause: base.input(z.object({ id: z.string(), paused: z.boolean(), source })).output(connectionView),
    /** Asks the platform at once. `signIn`: a person wants to sign in again, so that a browser may open for it. */
    syncNow: base.input(z.object({ id: z.string(), signIn: z.boolean().default(false) })).output(connectionView),
    /**
     * Ends the connection: its secrets and who signed in are forgotten, what waits to be sent is cancelled. Items,
     * decisions, history and where the sync stands stay, so that connecting it again goes on from there.
     */
    remove: base.input(z.object({ id: z.string(), source })).output(ok),
  },
  imports: {
    /** Newest first; `connectionId` null for those that are not committed to one yet. */
    list: base.input(z.object({ connectionId: z.string().nullable() })).output(z.array(importView)),
    /** Begins an upload, or says how far the one with this id is. */
    begin: base.input(z.object({ id: uuid, name: z.string().trim().min(1).max(300), bytes: z.number().int().min(0) })).output(importView),
    /** Adds bytes (base64) at `offset`. One that does not follow what is here changes nothing; the answer says where to go on. */
    append: base.input(z.object({ id: uuid, offset: z.number().int().min(0), chunk: z.base64().max(Math.ceil(CHUNK_BYTES / 3) * 4) })).output(importView),
    /** What a mapping (null: a guess) makes of the first rows. `format` over what was found out, where that is wrong. */
    preview: base.input(z.object({ id: uuid, mapping: mapping.nullable(), format: fileFormat.partial().default({}) })).output(importPreview),
    /** Hands the rows over to a connection, which reads them by its own mapping. Returns at once; the view tells how far it is. */
    commit: base.input(z.object({ id: uuid, connectionId: z.string(), format: fileFormat.partial().default({}), source })).output(importView),
    /** Forgets an upload that was not committed, or the rows of one that are not in the queue yet; what is in the queue stays. */
    discard: base.input(z.object({ id: uuid })).output(ok),
  },
  inbox: {
    /** What a mapping (null: a guess) makes of an example message, pasted as text. */
    sample: base.input(z.object({ text: z.string().max(1_000_000), mapping: mapping.nullable() })).output(mappingPreview),
    /** Where messages of a connection are to be sent, and a shell command that sends one; null where it receives none. */
    example: base.input(z.object({ connectionId: z.string() })).output(z.object({ address: z.string(), command: z.string() }).nullable()),
    /** What arrived at a connection and could not be taken, oldest first. */
    aside: base.input(z.object({ connectionId: z.string(), importId: uuid.nullable().default(null), after: rowId.nullable().default(null), limit }))
      .output(z.object({ rows: z.array(keptAside), next: rowId.nullable(), total: z.number().int() })),
    /** Reads what was kept aside once more, after its mapping was changed. Answers how many that are. */
    again: base.input(z.object({ connectionId: z.string(), importId: uuid.nullable().default(null) })).output(z.object({ count: z.number().int() })),
    /** Drops what was kept aside: those named, or all of the connection or import. */
    drop: base.input(z.object({ connectionId: z.string(), importId: uuid.nullable().default(null), ids: z.array(rowId).max(200).nullable().default(null) }))
      .output(z.object({ count: z.number().int() })),
  },
  settings: {
    get: base.output(settings),
    change: base.input(z.object({ changes: settingsChanges, source })).output(settings),
  },
  host: {
    capabilities: base.output(capabilities),
    secrets: base.output(secretsStatus),
    /** Opens, or on first use sets, the passphrase of the secrets file. */
    unlock: base.input(z.object({ passphrase: z.string().min(1).max(1000) })).output(secretsStatus),
  },
} as const;

/** What the desk calls. */
export type Client = ContractRouterClient<typeof contract>;
export type AccountView = z.infer<typeof accountView>;

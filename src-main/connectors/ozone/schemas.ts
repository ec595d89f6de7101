import { z } from 'zod';

/**
 * The parts of Ozone's answers that Docket uses (lexicons tools.ozone.* and app.bsky.*). A part that only decorates
 * falls back when it has another shape; a part without which a report would be lost makes the page unintelligible.
 * Unknown fields are left out, unknown enum values stay text.
 */

/** Text that only decorates. */
const text = z.string().optional().catch(undefined);
/** Text that names something: empty, it names nothing. */
const name = z.string().min(1).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.number().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);
const idText = z.union([z.string().min(1), z.number().int()]).transform(String);

/** ISO 8601 on the wire, ms here. */
const time = z.string().transform((value, context) => {
  const ms = Date.parse(value);
  if (!Number.isNaN(ms)) return ms;
  context.issues.push({ code: 'custom', message: 'not a date', input: value });
  return z.NEVER;
});
const softTime = time.optional().catch(undefined);

/** Any object, for the open parts of the protocol: records and event bodies. */
export const open = z.record(z.string(), z.unknown());
export type Open = z.infer<typeof open>;

/** com.atproto.admin.defs#repoRef, com.atproto.repo.strongRef, chat.bsky.convo.defs#messageRef and #convoRef in one. */
export const subjectRef = z.object({ $type: text, did: name, uri: name, cid: name, convoId: text, messageId: name });
export type WireSubject = z.infer<typeof subjectRef>;

/** tools.ozone.moderation.defs#subjectStatusView */
export const status = z.object({
  reviewState: z.string(),
  subject: subjectRef.optional().catch(undefined),
  updatedAt: softTime,
  lastReviewedBy: text,
  lastReviewedAt: softTime,
  takendown: z.boolean().catch(false),
  appealed: flag,
  suspendUntil: softTime,
  muteUntil: softTime,
  muteReportingUntil: softTime,
  tags: texts,
  hosting: z.object({ status: text, deletedAt: softTime, updatedAt: softTime }).optional().catch(undefined),
  accountStrike: z.object({ activeStrikeCount: count }).optional().catch(undefined),
});
export type Status = z.infer<typeof status>;

export const statuses = z.object({ subjectStatuses: z.array(status) });

/** tools.ozone.moderation.defs#modEventView, as listed by queryEvents and answered by emitEvent. */
export const event = z.object({
  id: idText,
  event: z.looseObject({ $type: z.string() }),
  subject: subjectRef,
  createdBy: z.string(),
  createdAt: time,
  creatorHandle: text,
  subjectHandle: text,
  modTool: z.object({ name: z.string(), meta: open.optional().catch(undefined) }).optional().catch(undefined),
});
export type ModEvent = z.infer<typeof event>;

/** A page of a feed. An empty page has no cursor: the old one is kept. */
export const eventPage = z.object({ events: z.array(z.unknown()), cursor: text });

const label = z.object({ val: z.string(), neg: flag, src: text });
const labels = z.array(label).catch([]);

const moderation = z.object({ subjectStatus: status.optional().catch(undefined) }).optional().catch(undefined);

// Ozone also sends the member's e-mail address, invitations and IP signatures: they are left out on purpose.
const repo = z.object({
  did: z.string(), handle: text, labels, deactivatedAt: text, relatedRecords: z.array(open).catch([]),
  moderation,
});
const profile = z.object({ did: z.string(), handle: text, displayName: text, description: text, createdAt: softTime, postsCount: count });

const record = z.object({ uri: z.string(), cid: text, value: open.catch({}), labels, indexedAt: softTime });

/** tools.ozone.moderation.defs#subjectView */
export const subjectView = z.object({
  subject: z.string(),
  status: status.optional().catch(undefined),
  repo: repo.optional().catch(undefined),
  profile: profile.optional().catch(undefined),
  record: record.optional().catch(undefined),
});
export type WireSubjectView = z.infer<typeof subjectView>;

export const subjectViews = z.object({ subjects: z.array(z.unknown()) });

/** tools.ozone.moderation.defs#recordViewDetail; what is not found has no value. */
export const recordViews = z.object({ records: z.array(record.extend({ value: open, repo: repo.optional().catch(undefined), moderation }).nullable().catch(null)) });
/** tools.ozone.moderation.defs#repoViewDetail; what is not found has no handle. */
export const repoViews = z.object({ repos: z.array(repo.extend({ handle: z.string() }).nullable().catch(null)) });

/** tools.ozone.report.defs#reportView: one report with a state of its own, beside its subject's. */
export const reportRow = z.object({
  id: idText,
  eventId: idText,
  status: z.string(),
  reportType: text,
  reportedBy: z.string(),
  comment: text,
  createdAt: time,
  updatedAt: softTime,
  isMuted: flag,
  subject: z.unknown(),
  reporter: z.object({ repo: repo.optional().catch(undefined), profile: profile.optional().catch(undefined) }).optional().catch(undefined),
  actionEventIds: z.array(z.unknown()).catch([]),
  queue: z.object({ name: text }).optional().catch(undefined),
  assignment: z.object({ did: text, moderator: z.object({ profile: z.object({ handle: text }).optional().catch(undefined) }).optional().catch(undefined) }).optional().catch(undefined),
});
export type ReportRow = z.infer<typeof reportRow>;
export const reportPage = z.object({ reports: z.array(z.unknown()) });

/** tools.ozone.report.defs#reportActivityView: what a moderator did to one report. */
export const activity = z.object({
  id: idText,
  activity: z.looseObject({ $type: z.string() }),
  createdBy: z.string(),
  createdAt: time,
  publicNote: text,
  isAutomated: flag,
  moderator: z.object({ profile: z.object({ handle: text }).optional().catch(undefined) }).optional().catch(undefined),
  report: reportRow,
});
export type ReportActivity = z.infer<typeof activity>;
export const activityPage = z.object({ activities: z.array(z.unknown()), cursor: text });

/** tools.ozone.server.getConfig */
export const config = z.object({ viewer: z.object({ role: text }).optional().catch(undefined) });

/** com.atproto.server.createSession and refreshSession */
export const session = z.object({ accessJwt: z.string().min(1), refreshJwt: z.string().min(1), did: z.string().min(1), handle: z.string() });
export type Tokens = z.infer<typeof session>;

/** A DID document's services, in com.atproto.repo.describeRepo. */
export const described = z.object({
  didDoc: z.object({
    service: z.array(z.object({ id: z.string() }).catch({ id: '' })).catch([]),
  }).catch({ service: [] }),
});

export const resolved = z.object({ did: z.string() });

/** app.bsky.actor.getPreferences: which labelers the account reads. */
export const preferences = z.object({
  preferences: z.array(z.object({ $type: text, labelers: z.array(z.object({ did: z.string() })).optional().catch(undefined) }).catch({})).catch([]),
});

const locale = z.object({ lang: text, name: z.string(), description: text });

/** app.bsky.labeler.getServices, detailed */
export const labelers = z.object({
  views: z.array(z.object({
    policies: z.object({
      labelValues: texts,
      labelValueDefinitions: z.array(z.object({ identifier: z.string(), locales: z.array(locale).catch([]) })).catch([]),
    }).catch({ labelValues: [], labelValueDefinitions: [] }),
  })).catch([]),
});
export type LabelDefinition = z.infer<typeof labelers>['views'][number]['policies']['labelValueDefinitions'][number];

/** tools.ozone.setting.listOptions: what the values hold is read by team-settings.ts. */
export const options = z.object({
  options: z.array(z.object({ key: z.string(), value: open.catch({}) }).catch({ key: '', value: {} })).catch([]),
});

/** tools.ozone.moderation.getReporterStats */
export const reporterStats = z.object({
  stats: z.array(z.object({
    did: z.string(), accountReportCount: count, recordReportCount: count, reportedAccountCount: count, reportedRecordCount: count,
    takendownAccountCount: count, takendownRecordCount: count, labeledAccountCount: count, labeledRecordCount: count,
  })).catch([]),
});

/** app.bsky.feed.defs#postView */
export const post = z.object({ uri: z.string(), cid: text, author: profile, record: open.catch({}), indexedAt: softTime });
export type Post = z.infer<typeof post>;

/** app.bsky.feed.defs#threadViewPost; a parent or reply that is gone or blocked has no post. */
export type Thread = { post?: Post | undefined; parent?: Thread | undefined; replies?: readonly Thread[] | undefined };
const threadPost: z.ZodType<Thread> = z.lazy(() => z.object({
  post: post.optional().catch(undefined),
  parent: threadPost.optional().catch(undefined),
  replies: z.array(threadPost).optional().catch(undefined),
}));
export const thread = z.object({ thread: threadPost });

/** app.bsky.feed.getAuthorFeed */
export const feed = z.object({ feed: z.array(z.object({ post }).nullable().catch(null)) });

/** What XRPC answers when it refuses: https://atproto.com/specs/xrpc "Error Responses". */
export const xrpcError = z.object({ error: z.string(), message: text });

import { z } from 'zod';

/** The fields that Docket takes of PeerTube's answers. What a report hangs on is strict; all else is left empty where it cannot be read. */
const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const idOrNone = id.nullish().catch(null).transform((value) => value ?? null);
const text = z.string().nullish().catch(null).transform((value) => value ?? '');
const flag = z.boolean().nullish().catch(null).transform((value) => value ?? false);
const seconds = z.number().nullish().catch(null).transform((value) => value ?? null);
const time = z.string().nullish().catch(null).transform((value) => {
  const ms = Date.parse(value ?? '');
  return Number.isNaN(ms) ? null : ms;
});

export const account = z.object({ id, name: text, host: text, displayName: text, description: text, url: text, createdAt: time });
const accountOrNone = account.nullish().catch(null).transform((value) => value ?? null);

/** `fileUrl` in current versions, `path` and the video's own `thumbnailPath` in older ones. */
const thumbnails = z.array(z.object({ fileUrl: text, path: text }).nullable().catch(null)).nullish().catch(null).transform((list) => (list ?? []).flatMap((one) => one ?? []));
const channel = z.object({ displayName: text, name: text, ownerAccount: accountOrNone }).nullish().catch(null).transform((value) => value ?? null);

const abuseVideo = z.object({ id, uuid: text, name: text, nsfw: flag, deleted: flag, blacklisted: flag, startAt: seconds, endAt: seconds, thumbnailPath: text, thumbnails, channel });
const abuseComment = z.object({ id, threadId: idOrNone, text, deleted: flag, video: z.object({ id: idOrNone, name: text, uuid: text }).nullish().catch(null) });

/**
 * AdminAbuse (packages/models/src/moderation/abuse/abuse.model.ts). The reference knows less of it: no account that was
 * flagged, no comment, no time of change (docs.joinpeertube.org/api-rest-reference/api/models/abuse).
 */
export const abuse = z.object({
  id, reason: text, predefinedReasons: z.array(z.string().nullable().catch(null)).nullish().catch(null).transform((list) => (list ?? []).flatMap((one) => one ?? [])),
  reporterAccount: accountOrNone, flaggedAccount: accountOrNone,
  state: z.object({ id: z.number().int().nullish().catch(null), label: text }).catch({ id: null, label: '' }),
  moderationComment: text, video: abuseVideo.nullish().catch(null), comment: abuseComment.nullish().catch(null), createdAt: time, updatedAt: time, countMessages: seconds,
});
export type Abuse = z.output<typeof abuse>;

/** A page of a list; rows are read one by one. */
export const page = z.object({ total: z.number().int(), data: z.array(z.unknown()) });

/** What a moderator may change of a video: 1 comments, 2 none, 3 after approval (docs.joinpeertube.org/api-rest-reference/api/models/videocommentspolicyset); a yes or no before 6.2. */
const policy = { nsfw: flag, isLocal: z.boolean().nullable().catch(null), commentsEnabled: z.boolean().nullable().catch(null), commentsPolicy: z.object({ id: z.number() }).nullable().catch(null) };

export const video = z.object({ ...policy, id, uuid: text, name: text, description: text, account: accountOrNone, channel, blacklisted: flag, publishedAt: time, updatedAt: time, thumbnailPath: text, thumbnails });
export type Video = z.output<typeof video>;

/** VideoBlacklist: the video stands in it (video-blacklist.model.ts), or is spread over it (docs.joinpeertube.org/api-rest-reference/api/models/videoblacklist). */
export const videoBlock = z.object({ type: seconds, reason: text, createdAt: time, videoId: idOrNone, name: text, uuid: text, description: text, video: z.unknown() })
  .transform(({ type, reason, createdAt, videoId, name, uuid, description, video: nested }) => ({
    type, reason, createdAt, video: video.safeParse(nested ?? { id: videoId, name, uuid, description }).data,
  }))
  .transform(({ video: found, ...rest }, context) => {
    if (found !== undefined) return { ...rest, video: found };
    context.addIssue('no video');
    return z.NEVER;
  });

export const comment = z.object({ id, text, account: accountOrNone, createdAt: time, updatedAt: time, deletedAt: time, isDeleted: flag, threadId: idOrNone });
export type Comment = z.output<typeof comment>;

/** A thread: a comment and, below it, more of the same. */
export type Thread = { readonly comment: Comment | null; readonly children: readonly Thread[] };
export const thread: z.ZodType<Thread> = z.object({
  comment: comment.nullish().catch(null).transform((value) => value ?? null),
  get children() {
    return z.array(thread).nullish().catch(null).transform((value) => value ?? []);
  },
});

export const message = z.object({ message: z.string(), byModerator: flag, createdAt: time, account: accountOrNone });
export const blocked = z.object({ blockedAccount: accountOrNone });
/** An account of this instance, as administrators see it; no e-mail, no addresses are taken. */
export const user = z.object({ id, username: text, blocked: flag, blockedReason: text });
/** The same with what `withStats` adds (docs.joinpeertube.org/api-rest-reference.html, "Get a user"). */
export const userStats = z.object({ videosCount: seconds, abusesCount: seconds, abusesAcceptedCount: seconds, abusesCreatedCount: seconds });

/** Who is signed in; strict, since what the account may do hangs on it. Roles: 0 administrator, 1 moderator, 2 user. */
const oneself = z.object({ username: z.string(), role: z.object({ id: z.number().int() }), account: z.object({ host: text }).nullish().catch(null) });
/** The reference has a list of one here. */
export const myself = z.union([oneself, z.tuple([oneself]).transform(([first]) => first)]);
export type Myself = z.output<typeof myself>;

export const about = z.object({ instance: z.object({ name: text, terms: text, codeOfConduct: text, moderationInformation: text }) });

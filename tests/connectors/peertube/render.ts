import type { FarAbuse, FarAccount, FarComment, FarVideo, World } from './world.ts';

type Json = Record<string, unknown>;
const iso = (ms: number): string => new Date(ms).toISOString();
const LABELS: Readonly<Record<number, string>> = { 1: 'Pending', 2: 'Rejected', 3: 'Accepted' };

export function accountJson({ id, name, host, made }: FarAccount): Json {
  return { id, name, host, displayName: name.toUpperCase(), description: null, url: `https://${host}/accounts/${name}`, avatars: [], createdAt: iso(made), updatedAt: iso(made), followersCount: 0, followingCount: 0 };
}

export function videoJson({ id, uuid, name, owner, blacklisted, comments, nsfw, reason, made }: FarVideo): Json {
  return {
    id, uuid, shortUUID: uuid.slice(0, 8), name, description: `About ${name}`, account: accountJson(owner), channel: { id, name: `${owner.name}_channel`, displayName: `${owner.name}'s channel`, host: owner.host },
    blacklisted, blacklistedReason: blacklisted ? reason : null, publishedAt: iso(made), updatedAt: iso(made), thumbnailPath: `/lazy-static/thumbnails/${id}.jpg`, nsfw, isLocal: owner.user !== null,
    commentsEnabled: comments !== 2, commentsPolicy: { id: comments, label: 'x' },
  };
}

export function commentJson(one: FarComment): Json {
  const { id, text, author, video, parent, deleted, made } = one;
  return {
    id, url: `https://${author.host}/comments/${id}`, text: deleted ? '' : text, threadId: rootOf(one).id, inReplyToCommentId: parent?.id ?? null, videoId: video.id, createdAt: iso(made), updatedAt: iso(made),
    deletedAt: deleted ? iso(made) : null, isDeleted: deleted, totalReplies: 0, account: deleted ? null : accountJson(author),
  };
}

export function rootOf(comment: FarComment): FarComment {
  return comment.parent === null ? comment : rootOf(comment.parent);
}

export function treeJson(world: World, comment: FarComment): Json {
  return { comment: commentJson(comment), children: world.comments.filter(({ parent }) => parent === comment).map((child) => treeJson(world, child)) };
}

/** AdminAbuse: what it is about beside nulls for what it is not about. */
export function abuseJson(world: World, abuse: FarAbuse): Json {
  const { id, by, about, reason, reasons, state, comment, made, updated, orphaned, messages } = abuse;
  const video = 'video' in about ? about.video : null;
  // A comment goes with its video.
  const remark = 'comment' in about && !about.comment.video.gone ? about.comment : null;
  return {
    id, reason, predefinedReasons: reasons, flaggedAccount: accountJson(world.flagged(abuse)), reporterAccount: orphaned ? null : accountJson(by), state: { id: state, label: LABELS[state] }, countMessages: messages.length,
    createdAt: iso(made), updatedAt: iso(updated), moderationComment: comment, countReportsForReporter: 1, countReportsForReportee: 1,
    video: video === null ? null : {
      id: video.id, uuid: video.uuid, shortUUID: video.uuid.slice(0, 8), name: video.name, nsfw: false, startAt: null, endAt: null, deleted: video.gone, blacklisted: video.blacklisted,
      thumbnailPath: `/lazy-static/thumbnails/${video.id}.jpg`, thumbnails: [], channel: { id: video.id, name: 'channel', displayName: 'Channel' }, countReports: 1, nthReport: 1,
    },
    comment: remark === null ? null : { id: remark.id, threadId: rootOf(remark).id, text: remark.deleted ? '' : remark.text, deleted: remark.deleted, video: { id: remark.video.id, name: remark.video.name, uuid: remark.video.uuid } },
  };
}

import { ConnectorError } from '../connector.ts';
import type { SubjectType } from '../../contract/words.ts';
import { abuse } from './schemas.ts';
import type { Abuse } from './schemas.ts';

/** States of a report (packages/models/src/moderation/abuse/abuse-state.model.ts). */
export const PENDING = 1;
export const REJECTED = 2;
export const ACCEPTED = 3;

/** What can be reported; comments are Docket's messages, since what can be done to them is other than to videos. */
export const KINDS = ['video', 'comment', 'account'] as const;
export type Kind = (typeof KINDS)[number];
export const TYPES: Readonly<Record<Kind, SubjectType>> = { video: 'post', comment: 'message', account: 'member' };

export type About = { readonly kind: Kind; readonly id: string };

/** A row of the list of reports. Throws where not even its id can be read: then the page is asked for again. */
export function readAbuse(value: unknown, host: string): Abuse {
  const parsed = abuse.safeParse(value);
  if (!parsed.success) throw new ConnectorError('unintelligible', `${host} sent a report that Docket cannot read. Docket tries again; the instance may run a version that is newer than this connector.`);
  const { flaggedAccount, video } = parsed.data;
  // Where the account is left out, the video's channel may name its owner.
  return { ...parsed.data, flaggedAccount: flaggedAccount ?? video?.channel?.ownerAccount ?? null };
}

/**
 * What a report is about. Where all of it is gone, the report stands for itself; a comment that went with its video is
 * left out (server/core/models/abuse/abuse.ts, buildBaseVideoCommentAbuse): the report is still about it, as `before` knows.
 */
export function aboutOf({ id, video, comment, flaggedAccount }: Abuse, before: About | null = null): About {
  if (video) return { kind: 'video', id: video.id };
  if (comment) return { kind: 'comment', id: comment.id };
  if (before !== null && before.kind !== 'account') return before;
  return { kind: 'account', id: flaggedAccount?.id ?? goneAccount(id) };
}

/** Accounts have positive ids; one that is gone is named by the report. */
function goneAccount(reportId: string): string {
  return `-${reportId}`;
}

export function isOpen({ state }: Abuse): boolean {
  // An unreadable or unknown state is looked at rather than lost.
  return state.id !== REJECTED && state.id !== ACCEPTED;
}

/** A subject's type and id as a kind; null for what this connector never wrote. */
export function kindOf(type: SubjectType): Kind | null {
  return KINDS.find((kind) => TYPES[kind] === type) ?? null;
}

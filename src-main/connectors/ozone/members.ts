import type { RemoteMember } from '../connector.ts';
import type { Status, WireSubjectView } from './schemas.ts';

/** An account as Docket shows it, from what Ozone and the AppView say of it. */
export function memberOf(did: string, view: Pick<WireSubjectView, 'repo' | 'profile'>): RemoteMember {
  const { repo, profile } = view;
  const handle = repo?.handle ?? profile?.handle ?? did;
  const status = repo?.moderation?.subjectStatus;
  const labels = (repo?.labels ?? []).filter(({ neg }) => neg !== true).map(({ val }) => val);
  return {
    remoteId: did,
    name: profile?.displayName?.trim() || handle,
    handle: `@${handle}`,
    joinedAt: profile?.createdAt ?? null,
    postCount: profile?.postsCount ?? null,
    standing: [
      ...(status === undefined ? [] : standingOf(status)),
      ...(repo?.deactivatedAt === undefined ? [] : ['deactivated']),
      ...(labels.length === 0 ? [] : [`labelled ${[...new Set(labels)].join(', ')}`]),
    ],
    url: profileUrl(did),
  };
}

/** An account of which only the handle is known. */
export function namedMember(did: string, handle: string | undefined, standing: readonly string[] = []): RemoteMember {
  return { remoteId: did, name: handle ?? did, handle: handle === undefined ? did : `@${handle}`, joinedAt: null, postCount: null, standing, url: profileUrl(did) };
}

export function profileUrl(did: string): string {
  return `https://bsky.app/profile/${did}`;
}

function standingOf(status: Status): string[] {
  const strikes = status.accountStrike?.activeStrikeCount ?? 0;
  return [
    ...(status.suspendUntil === undefined ? status.takendown ? ['taken down'] : [] : [`suspended until ${day(status.suspendUntil)}`]),
    ...(status.muteUntil === undefined ? [] : [`reports about it muted until ${day(status.muteUntil)}`]),
    ...(status.muteReportingUntil === undefined ? [] : [`its own reports muted until ${day(status.muteReportingUntil)}`]),
    ...(strikes === 0 ? [] : [strikes === 1 ? '1 active strike' : `${strikes} active strikes`]),
    ...(status.appealed === true ? ['appeal pending'] : []),
  ];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

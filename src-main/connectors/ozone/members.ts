import type { RemoteMember } from '../connector.ts';
import { PLANNED_TAG } from './schedule.ts';
import type { Status, WireSubjectView } from './schemas.ts';

/** What Ozone and the AppView say of an account. */
export type AccountView = Partial<Pick<WireSubjectView, 'repo' | 'profile'>>;

/** An account as Docket shows it. */
export function memberOf(did: string, view: AccountView, knownHandle?: string): RemoteMember {
  const { repo, profile } = view;
  const handle = repo?.handle ?? profile?.handle ?? knownHandle;
  const status = repo?.moderation?.subjectStatus;
  const labels = (repo?.labels ?? []).filter(({ neg }) => neg !== true).map(({ val }) => val);
  return {
    remoteId: did,
    name: aboutOf(view).name || (handle ?? did),
    handle: handle === undefined ? did : `@${handle}`,
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

/** What an account says of itself; a suspended one has no profile at the AppView, but Ozone still has its record. */
export function aboutOf({ repo, profile }: AccountView): { readonly name: string; readonly description: string } {
  const record = repo?.relatedRecords.find(({ $type }) => $type === 'app.bsky.actor.profile');
  const either = (field: 'displayName' | 'description'): string => {
    const kept = record?.[field];
    return (profile?.[field] ?? (typeof kept === 'string' ? kept : '')).trim();
  };
  return { name: either('displayName'), description: either('description') };
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
    ...(status.tags.includes(PLANNED_TAG) ? ['takedown planned'] : []),
    ...(status.appealed === true ? ['appeal pending'] : []),
  ];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

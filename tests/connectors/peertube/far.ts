import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { PASSWORD, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';
import type { FarAbuse } from './world.ts';

/** Files reports of every kind: videos, the same one twice, comments and answers, accounts of this instance and of others. */
export function publish({ world }: FarServer, count: number): void {
  for (let made = 0; made < count; made += 1) {
    const n = world.abuses.length;
    // Reporters of other servers cannot be written to: few, so that the suite meets them as it pulls only.
    const by = world.account(`reporter${n % 90}`, n % 10 === 5 ? 'elsewhere.example' : world.host);
    const author = world.account(`member${n % 400}`, n % 400 > 200 ? 'elsewhere.example' : world.host);
    const last = world.abuses.at(-1);
    if (n % 9 === 8 && last !== undefined) world.report(by, last.about, 'Again');
    else if (n % 9 === 4) world.report(by, { account: author });
    else if (n % 2 === 1) world.report(by, { comment: world.comment(author, `Comment ${n}`, world.videos.at(-1) ?? world.video(author, 'First')) }, 'Rude', ['hatefulOrAbusive']);
    else world.report(by, { video: world.video(author, `Video ${n}`) }, 'Adverts', ['spamOrMisleading', 'newReason']);
    const about = world.abuses.at(-1)?.about;
    if (n % 30 === 16 && about !== undefined && 'video' in about) about.video.blacklisted = true;
  }
}

function isAbout({ about }: FarAbuse, { type, remoteId }: RemoteSubject): boolean {
  if ('video' in about) return type === 'post' && String(about.video.id) === remoteId;
  return 'comment' in about ? type === 'message' && String(about.comment.id) === remoteId : type === 'member' && String(about.account.id) === remoteId;
}

/** A platform for the conformance suite. */
export async function startFar(reports: number, io: TestIo): Promise<FarPlatform> {
  const far = await startFarServer(io.truly);
  const { world } = far;
  publish(far, reports);
  return {
    values: { server: far.server.origin, username: 'rosa' },
    secrets: { password: PASSWORD },
    server: far.server,
    publish: (count) => publish(far, count),
    open: () => world.shown().filter(({ state }) => state === 1).map(({ id }) => String(id)),
    actions: world.actions,
    handle(subject: RemoteSubject, verb: Verb) {
      // Whoever dismisses meets acceptance; whoever removes meets a rejection. PeerTube does not say by whom.
      for (const abuse of world.abuses) if (isAbout(abuse, subject)) world.set(abuse, verb === 'dismiss' ? 3 : 2);
      return null;
    },
    close: far.close,
  };
}

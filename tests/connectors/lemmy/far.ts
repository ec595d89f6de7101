import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import type { Version } from './render.ts';
import { PASSWORD, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';

/** Files reports of every kind: posts, the same post twice, comments and their answers, private messages, and in 1.0 communities. */
export function publish({ world, setup, me }: FarServer, count: number): void {
  for (let made = 0; made < count; made += 1) {
    const n = world.reports.length;
    const by = world.person(`reporter${n % 90}`, n % 3 === 0 ? 'elsewhere.example' : 'far.example');
    const author = world.person(`member${n % 300}`);
    const last = world.reports.at(-1);
    const community = world.community(n % 5 === 0 ? 'side' : 'main');
    if (n % 9 === 8 && last !== undefined) world.report(by, last.about, 'Again');
    else if (n % 9 === 4) world.report(by, { kind: 'private_message', it: world.message(author, me, `Message ${n}`) });
    else if (n % 25 === 9 && setup.version === 'v4') world.report(by, { kind: 'community', it: world.community(`place${n}`) });
    else if (n % 2 === 1) world.report(by, { kind: 'comment', it: world.comment(author, `Comment ${n}`, world.posts.at(-1) ?? world.post(author, 'First'), world.comments.at(-1) ?? null) });
    else world.report(by, { kind: 'post', it: world.post(author, `Post ${n}`, 'Words', community) }, n % 4 === 0 ? 'spam' : 'I do not like it');
    const it = world.reports.at(-1)?.about;
    if (n % 30 === 16 && it !== undefined && (it.kind === 'post' || it.kind === 'comment')) it.it.removed = true;
  }
}

/** A platform for the conformance suite. */
export async function startFar(version: Version, reports: number, io: TestIo): Promise<FarPlatform> {
  const far = await startFarServer(version, io.truly);
  const { world, ines } = far;
  publish(far, reports);
  return {
    values: { server: far.server.origin, username: 'rosa' },
    secrets: { password: PASSWORD },
    server: far.server,
    publish: (count) => publish(far, count),
    open: () => world.open().map(({ id, about }) => `${about.kind}/${id}`),
    actions: world.actions,
    handle(subject: RemoteSubject, verb: Verb) {
      const about = world.reports.filter((report) => `${report.about.kind}/${report.about.it.id}` === subject.remoteId);
      const [first] = about;
      if (first === undefined) throw new Error('nothing about it is open');
      // Whoever dismisses meets a removal; whoever removes meets a dismissal.
      if (verb === 'dismiss') world.remove(first.about, ines, true, 'No');
      else for (const report of about) world.resolve(report, ines);
      return '@ines@far.example';
    },
    close: far.close,
  };
}

import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { TOKEN, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';
import type { Kind } from './world.ts';

/** Files reports of every sort: about single posts, the same post twice, several posts at once, and accounts. */
export function publish({ world }: FarServer, count: number): void {
  let last = [...world.reports.values()].at(-1);
  for (let made = 0; made < count; made += 1) {
    const n = world.reports.size;
    const by = `reporter${n % 90}`;
    const about = world.account(`member${n % 400}`);
    if (n % 4 === 1) last = world.report({ by, about });
    else if (n % 10 === 6 && last !== undefined) last = world.report({ by, about: last.target, posts: last.posts.flatMap((id) => world.posts.get(id) ?? []) });
    else if (n % 50 === 8) last = world.report({ by, about, posts: [world.post(about, '<p>One</p>'), world.post(about, '<p>Two</p>')] });
    else last = world.report({ by, about, posts: [world.post(about, `<p>Post ${n}</p>`)] });
  }
}

/** A platform for the conformance suite. */
export async function startFar(kind: Kind, reports: number, io: TestIo): Promise<FarPlatform> {
  const far = await startFarServer(kind, io.truly);
  const { world, ines } = far;
  publish(far, reports);
  return {
    values: { server: far.server.origin },
    secrets: { token: TOKEN },
    server: far.server,
    publish: (count) => publish(far, count),
    open: () => world.open().map(({ id }) => id),
    actions: () => world.deeds.length,
    handle(subject: RemoteSubject, verb: Verb) {
      const about = world.open().filter((report) => (subject.type === 'post' ? report.posts.includes(subject.remoteId) : report.posts.length === 0 && report.target.id === subject.remoteId));
      const [first] = about;
      if (first === undefined) throw new Error('nothing about it is open');
      // Whoever dismisses meets a limit; whoever limits meets a dismissal.
      if (verb === 'dismiss') first.target.suspended = true;
      for (const { id } of about) world.resolve(id, ines);
      return '@ines';
    },
    close: far.close,
  };
}

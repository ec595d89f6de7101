import { lookOf } from '../../../src-main/connectors/http/known.ts';
import type { TestIo } from '../../support/connector-io.ts';
import type { FarPlatform } from '../conformance.ts';
import { CLIENT, startReddit } from './server.ts';
import type { Thing } from './world.ts';

const SUBS = ['harbour', 'harbourhelp', 'harbourpics', 'harbourtalk'];
/** Posts that come first, so that each decision finds one. */
const POSTS_FIRST = 12;

/** The ids of a thing's open reports. */
export function reportIds(thing: Thing): readonly string[] {
  const era = thing.approved === null ? 0 : Math.floor(thing.approved.at / 1000);
  const user = thing.removed === null ? thing.userReports : thing.dismissed.user;
  const mod = thing.removed === null ? thing.modReports : thing.dismissed.mod;
  return [
    ...[...user].flatMap(([reason, count]) => Array.from({ length: count }, (_, nth) => `${thing.name}:${era}:u${lookOf([reason ?? ''])}:${nth + 1}`)),
    ...mod.map(([reason, name]) => `${thing.name}:${era}:m${name}:${lookOf([reason ?? ''])}`),
    ...thing.removed?.held === true ? [`${thing.name}:held:${Math.floor(thing.removed.at / 1000) * 1000}`] : [],
  ];
}

/** The scripted Reddit as the conformance suite wants it: posts and comments with three reports each, and some that a filter holds. */
export async function startFar({ reports, io }: { readonly reports: number; readonly io: TestIo }): Promise<FarPlatform> {
  let filed = 0;
  let items = 0;
  const start = io.truly() - reports * 1000;
  let handled = false;
  const reddit = await startReddit(() => (handled ? io.truly() : start + filed * 1000));
  for (const sub of SUBS) reddit.subs.set(sub, { permissions: ['all'] });
  reddit.rules.push({ short_name: 'Be kind', description: 'No insults.', violation_reason: 'Rude', kind: 'all', priority: 0, created_utc: 1_587_949_210 });
  reddit.reasons.set('110nhk', { title: 'Be kind', message: 'Please be kind.' });
  const home = reddit.add({ sub: 'harbour', author: 'rosa' });
  let last: Thing = home;

  function publish(count: number): void {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      if (filed % 3 === 1) {
        items += 1;
        const comment = items > POSTS_FIRST && items % 2 === 0;
        last = reddit.add({ sub: SUBS[items % SUBS.length] ?? '', author: items % 90 === 61 ? '[deleted]' : `member${items % 40}`, text: `Words ${items}`, link: comment ? home.name : null });
        if (items > POSTS_FIRST && items % 10 === 0) {
          reddit.remove(last.name, 'AutoModerator', false, true);
          // This one counts as a report, and nobody else's follows it.
          filed += 2;
          n += 2;
          continue;
        }
      }
      if (filed % 15 === 0) reddit.report(last.name, `Look at this ${filed}`, 'tomas');
      else reddit.report(last.name, filed % 4 === 0 ? null : filed % 7 === 0 ? 'This is spam' : 'No memes');
    }
  }
  publish(reports);
  return {
    values: { client: CLIENT, api: reddit.server.origin },
    secrets: { refreshToken: reddit.refreshToken },
    server: reddit.server,
    publish,
    open: () => [...reddit.things.values()].flatMap(reportIds),
    actions: () => reddit.deeds,
    handle(subject) {
      handled = true;
      reddit.remove(subject.remoteId, 'tomas');
      return 'u/tomas';
    },
    close: reddit.close,
  };
}

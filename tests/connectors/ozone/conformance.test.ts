import { ozone } from '../../../src-main/connectors/ozone/ozone.ts';
import { MOD } from '../../support/ozone/scripted-state.ts';
import { startScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import { describeConformance } from '../conformance.ts';

const NO_DEEDS = new Set([`${MOD}Report`, `${MOD}Tag`]);

describeConformance('Bluesky Ozone', {
  connector: ozone,
  verb: 'remove',
  async start({ reports }) {
    const far = await startScriptedOzone();
    let filed = 0;
    const publish = (count: number): void => {
      for (let n = 0; n < count; n += 1) {
        filed += 1;
        // Every fourth report is about a member, the others about posts of forty members, two reports each.
        if (filed % 4 === 0) far.report(`reporter${filed % 90}`, `member${filed % 40}`);
        else if (filed % 2 === 0 && far.state.posts.size > 0) far.report(`reporter${filed % 90}`, [...far.state.posts.values()].at(-1) ?? `member${filed % 40}`);
        else far.report(`reporter${filed % 90}`, far.addPost(`member${filed % 40}`, `Post ${filed}`));
      }
    };
    publish(reports);
    return {
      values: { service: far.server.origin, handle: 'rosa.test', labeler: far.labeler },
      secrets: { password: far.password },
      server: far.server,
      publish,
      open: () => far.state.events.filter((event) => event.event.$type === `${MOD}Report`).map(({ id }) => String(id)),
      actions: () => far.state.events.filter((event) => !NO_DEEDS.has(event.event.$type)).length,
      handle(subject) {
        far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? subject.remoteId, { $type: `${MOD}Acknowledge` });
        return '@tomas.test';
      },
      close: () => far.server.close(),
    };
  },
});

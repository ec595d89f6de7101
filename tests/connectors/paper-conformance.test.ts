import { PAPER_TOKEN, paperConnector, startPaperPlatform } from '../support/paper-platform.ts';
import { describeConformance } from './conformance.ts';

/** The suite itself, shown to work on a platform of one screen; the model for a new connector's test. */
describeConformance('the smallest platform', {
  connector: paperConnector,
  verb: 'remove',
  async start({ reports }) {
    const paper = await startPaperPlatform();
    paper.publish(reports);
    return {
      values: { url: paper.server.origin },
      secrets: { token: PAPER_TOKEN },
      server: paper.server,
      publish: paper.publish,
      open: paper.reports,
      actions: paper.actions,
      handle(subject) {
        paper.hide(subject.remoteId, 'Ines');
        return 'Ines';
      },
      close: paper.close,
    };
  },
});

import { file } from '../../../src-main/connectors/file/file.ts';
import { readRows } from '../../../src-main/connectors/mapped/reading/read-rows.ts';
import type { FormValues } from '../../../src-main/contract/setup.ts';
import { DELIVERY_SECRET, startEndpoint } from '../../support/mapped/endpoint.ts';
import { ownReport } from '../../support/mapped/reports.ts';
import { describeConformance } from '../conformance.ts';

const COLUMNS = ['report_id', 'category', 'report_comment', 'reported_at', 'subject_id', 'subject_type', 'text', 'url', 'channel', 'posted_at', 'author_id', 'author_name', 'author_handle', 'reporter_id', 'reporter_name'];

/** The file that a person exports: a CSV whose columns have the usual names, so that the mapping is guessed. */
function csvOf(from: number, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const { report, subject, author, reporter } = ownReport(from + index);
    return [report.id, report.category, report.comment, report.at, subject.id, subject.type, subject.text, subject.url, subject.place, subject.at, author.id, author.name, author.handle, reporter.id, reporter.name];
  });
  return [COLUMNS, ...rows].map((cells) => cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n');
}

describeConformance('a file import', {
  connector: file,
  verb: 'remove',
  // Rows arrive with the file; only deliveries ask something of a server.
  leaveOut: ['asking'],
  async start({ reports, io }) {
    const endpoint = await startEndpoint(io.truly);
    const values: FormValues = { name: 'old forum', deliveryUrl: endpoint.url, labels: 'off-topic' };
    let written = 0;

    async function publish(count: number): Promise<void> {
      async function* bytes() {
        yield new TextEncoder().encode(csvOf(written, count));
      }
      for await (const { rows } of readRows(bytes(), { kind: 'csv', encoding: 'utf-8', delimiter: ',' }, '')) await io.inbox.append(rows, null);
      written += count;
    }

    await publish(reports);
    return {
      values, secrets: { deliverySecret: DELIVERY_SECRET }, server: endpoint.server, publish,
      open: () => Array.from({ length: written }, (_, n) => `r${n}`),
      actions: endpoint.carriedOut,
      handle({ remoteId }) {
        endpoint.settle(remoteId, 'Ines');
        return 'Ines';
      },
      close: () => endpoint.server.close(),
    };
  },
});

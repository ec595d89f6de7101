import { previewOf } from '../connectors/mapped/preview.ts';
import type { PreviewRow } from '../connectors/mapped/preview.ts';
import { readRows } from '../connectors/mapped/reading/read-rows.ts';
import { parseRow } from '../connectors/mapped/rows.ts';
import type { FileFormat } from '../contract/imports.ts';
import type { Mapping, MappingPreview } from '../contract/mapping.ts';
import { formatOf } from './import-format.ts';

/** Rows that a preview looks at. */
const ROWS = 2000;

/** What a mapping (null: a guess) makes of the first rows of a file. */
export async function previewFile(chunks: AsyncIterable<Uint8Array>, format: FileFormat, mapping: Mapping | null, receivedAt: number): Promise<MappingPreview> {
  const rows: PreviewRow[] = [];
  let whole = true;
  let bytes = 0;
  for await (const piece of readRows(chunks, format, mapping?.list ?? '')) {
    bytes = piece.bytes;
    rows.push(...piece.rows.slice(0, ROWS + 1 - rows.length).map(({ place, body, problem }) => ({ place, row: problem === null ? parseRow(body) : null, problem })));
    if (rows.length <= ROWS) continue;
    whole = false;
    break;
  }
  const preview = previewOf(rows.slice(0, ROWS), mapping, { whole, receivedAt });
  if (rows.length > 0) return preview;
  return { ...preview, said: bytes === 0 ? 'The file is empty.' : format.kind === 'csv' ? 'The file has a header and no rows.' : 'There are no rows in the file.' };
}

/** The same for an example that a person pasted. */
export function previewText(text: string, mapping: Mapping | null, receivedAt: number): Promise<MappingPreview> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    yield bytes;
  }
  return previewFile(chunks(), formatOf(bytes, 'utf-8', ''), mapping, receivedAt);
}

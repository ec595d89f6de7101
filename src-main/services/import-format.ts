import { encodingOf, makeDecoder, makeUtf8Check } from '../connectors/mapped/reading/encoding.ts';
import { delimiterOf, kindOf } from '../connectors/mapped/reading/format.ts';
import { MOST_DOCUMENT_BYTES } from '../connectors/mapped/reading/read-rows.ts';
import type { FileFormat } from '../contract/imports.ts';
import { Failure } from '../domain/failure.ts';

/** What a person says of a format, over what is found out. */
export type FormatSaid = { readonly [part in keyof FileFormat]?: FileFormat[part] | undefined };

const HEAD_BYTES = 64 * 1024;

/** Finds out how a file is written, by its first bytes and, for UTF-8, by all of them. */
export async function detectFormat(chunks: AsyncIterable<Uint8Array>, name: string): Promise<FileFormat> {
  const check = makeUtf8Check();
  let head: Buffer = Buffer.alloc(0);
  let encoding: FileFormat['encoding'] | null = null;
  for await (const chunk of chunks) {
    if (head.length < HEAD_BYTES) {
      head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
      encoding = encodingOf(head);
    }
    if (encoding !== null && head.length === HEAD_BYTES) break;
    check.push(chunk, false);
  }
  check.push(new Uint8Array(), true);
  return formatOf(head, encoding ?? (check.valid() ? 'utf-8' : 'windows-1252'), name);
}

/** The kind and the delimiter of a text that begins with these bytes. */
export function formatOf(head: Uint8Array, encoding: FileFormat['encoding'], name: string): FileFormat {
  const text = makeDecoder(encoding).push(head, false);
  const kind = kindOf(text, name);
  return { kind, encoding, delimiter: kind === 'csv' ? delimiterOf(text) : null };
}

/** The format with what a person says of it; refuses what would have to be held whole and is too large for that. */
export function formatWith(found: FileFormat, said: FormatSaid, bytes: number): FileFormat {
  const kind = said.kind ?? found.kind;
  if (kind === 'json' && bytes > MOST_DOCUMENT_BYTES) {
    throw new Failure('NOT_POSSIBLE', `A JSON document can have up to ${MOST_DOCUMENT_BYTES / 1_000_000} MB. Export it as JSON Lines (one object a line) or CSV instead.`);
  }
  return { kind, encoding: said.encoding ?? found.encoding, delimiter: kind === 'csv' ? said.delimiter ?? found.delimiter ?? ',' : null };
}

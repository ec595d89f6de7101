import { z } from 'zod';
import { instant, rowId, uuid } from './content.ts';
import { mappingPreview, rowProblem } from './mapping.ts';

/** The most that one `append` may carry, in bytes before base64: well under the largest message of either host. */
export const CHUNK_BYTES = 1024 * 1024;

/** How a file is written: what was found out, or what a person says it is. */
export const fileFormat = z.object({
  kind: z.enum(['csv', 'json-lines', 'json']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  /** For CSV: one character. */
  delimiter: z.string().length(1).nullable(),
});
export type FileFormat = z.infer<typeof fileFormat>;

/**
 * A file's way into the queue. `uploading`: part of it is here. `uploaded`: all of it, and it waits for a person.
 * `reading`: its rows go into the inbox. `arriving`: they go from there into the queue. `failed`: see `said`.
 */
const IMPORT_STATES = ['uploading', 'uploaded', 'reading', 'arriving', 'done', 'failed'] as const;

export const importView = z.object({
  id: uuid,
  /** Null until it is committed to a connection. */
  connectionId: z.string().nullable(),
  name: z.string(),
  bytes: z.number().int(),
  /** Bytes that are here: an upload goes on from this offset. */
  received: z.number().int(),
  state: z.enum(IMPORT_STATES),
  format: fileFormat.nullable(),
  /** Rows read from the file so far; all of them once it is arriving. */
  rows: z.number().int(),
  /** Bytes of the file that are read, for progress. */
  read: z.number().int(),
  /** Rows that are not yet in the queue. */
  waiting: z.number().int(),
  /** Rows that could not be taken and are kept aside. */
  problems: z.number().int(),
  /** What went wrong, or what to know; null while there is nothing. */
  said: z.string().nullable(),
  begunAt: instant,
  endedAt: instant.nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const importPreview = mappingPreview.extend({ format: fileFormat });
export type ImportPreview = z.infer<typeof importPreview>;

/** What arrived and could not be taken, kept until a person reads it again with a better mapping or drops it. */
export const keptAside = rowProblem.extend({
  id: rowId,
  importId: uuid.nullable(),
  receivedAt: instant,
  /** The row or message itself as it came, up to 20,000 characters. */
  body: z.string(),
});
export type KeptAside = z.infer<typeof keptAside>;

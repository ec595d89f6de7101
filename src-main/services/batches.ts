import type { Batch } from '../connectors/connector.ts';
import { ingestBatch } from '../store/ingest.ts';
import type { Store } from '../store/store.ts';
import { keepProgress } from '../store/sync-state.ts';

/** A part of a batch that one transaction takes; only the last one may move the cursor. */
export type Piece = { readonly piece: Batch; readonly last: boolean };

/** Rows that one transaction may take, so that a request of the desk never waits long behind it. */
const ROWS = 200;

function parts<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, index) => rows.slice(index * ROWS, (index + 1) * ROWS));
}

/**
 * A batch as transactions: itself, where it keeps to the size that connectors promise, else in pieces, members before
 * subjects before what refers to them. Only the last piece may move the cursor.
 */
export function batchPieces(batch: Batch): readonly Piece[] {
  const { members, subjects, reports, resolutions } = batch;
  if (Math.max(members.length, subjects.length, reports.length, resolutions.length) <= ROWS) return [{ piece: batch, last: true }];
  const only = (some: Partial<Batch>): Batch => ({ ...batch, members: [], subjects: [], reports: [], resolutions: [], ...some });
  const pieces = [
    ...parts(members).map((some) => only({ members: some })),
    ...parts(subjects).map((some) => only({ subjects: some })),
    ...parts(reports).map((some) => only({ reports: some })),
    ...parts(resolutions).map((some) => only({ resolutions: some })),
  ];
  return pieces.map((piece, index) => ({ piece, last: index === pieces.length - 1 }));
}

/** Stores a piece, and with the batch's last one its cursor, in one transaction; answers the items that it touched. */
export function storePiece(store: Store, connection: number, { piece, last }: Piece, now: number): readonly number[] {
  return store.writeRepeatable(() => {
    const { touched, added } = ingestBatch(store, connection, piece, now);
    keepProgress(store, connection, { cursor: last ? piece.cursor : null, added, total: piece.total, newestAt: newestOf(piece) });
    return touched;
  });
}

function newestOf({ reports }: Batch): number | null {
  return reports.reduce<number | null>((newest, { createdAt }) => (newest === null || createdAt > newest ? createdAt : newest), null);
}

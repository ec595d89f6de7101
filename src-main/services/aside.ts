import type { KeptAside } from '../contract/imports.ts';
import { rowProblem } from '../contract/mapping.ts';
import { Failure } from '../domain/failure.ts';
import { asideCount, asidePage, dropAside, readAgain } from '../store/inbox.ts';
import type { Context } from './context.ts';
import type { Sync } from './sync.ts';

type Which = { readonly connectionId: string; readonly importId: string | null };

/** Of an entry's own text. */
const LETTERS = 20_000;

function numberOf(ctx: Context, { connectionId }: Which): number {
  const connection = ctx.connections.byId(connectionId);
  if (connection === null || connection.removed) throw new Failure('NOT_FOUND', 'This connection is not there any more.');
  return connection.n;
}

/** What arrived at a connection and could not be taken, a page at a time. */
export function listAside(ctx: Context, input: Which & { readonly after: number | null; readonly limit: number }): { rows: KeptAside[]; next: number | null; total: number } {
  const { store } = ctx;
  const n = numberOf(ctx, input);
  const found = asidePage(store, n, input.importId, input.after ?? 0, input.limit + 1);
  const rows = found.slice(0, input.limit).map(({ field, body, ...row }): KeptAside => ({ ...row, field: rowProblem.shape.field.catch(null).parse(field), body: body.slice(0, LETTERS).toWellFormed() }));
  return { rows, next: found.length > input.limit ? rows.at(-1)?.id ?? null : null, total: asideCount(store, n, input.importId) };
}

/** Reads what was kept aside once more, after its mapping was changed. */
export function readAsideAgain(ctx: Context, sync: Pick<Sync, 'wake'>, input: Which): { count: number } {
  const { store } = ctx;
  const n = numberOf(ctx, input);
  const count = store.write(() => readAgain(store, n, input.importId));
  ctx.changed(['imports']);
  sync.wake(n);
  return { count };
}

/** Drops what was kept aside: those named, or all of the import or connection. */
export function dropFromAside(ctx: Context, input: Which & { readonly ids: readonly number[] | null }): { count: number } {
  const { store } = ctx;
  const n = numberOf(ctx, input);
  const count = store.write(() => dropAside(store, n, input.importId, input.ids));
  ctx.changed(['imports']);
  return { count };
}

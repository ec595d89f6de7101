import type { SearchHit } from '../contract/contract.ts';
import { caseById } from '../store/cases.ts';
import { guidelineById } from '../store/guidelines.ts';
import { itemRows } from '../store/item-rows.ts';
import { noteById } from '../store/notes.ts';
import type { NoteRow } from '../store/notes.ts';
import { findItems, findWork } from '../store/search.ts';
import type { WorkKind } from '../store/search.ts';
import { memberByKey, subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';

const EXCERPT_CHARACTERS = 160;
/** Of our own work, at most this share of the hits. */
const MOST_WORK = 20;

/** Cases, guidelines and notes first, then items, newest first; through disguised spellings, and as one types. */
export function findEverything(ctx: Context, input: { readonly text: string; readonly limit: number }): SearchHit[] {
  const { store } = ctx;
  const work = findWork(store, input.text, Math.min(MOST_WORK, input.limit)).flatMap(({ kind, id }) => workHit(ctx, kind, id) ?? []);
  const items = itemRows(store, findItems(store, input.text, input.limit - work.length)).map((row): SearchHit => ({
    kind: 'item', id: String(row.id), title: row.snippet, detail: [row.author?.handle, row.place, row.state].filter(Boolean).join(' · '),
  }));
  return [...work, ...items];
}

function workHit(ctx: Context, kind: WorkKind, id: string): SearchHit | null {
  const { store } = ctx;
  switch (kind) {
    case 'case': {
      const row = caseById(store, id);
      return row === undefined || row.title === null ? null : { kind, id, title: row.title, detail: `Case ${row.number} · ${row.stage}` };
    }
    case 'guideline': {
      const row = guidelineById(store, id);
      return row === undefined ? null : { kind, id, title: `${row.number} ${row.title}`, detail: row.retired ? 'Retired' : `Version ${row.version}` };
    }
    case 'note': {
      const row = noteById(store, id);
      if (row === undefined || row.text === null || !mayRead(ctx, row)) return null;
      return { kind, id: aboutId(ctx, row), title: excerpt(row.text), detail: `Note on ${row.about_kind} · ${row.author}` };
    }
  }
}

/** What a note is about, by the id the desk knows it by. */
function aboutId(ctx: Context, note: NoteRow): string {
  switch (note.about_kind) {
    case 'case': return note.about_key;
    case 'item': return String(subjectByKey(ctx.store, note.about_key)?.id ?? note.id);
    case 'member': return String(memberByKey(ctx.store, note.about_key)?.id ?? note.id);
  }
}

function mayRead(ctx: Context, note: NoteRow): boolean {
  return (note.audience !== 'me' || note.author === ctx.settings().actor) && (note.expires_at === null || note.expires_at > ctx.now());
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT_CHARACTERS ? line : `${line.slice(0, EXCERPT_CHARACTERS - 1)}…`;
}

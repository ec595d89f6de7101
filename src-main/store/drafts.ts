import type { Store } from './store.ts';

/** The unsent text of a box. */
export function draftOf(store: Store, box: string): string | undefined {
  return store.sql<[string], { text: string }>('draft-get', 'SELECT text FROM drafts WHERE box = ?').get(box)?.text;
}

/** Keeps a box's text in place of what it held. */
export function putDraft(store: Store, box: string, text: string, at: number): void {
  store.sql<[string, string, number]>('draft-put', `
    INSERT INTO drafts (box, text, at) VALUES (?, ?, ?) ON CONFLICT (box) DO UPDATE SET text = excluded.text, at = excluded.at
  `).run(box, text, at);
}

/** Forgets a box. */
export function dropDraft(store: Store, box: string): void {
  store.sql<[string]>('draft-drop', 'DELETE FROM drafts WHERE box = ?').run(box);
}

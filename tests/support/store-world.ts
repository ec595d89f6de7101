import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Batch, RemoteMember, RemoteReport, RemoteSubject } from '../../src-main/connectors/connector.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';

export type StoreWorld = { readonly store: Store } & Disposable;

/** A real database of its own with one connection, number 1: platform `forum` on `forum.example`. */
export function makeStoreWorld(): StoreWorld {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'docket-store-'));
  const store = openStore({ file: path.join(dir, 'docket.db'), log: { info: () => undefined, warn: () => undefined }, now: () => 0 });
  store.db.prepare(`INSERT INTO connections (n, id, platform, title, instance, settings, settings_event) VALUES (1, 'forum', 'forum', 'Forum', 'forum.example', '{}', 1)`).run();
  return {
    store,
    [Symbol.dispose]() {
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function aMember(remoteId: string, more: Partial<RemoteMember> = {}): RemoteMember {
  return { remoteId, name: remoteId, handle: `@${remoteId}`, joinedAt: null, postCount: null, standing: [], url: null, ...more };
}

export function aPost(remoteId: string, more: Partial<RemoteSubject> = {}): RemoteSubject {
  return {
    type: 'post', remoteId, authorId: 'author', extra: {}, text: `Text of ${remoteId}`, html: null, createdAt: 1, editedAt: null, deletedAt: null, removed: false,
    url: null, language: 'en', place: null, media: [], revision: null, ...more,
  };
}

export function aReport(remoteId: string, post: string, more: Partial<RemoteReport> = {}): RemoteReport {
  return { remoteId, subject: { type: 'post', remoteId: post }, reporterId: 'reporter', category: 'spam', remoteCategory: null, comment: '', createdAt: 100, open: true, ...more };
}

export function aBatch(more: Partial<Batch>): Batch {
  return { members: [], subjects: [], reports: [], resolutions: [], cursor: '1', total: null, ...more };
}

/** Every row of every ordinary table that holds what platforms say, for comparisons of the whole. */
export function platformRows(store: Store): Readonly<Record<string, unknown[]>> {
  return Object.fromEntries(['members', 'subjects', 'subject_edits', 'reports', 'resolutions', 'items', 'counts']
    .map((table) => [table, store.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]));
}

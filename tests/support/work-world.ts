import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Account, Batch, Capability, RemoteReport, RemoteSubject } from '../../src-main/connectors/connector.ts';
import { settings } from '../../src-main/contract/setup.ts';
import type { Settings } from '../../src-main/contract/setup.ts';
import type { Category, Verb } from '../../src-main/contract/words.ts';
import { makeConnectionBook } from '../../src-main/services/connection-book.ts';
import type { Context, Topic } from '../../src-main/services/context.ts';
import { seedGuidelines } from '../../src-main/services/guidelines.ts';
import { recordEvent } from '../../src-main/services/record.ts';
import { ingestBatch } from '../../src-main/store/ingest.ts';
import { itemRow } from '../../src-main/store/item-rows.ts';
import { openStore } from '../../src-main/store/open.ts';
import { keepAccount } from '../../src-main/store/sync-state.ts';
import { subjectByKey } from '../../src-main/store/subjects.ts';
import { makeMemoryHost } from './platform-world.ts';

const DAY = 86_400_000;
const reversible = (target: 'subject' | 'member', more: Partial<Extract<Capability, { can: true }>> = {}): Capability => ({ can: true, target, reversible: true, ...more });

/** A forum that can do nearly everything, and says for how long. */
const FORUM: { readonly [verb in Verb]?: Capability } = {
  remove: reversible('subject'),
  restore: reversible('subject'),
  dismiss: reversible('subject'),
  label: reversible('subject', { labels: ['spoiler', 'graphic'] }),
  lock: reversible('subject'),
  warn: { can: true, target: 'member', reversible: false, message: true },
  message: { can: true, target: 'member', reversible: false },
  mute: reversible('member', { durations: [DAY, 3 * DAY] }),
  suspend: reversible('member', { durations: [14 * DAY, null], message: true }),
};
/** A chat that can only hide. */
const CHAT: { readonly [verb in Verb]?: Capability } = {
  remove: { can: true, target: 'subject', reversible: false },
  mute: { can: false, why: 'This chat has no mute.' },
};

export type WorkWorld = {
  readonly ctx: Context;
  readonly dataDir: string;
  readonly changed: { readonly topics: readonly Topic[]; readonly items: readonly number[] }[];
  /** Lets time pass. */
  readonly pass: (ms: number) => void;
  readonly set: (changes: Partial<Settings>) => void;
  /** Reports a post by `author` and answers its item; a second call on the same post is a second report. */
  readonly report: (post: string, more?: { readonly author?: string; readonly on?: 'forum' | 'chat'; readonly text?: string; readonly category?: Category; readonly comment?: string; readonly verbs?: RemoteSubject['verbs'] }) => number;
  /** What the version of the item is now, as a decision names it. */
  readonly seen: (...ids: readonly number[]) => { id: number; basis: number }[];
  readonly item: (id: number) => NonNullable<ReturnType<typeof itemRow>>;
  readonly stop: () => void;
};

/** A real store with two platforms' reports in it and the services' context, on a clock of the test's own. */
export function makeWorkWorld(): WorkWorld {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'docket-work-'));
  let now = Date.parse('2026-05-01T12:00:00Z');
  let said = settings.parse({ actor: 'Ines' });
  const changed: { topics: readonly Topic[]; items: readonly number[] }[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: () => 'trace' };
  const store = openStore({ file: path.join(dataDir, 'docket.db'), log, now: () => now });
  // What a crash of the machine would lose is not what these tests are about; it makes them quick.
  store.db.pragma('synchronous = OFF');
  const ctx: Context = {
    store, connections: makeConnectionBook(store), dataDir, host: makeMemoryHost().client, fetch, now: () => now, random: () => 0.5,
    uuid: randomUUID, log, settings: () => said, device: 'desk-1', signal: new AbortController().signal,
    changed: (topics, items = []) => void changed.push({ topics, items }),
  };
  for (const [id, capabilities] of [['forum', FORUM], ['chat', CHAT]] as const) {
    recordEvent(ctx, {
      id: randomUUID(), kind: 'connection.added', source: 'pointer', subjects: [],
      public: { connectionId: id, platform: id, instance: `${id}.example`, title: id, provisioned: false }, payload: { settings: {} },
    });
    const account: Account = { name: 'mod', instance: `${id}.example`, scopes: [], missing: [], capabilities: { post: capabilities, member: capabilities }, pollMs: 1000 };
    ctx.connections.reload();
    keepAccount(store, ctx.connections.byId(id)?.n ?? 0, account);
  }
  ctx.connections.reload();
  seedGuidelines(ctx);

  return {
    ctx, dataDir, changed,
    pass: (ms) => void (now += ms),
    set: (changes) => void (said = { ...said, ...changes }),
    report(post, { author = 'kestrel', on = 'forum', text = `What ${post} says`, category = 'harassment', comment = 'Please look', verbs } = {}) {
      now += 1000;
      const subject: RemoteSubject = {
        type: 'post', remoteId: post, authorId: author, extra: {}, text, html: null, createdAt: now - 60_000, editedAt: null, deletedAt: null,
        removed: false, url: null, language: 'en', place: 'general', media: [], revision: 'r1', ...(verbs === undefined ? {} : { verbs }),
      };
      const report: RemoteReport = {
        remoteId: `report-${now}`, subject: { type: 'post', remoteId: post }, reporterId: 'jun', category, remoteCategory: null, comment, createdAt: now, open: true,
      };
      const member = (id: string) => ({ remoteId: id, name: id, handle: `@${id}@${on}.example`, joinedAt: null, postCount: null, standing: [], url: null });
      const batch: Batch = { members: [member(author), member('jun')], subjects: [subject], reports: [report], resolutions: [], cursor: String(now), total: null };
      store.write(() => ingestBatch(store, ctx.connections.byId(on)?.n ?? 0, batch, now));
      now += 1000;
      return subjectByKey(store, `${on}:${on}.example:post:${post}`)?.id ?? 0;
    },
    seen: (...ids) => ids.map((id) => ({ id, basis: itemRow(store, id)?.version ?? -1 })),
    item(id) {
      const row = itemRow(store, id);
      if (row === undefined) throw new Error(`no item ${id}`);
      return row;
    },
    stop() {
      store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

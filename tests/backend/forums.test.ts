import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Verb } from '../../src-main/contract/words.ts';
import { startForum, KEY } from '../connectors/discourse/server.ts';
import { PASSWORD, startFarServer } from '../connectors/lemmy/server.ts';
import { startNodebb, TOKEN } from '../connectors/nodebb/server.ts';
import { startTestBackend } from '../support/backend.ts';

/** A forum with one reported post in it, and how it stands there. */
type Far = {
  readonly platform: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly isRemoved: () => boolean;
  readonly close: () => Promise<void>;
};

const FARS: readonly (readonly [string, () => Promise<Far>])[] = [
  ['Discourse', async () => {
    const forum = await startForum(Date.now);
    const post = forum.addPost(forum.addUser('piet'), 'Buy now');
    forum.flag(post, forum.addUser('mara'));
    return { platform: 'discourse', settings: { url: forum.server.origin, username: 'ines' }, secrets: { key: KEY }, isRemoved: () => forum.posts.get(post)?.deletedAt !== null, close: forum.close };
  }],
  ['NodeBB', async () => {
    const forum = await startNodebb(Date.now);
    const post = forum.addPost(forum.addUser('piet'), 'Buy now');
    forum.flag('post', post, forum.addUser('mara'), 'Spam');
    return { platform: 'nodebb', settings: { url: forum.server.origin }, secrets: { token: TOKEN }, isRemoved: () => forum.posts.get(post)?.deleted === true, close: forum.close };
  }],
  ...(['v3', 'v4'] as const).map((version) => [`Lemmy by ${version}`, async (): Promise<Far> => {
    const far = await startFarServer(version, Date.now);
    const post = far.world.post(far.world.person('piet'), 'Buy now');
    far.world.report(far.world.person('mara'), { kind: 'post', it: post });
    return { platform: 'lemmy', settings: { server: far.server.origin, username: 'rosa' }, secrets: { password: PASSWORD }, isRemoved: () => post.removed, close: far.close };
  }] as const),
];

const WAIT = { timeout: 10_000, interval: 50 };
let far: Far | null = null;
afterEach(() => far?.close());

describe('a forum in the whole product, by way of a connections file', () => {
  test.each(FARS)('%s: from the report to the removal and back', async (_name, start) => {
    far = await start();
    const { platform, settings, secrets, isRemoved } = far;
    await using backend = await startTestBackend({ provisioned: [{ at: 'connections[0]', id: 'harbour', platform, title: 'Harbour', settings, secrets }], settings: { undoSeconds: 0 } });
    const { client } = backend;
    const rows = async () => (await client.queue.page({ filter: {} })).rows;
    await vi.waitFor(async () => expect(await rows()).toHaveLength(1), WAIT);
    const [row] = await rows();
    if (row === undefined) throw new Error('nothing came');
    const items = () => client.queue.items({ ids: [row.id] });
    await vi.waitFor(async () => expect((await items())[0]?.contextAt).not.toBeNull(), WAIT);
    const [item] = await items();
    expect(item).toMatchObject({ subject: { author: { handle: expect.stringContaining('@piet') } }, reports: [{ open: true }] });
    expect(item?.verbs.filter(({ can }) => can).map(({ verb }) => verb)).toEqual(expect.arrayContaining<Verb>(['remove', 'dismiss', 'lock', 'suspend']));

    const id = randomUUID();
    await client.decide.record({ id, items: [{ id: row.id, basis: item?.row.version ?? 0 }], actions: [{ verb: 'remove' }], guidelineId: item?.guidelines[0] ?? null, reason: 'Adverts', source: 'key' });
    await vi.waitFor(async () => expect((await items())[0]?.decisions[0]?.deliveries).toMatchObject([{ verb: 'remove', state: 'sent' }]), WAIT);
    expect(isRemoved()).toBe(true);
    await client.decide.undo({ id: randomUUID(), source: 'key' });
    await vi.waitFor(() => expect(isRemoved()).toBe(false), WAIT);
    expect(backend.logged.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

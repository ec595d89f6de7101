import type { Entry, FarComment, FarCommunity, FarMessage, FarPerson, FarPost, FarReport, World } from './world.ts';

/** Answers in the words of one version: v4 says `published_at` where v3 says `published`, and moves the ban beside the person. */
export type Version = 'v3' | 'v4';
type Json = Record<string, unknown>;

const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');
const some = (fields: Json): Json => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

export function renderer(version: Version, world: World) {
  const times = (made: number, edited: number | null): Json => (version === 'v3' ? some({ published: iso(made), updated: edited === null ? null : iso(edited) }) : some({ published_at: iso(made), updated_at: edited === null ? null : iso(edited) }));
  const address = (path: string, host = 'far.example'): Json => (version === 'v3' ? { actor_id: `https://${host}/${path}` } : { ap_id: `https://${host}/${path}` });

  const person = (one: FarPerson): Json => ({
    id: one.id, name: one.name, ...times(one.made, null), ...address(`u/${one.name}`, one.host), local: one.host === 'far.example', deleted: false, bot_account: false, instance_id: 1,
    ...(version === 'v3' ? some({ banned: one.banned, ban_expires: one.banExpires === null ? null : iso(one.banExpires) }) : { last_refreshed_at: iso(one.made), post_count: 3, comment_count: 9 }),
  });
  const community = (one: FarCommunity): Json => ({
    id: one.id, name: one.name, title: one.name.toUpperCase(), ...(version === 'v3' ? { description: one.sidebar } : { sidebar: one.sidebar }), removed: one.removed, deleted: false, nsfw: false,
    ...times(one.made, null), ...address(`c/${one.name}`), local: true,
  });
  const post = (one: FarPost): Json => some({
    id: one.id, name: one.name, url: one.url, body: one.body, creator_id: one.author.id, community_id: one.community.id, removed: one.removed, locked: one.locked, deleted: one.deleted, nsfw: false,
    ...times(one.made, one.edited), ap_id: `https://far.example/post/${one.id}`, local: true, language_id: 37,
  });
  const comment = (one: FarComment): Json => ({
    id: one.id, creator_id: one.author.id, post_id: one.post.id, content: one.content, removed: one.removed, deleted: one.deleted, path: one.path, ...times(one.made, one.edited),
    ap_id: `https://far.example/comment/${one.id}`, local: true, distinguished: false, language_id: 37, ...(version === 'v4' ? { locked: one.locked } : {}),
  });
  const message = (one: FarMessage): Json => ({ id: one.id, creator_id: one.author.id, recipient_id: one.to.id, content: one.content, deleted: false, read: true, ...times(one.made, null), ap_id: '', local: true });
  const around = (author: FarPerson | null, place: FarCommunity | null): Json => ({
    creator_banned_from_community: place !== null && author !== null && place.banned.has(author.id), creator_is_moderator: false, creator_is_admin: false,
    ...(version === 'v4' ? some({ creator_banned: author !== null && (author.banned || author.bannedElsewhere), creator_ban_expires_at: author?.banExpires === null || author === null ? null : iso(author.banExpires) }) : { subscribed: 'NotSubscribed', saved: false, creator_blocked: false }),
  });

  const postView = (one: FarPost): Json => ({ post: post(one), creator: person(one.author), community: community(one.community), ...around(one.author, one.community) });
  const commentView = (one: FarComment): Json => ({ comment: comment(one), creator: person(one.author), post: post(one.post), community: community(one.post.community), ...around(one.author, one.post.community) });

  function report(one: FarReport): Json {
    const { kind, it } = one.about;
    const original = { post: 'original_post_name', comment: 'original_comment_text', private_message: 'original_pm_text', community: 'original_community_name' }[kind];
    const row: Json = some({
      id: one.id, creator_id: one.by.id, [`${kind}_id`]: it.id, [original]: one.said, reason: one.reason, resolved: one.resolved, resolver_id: one.resolver?.id ?? null,
      ...times(one.made, one.updated), ...(version === 'v4' ? some({ conclusion: one.conclusion, ...(kind === 'post' || kind === 'comment' ? { violates_instance_rules: false } : {}) }) : {}),
    });
    const common = some({ [`${kind}_report`]: row, creator: person(one.by), resolver: one.resolver === null ? null : person(one.resolver) });
    const tagged = version === 'v4' ? { type_: kind, ...common } : common;
    switch (one.about.kind) {
      case 'post': return { ...tagged, post: post(one.about.it), community: community(one.about.it.community), post_creator: person(one.about.it.author), ...around(one.about.it.author, one.about.it.community) };
      case 'comment': {
        const { it: about } = one.about;
        return { ...tagged, comment: comment(about), post: post(about.post), community: community(about.post.community), comment_creator: person(about.author), ...around(about.author, about.post.community) };
      }
      case 'private_message': {
        const { it: about } = one.about;
        return {
          ...tagged, private_message: message(about),
          private_message_creator: person(about.author), ...(version === 'v4' ? { creator_banned: about.author.banned } : {}),
        };
      }
      case 'community': return { ...tagged, community: community(one.about.it), ...around(null, null) };
    }
  }

  /** v3 keeps a list for each kind of entry, v4 one for all. */
  function log(entries: readonly Entry[]): Json {
    if (version === 'v4') {
      return { items: entries.map(({ id, kind, revert, reason, at, expires, by, person: whom }) => some({ modlog: some({ id, kind, is_revert: revert, reason, published_at: iso(at), expires_at: expires === null ? null : iso(expires), child_count: 0 }), moderator: person(by), target_person: whom === null ? null : person(whom) })) };
    }
    const lists: Record<string, unknown[]> = { removed_posts: [], locked_posts: [], removed_comments: [], banned_from_community: [], banned: [], added: [] };
    const names: Record<string, string> = { mod_remove_post: 'removed_posts', mod_lock_post: 'locked_posts', mod_remove_comment: 'removed_comments', mod_ban_from_community: 'banned_from_community', admin_ban: 'banned' };
    for (const { id, kind, revert, reason, at, by, thing } of entries) {
      const name = kind === 'admin_ban' ? 'mod_ban' : kind;
      const flag = name.includes('remove') ? 'removed' : name.includes('lock') ? 'locked' : 'banned';
      lists[names[kind] ?? 'added']?.push({ [name]: { id, mod_person_id: by.id, reason, [flag]: !revert, when_: iso(at), ...(thing === null ? {} : { [`${thing.kind}_id`]: thing.it.id }) }, moderator: person(by) });
    }
    return lists;
  }
  return { person, community, post, comment, message, postView, commentView, report, log, world };
}
export type Renderer = ReturnType<typeof renderer>;

import type { Routes, WireAnswer, WireRequest } from '../../support/wire-server.ts';
import type { Renderer, Version } from './render.ts';
import { refusal } from './server.ts';
import type { Setup } from './server.ts';
import type { FarKind, FarPerson, FarReport, World } from './world.ts';

export type Within = { readonly version: Version; readonly world: World; readonly setup: Setup; readonly me: FarPerson; readonly render: Renderer };

const KIND_OF: Readonly<Record<string, FarKind>> = { posts: 'post', comments: 'comment', private_messages: 'private_message', communities: 'community' };

/** 0.19 names kinds of entries otherwise (crates/db_schema, ModlogActionType). */
const MODLOG_KINDS: Readonly<Record<string, string>> = {
  ModBan: 'admin_ban', ModBanFromCommunity: 'mod_ban_from_community', ModRemovePost: 'mod_remove_post', ModRemoveComment: 'mod_remove_comment', ModLockPost: 'mod_lock_post',
};

function limited(query: URLSearchParams): number | null {
  return Number(query.get('limit') ?? 10) > 50 ? null : Number(query.get('limit') ?? 10);
}

/** The lists and views; who is no admin sees what belongs to the communities they moderate. */
export function readRoutes({ version, world, setup, me, render }: Within): Routes {
  const gone = (kind: string): WireAnswer => (version === 'v3' ? refusal('v3', `couldnt_find_${kind}`) : refusal('v4', 'not_found', 404));
  const seen = (report: FarReport): boolean => {
    if (setup.admin) return true;
    const { about } = report;
    const place = about.kind === 'post' ? about.it.community : about.kind === 'comment' ? about.it.post.community : null;
    return place !== null && setup.moderates.includes(place.name);
  };
  /** Open ones oldest first, all newest first. */
  const listed = (query: URLSearchParams, kinds: readonly FarKind[]): FarReport[] => {
    const open = query.get('unresolved_only') === 'true';
    const found = (open ? world.open() : world.reports).filter((report) => kinds.includes(report.about.kind) && seen(report));
    return open ? found : found.toReversed();
  };

  const view = (kind: 'post' | 'comment') => ({ query }: WireRequest): WireAnswer => {
    const post = world.posts.find(({ id }) => String(id) === query.get('id'));
    const comment = world.comments.find(({ id }) => String(id) === query.get('id'));
    if (kind === 'post') return post === undefined ? gone('post') : { json: { post_view: render.postView(post), moderators: [], cross_posts: [] } };
    return comment === undefined ? gone('comment') : { json: { comment_view: render.commentView(comment), recipient_ids: [] } };
  };

  const page3 = (kind: FarKind) => ({ query }: WireRequest): WireAnswer => {
    const limit = limited(query);
    if (limit === null) return refusal('v3', 'couldnt_get_posts');
    if (kind === 'private_message' && !setup.admin) return refusal('v3', 'not_an_admin');
    if (!setup.admin && setup.moderates.length === 0) return refusal('v3', 'not_a_mod_or_admin');
    const only = query.get(`${kind}_id`);
    const found = listed(query, [kind]).filter(({ about }) => only === null || String(about.it.id) === only);
    const from = (Number(query.get('page') ?? 1) - 1) * limit;
    return { json: { [`${kind}_reports`]: found.slice(from, from + limit).map(render.report) } };
  };

  const page4 = ({ query }: WireRequest): WireAnswer => {
    const limit = limited(query);
    if (limit === null) return refusal('v4', 'invalid_fetch_limit');
    const kind = KIND_OF[query.get('type_') ?? 'all'];
    const post = query.get('post_id');
    const found = listed(query, kind === undefined ? ['post', 'comment', 'private_message', 'community'] : [kind])
      .filter(({ about }) => post === null || (about.kind === 'post' && String(about.it.id) === post) || (about.kind === 'comment' && String(about.it.post.id) === post));
    // A cursor is a place in the list by the last report there, which need not be open any more, but has to be there.
    const cursor = query.get('page_cursor');
    if (cursor !== null && !world.reports.some(({ made }) => made === Number.parseInt(cursor.slice(1), 36))) return gone('report');
    const sorted = query.get('unresolved_only') === 'true' ? 1 : -1;
    const after = cursor === null ? found : found.filter(({ made }) => (made - Number.parseInt(cursor.slice(1), 36)) * sorted > 0);
    const page = after.slice(0, limit);
    const last = page.at(-1);
    // A full last page names a next one all the same, which is empty.
    return { json: { items: page.map(render.report), ...(page.length < limit || last === undefined ? {} : { next_page: `P${last.made.toString(36)}` }), ...(cursor === null ? {} : { prev_page: `Q${cursor}` }) } };
  };

  /** Both sides of a conversation, newest first. */
  const conversation = (id: string | null) => world.messages.filter(({ author, to }) => [author, to].includes(me) && [author.id, to.id].map(String).includes(id ?? '')).toReversed();

  const common: Routes = {
    'GET /post': view('post'),
    'GET /comment': view('comment'),
    'GET /community': ({ query }) => {
      const found = world.communities.find(({ id }) => String(id) === query.get('id'));
      return found === undefined ? gone('community') : { json: { community_view: { community: render.community(found), can_mod: true }, moderators: [] } };
    },
    'GET /comment/list': ({ query }) => {
      const parent = query.get('parent_id');
      const found = world.comments.filter(({ post, path }) => String(post.id) === query.get('post_id') && (parent === null || path.includes(`.${parent}.`) || path.endsWith(`.${parent}`)));
      return { json: { [version === 'v3' ? 'comments' : 'items']: found.map(render.commentView) } };
    },
    'GET /modlog': ({ query }) => {
      const kind = MODLOG_KINDS[query.get('type_') ?? ''] ?? query.get('type_');
      const found = world.log.filter((entry) => (query.get('other_person_id') === null || String(entry.person?.id) === query.get('other_person_id')) && (kind === null || entry.kind === kind) && (version === 'v3' || !entry.bulk || query.get('show_bulk') === 'true')
        && ['post', 'comment'].every((one) => query.get(`${one}_id`) === null || (entry.thing?.kind === one && String(entry.thing.it.id) === query.get(`${one}_id`))));
      return { json: render.log(found.toReversed().slice(0, Number(query.get('limit') ?? 20))) };
    },
  };
  const written = (id: string | null) => ({
    posts: world.posts.filter(({ author }) => String(author.id) === id).slice(-5), comments: world.comments.filter(({ author }) => String(author.id) === id).slice(-5),
  });
  if (version === 'v3') {
    return {
      ...common,
      'GET /post/report/list': page3('post'), 'GET /comment/report/list': page3('comment'), 'GET /private_message/report/list': page3('private_message'),
      'GET /private_message/list': ({ query }) => ({ json: { private_messages: conversation(query.get('creator_id')).map((one) => ({ private_message: render.message(one), creator: render.person(one.author), recipient: render.person(one.to) })) } }),
      'GET /user': ({ query }) => {
        const { posts, comments } = written(query.get('person_id'));
        return { json: { person_view: {}, posts: posts.map(render.postView), comments: comments.map(render.commentView), moderates: [] } };
      },
    };
  }
  return {
    ...common,
    'GET /report/list': page4,
    'GET /account/notification/list': ({ query }) => ({ json: { items: conversation(query.get('creator_id')).map((one) => ({ notification: { id: one.id, kind: 'private_message', read: true, published_at: new Date(one.made).toISOString() }, data: { type_: 'private_message', private_message: render.message(one), creator: render.person(one.author), recipient: render.person(one.to) } })) } }),
    'GET /person/content': ({ query }) => {
      const { posts, comments } = written(query.get('person_id'));
      return { json: { items: [...posts.map((post) => Object.assign(render.postView(post), { type_: 'post' })), ...comments.map((comment) => Object.assign(render.commentView(comment), { type_: 'comment' }))] } };
    },
  };
}

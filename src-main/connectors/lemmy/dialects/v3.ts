import { z } from 'zod';
import { ConnectorError } from '../../connector.ts';
import type { Client } from '../client.ts';
import type { Dialect, Listing, Logged, Page } from '../dialect.ts';
import { latestOfLists, notesOfLists } from '../modlog.ts';
import type { ListName } from '../modlog.ts';
import { readReport } from '../read.ts';
import { row, site, whoInSite } from '../schemas.ts';
import { dedupe, PAGE, sentBy, thingsOf } from './pages.ts';

const RECENT = 10;
/** Kinds of deeds in its log (crates/db_schema, ModlogActionType; lemmy-docs, api/GetModlogResponse). */
const LISTS: Readonly<Record<Exclude<Logged['deed'], 'lock-comment'>, ListName & { readonly type: string }>> = {
  ban: { type: 'ModBan', list: 'banned', entry: 'mod_ban' }, 'ban-here': { type: 'ModBanFromCommunity', list: 'banned_from_community', entry: 'mod_ban_from_community' },
  'remove-post': { type: 'ModRemovePost', list: 'removed_posts', entry: 'mod_remove_post' }, 'remove-comment': { type: 'ModRemoveComment', list: 'removed_comments', entry: 'mod_remove_comment' },
  'remove-community': { type: 'ModRemoveCommunity', list: 'removed_communities', entry: 'mod_remove_community' }, 'lock-post': { type: 'ModLockPost', list: 'locked_posts', entry: 'mod_lock_post' },
};
const rows = z.array(z.unknown());
const person = z.object({ posts: rows.nullish().catch(null), comments: rows.nullish().catch(null) });
const comments = z.object({ comments: rows.catch([]) });
const messages = z.object({ private_messages: z.array(row.catch({})).catch([]) });

async function page(client: Client, listing: Listing, at: string | null, signal: AbortSignal): Promise<Page> {
  const { of, open, about } = listing;
  if (of === 'all' || of === 'community') return { reports: [], next: null };
  const number = Number(at ?? 1);
  // `post_id` and `comment_id` since 0.19.4; servers before that ignore them, and the rows tell themselves apart.
  const only = about === undefined || of === 'private_message' ? {} : { [`${of}_id`]: about.id };
  const answer = await client.get(`/${of}/report/list`, row, 'the list of reports', signal, { page: number, limit: PAGE, unresolved_only: open, ...only });
  const listed = rows.safeParse(answer[`${of}_reports`]);
  const { host } = new URL(client.server);
  if (!listed.success) throw new ConnectorError('unintelligible', `${host} answered the list of reports without a list. Docket tries again.`);
  const reports = listed.data.map((one) => readReport(one, host));
  return { reports: dedupe(reports), next: listed.data.length >= PAGE ? String(number + 1) : null };
}

/** API v3, which 0.19 speaks (tag 0.19.20, src/api_routes_http.rs). */
export const v3: Dialect = {
  id: 'v3',
  title: 'Lemmy 0.19',
  api: '/api/v3',
  login: '/user/login',
  // Only admins are shown reports of private messages (crates/api/src/private_message_report/list.rs).
  lists: (admin) => (admin ? ['post', 'comment', 'private_message'] : ['post', 'comment']),
  page: (client, listing, at, _admin, signal) => page(client, listing, at, signal),
  // A token that it does not know is not refused here: nobody is signed in (tag 0.19.20, src/session_middleware.rs).
  me: (client, signal) => client.get('/site', whoInSite, 'who is signed in', signal),
  site: (client, signal) => client.get('/site', site, 'the instance', signal),
  async comments(client, { postId, parentId }, signal) {
    const found = await client.find('/comment/list', comments, 'the thread', signal, { post_id: postId, parent_id: parentId, sort: 'New', max_depth: 8, limit: RECENT * 3, type_: 'All' });
    return thingsOf('comment', found?.comments ?? [], new URL(client.server).host);
  },
  async recent(client, personId, signal) {
    const found = await client.find('/user', person, 'a member', signal, { person_id: personId, sort: 'New', limit: RECENT });
    const { host } = new URL(client.server);
    return [...thingsOf('post', found?.posts ?? [], host), ...thingsOf('comment', found?.comments ?? [], host)].toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0)).slice(0, RECENT);
  },
  async record(client, personId, signal) {
    const log = await client.find('/modlog', row, 'the moderation log', signal, { other_person_id: personId, limit: RECENT * 3 });
    return notesOfLists(log ?? {}, new URL(client.server).host);
  },
  async latest(client, { deed, only }, signal) {
    if (deed === 'lock-comment') return null;
    const name = LISTS[deed];
    const log = await client.find('/modlog', row, 'the moderation log', signal, { type_: name.type, ...only, limit: RECENT });
    return latestOfLists(log ?? {}, name, only, new URL(client.server).host);
  },
  // By the post's row, whatever its state (tag 0.19.20, crates/api/src/post/lock.rs).
  reachesRemoved: true,
  // One mark on the person, whoever set it: what is lifted here is lifted (crates/db_schema/src/source/person.rs, banned).
  countsOthersBans: false,
  warnings: null,
  // Read ones too, which brings both sides of the conversation (crates/db_views/src/private_message_view.rs).
  async messages(client, personId, meId, signal) {
    const found = await client.find('/private_message/list', messages, 'the messages to a member', signal, { unread_only: false, creator_id: personId, limit: PAGE });
    return sentBy(meId, (found?.private_messages ?? []).map((view) => view['private_message']));
  },
  calls: {
    ban: (personId, ban, reason, expires) => ({ method: 'POST', path: '/user/ban', json: { person_id: Number(personId), ban, remove_data: false, reason, ...(expires === null ? {} : { expires }) } }),
    banHere: (communityId, personId, ban, reason, expires) => ({
      method: 'POST', path: '/community/ban_user',
      json: { community_id: Number(communityId), person_id: Number(personId), ban, remove_data: false, reason, ...(expires === null ? {} : { expires }) },
    }),
    lockComment: null,
    warn: null,
    resolve: (kind, reportId, resolved) => ({ method: 'PUT', path: `/${kind}/report/resolve`, json: { report_id: Number(reportId), resolved } }),
  },
};

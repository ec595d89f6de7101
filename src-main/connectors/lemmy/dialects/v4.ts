import { z } from 'zod';
import { ConnectorError } from '../../connector.ts';
import type { Client } from '../client.ts';
import type { Dialect, Listing, Logged, Page } from '../dialect.ts';
import { latestOfItems, notesOfItems, reasonsOf } from '../modlog.ts';
import type { Kind } from '../model.ts';
import { readReport } from '../read.ts';
import { myself, row, site } from '../schemas.ts';
import { dedupe, PAGE, sentBy, thingsOf } from './pages.ts';

const RECENT = 10;
/** Kinds of deeds in its log (crates/db_schema_file/src/enums.rs, ModlogKind). */
const DEEDS: Readonly<Record<Logged['deed'], string>> = {
  ban: 'admin_ban', 'ban-here': 'mod_ban_from_community', 'remove-post': 'mod_remove_post', 'remove-comment': 'mod_remove_comment', 'remove-community': 'admin_remove_community',
  'lock-post': 'mod_lock_post', 'lock-comment': 'mod_lock_comment',
};
const strictItems = z.object({ items: z.array(z.unknown()), next_page: z.string().nullish() });
const items = z.object({ items: z.array(row.catch({})).catch([]) });

/** Values of `type_` for one kind (crates/db_schema: ReportType). */
const TYPES: Readonly<Record<Listing['of'], string>> = { all: 'all', post: 'posts', comment: 'comments', private_message: 'private_messages', community: 'communities' };

async function page(client: Client, listing: Listing, at: string | null, admin: boolean, signal: AbortSignal, limit = PAGE): Promise<Page> {
  const { of, open, about } = listing;
  const answer = await client.get('/report/list', strictItems, 'the list of reports', signal, {
    type_: TYPES[of], unresolved_only: open, sort: open ? 'old' : 'new', limit, page_cursor: at, post_id: about?.kind === 'post' || about?.kind === 'comment' ? about.postId : null,
    // Without it an admin is not shown what breaks a community's own rules for its first three days (crates/db_views/report_combined).
    show_community_rule_violations: admin ? true : null,
  });
  const { host } = new URL(client.server);
  const reports = dedupe(answer.items.map((one) => readReport(one, host)));
  // A cursor that leads nowhere or back is none.
  const next = answer.next_page === '' || answer.next_page === at ? null : answer.next_page ?? null;
  if (next === null && answer.items.length >= limit) {
    // 1.0 names a next page after every full one, even the last. Where it is missing, a shorter page must name it.
    if (limit === PAGE) return page(client, listing, at, admin, signal, PAGE - 1);
    throw new ConnectorError('unintelligible', `${host} answered the list of reports with a full page that names no next one. Docket tries again.`);
  }
  return { reports, next: answer.items.length === 0 ? null : next };
}

/** API v4, which 1.0 speaks; its compatibility scope for v3 has nothing of moderation but making reports. */
export const v4: Dialect = {
  id: 'v4',
  title: 'Lemmy 1.0',
  api: '/api/v4',
  login: '/account/auth/login',
  lists: () => ['all'],
  page: (client, listing, at, admin, signal) => page(client, listing, at, admin, signal),
  me: (client, signal) => client.get('/account', myself, 'who is signed in', signal),
  site: (client, signal) => client.get('/site', site, 'the instance', signal),
  async comments(client, { postId, parentId }, signal) {
    const found = await client.find('/comment/list', items, 'the thread', signal, { post_id: postId, parent_id: parentId, sort: 'new', max_depth: 8, limit: RECENT * 3 });
    return thingsOf('comment', found?.items ?? [], new URL(client.server).host);
  },
  async recent(client, personId, signal) {
    const found = await client.find('/person/content', items, 'what a member wrote', signal, { person_id: personId, type_: 'all', limit: RECENT });
    const { host } = new URL(client.server);
    return (found?.items ?? []).flatMap((item) => thingsOf('comment' in item ? 'comment' : 'post', [item], host));
  },
  async record(client, personId, signal) {
    const log = await client.find('/modlog', items, 'the moderation log', signal, { other_person_id: personId, limit: RECENT * 3 });
    return notesOfItems(log?.items ?? [], new URL(client.server).host);
  },
  // What was removed together with a ban is told only where it is asked for (crates/db_views/modlog/src/api.rs, show_bulk).
  async latest(client, { deed, only }, signal) {
    const log = await client.find('/modlog', items, 'the moderation log', signal, { type_: DEEDS[deed], ...only, show_bulk: true, limit: PAGE });
    return latestOfItems(log?.items ?? [], deed !== 'ban', new URL(client.server).host);
  },
  // Its view is read as by somebody who does not moderate, to whom it is hidden (crates/api/api/src/post/lock.rs).
  reachesRemoved: false,
  // Views join the bans of three instances (crates/db_schema/src/utils/queries/selects.rs, creator_local_home_community_banned), and
  // none tells them apart. The log does: an instance's bans are its admins' (crates/db_schema/src/impls/modlog.rs, admin_ban).
  countsOthersBans: true,
  async warnings(client, { kind, id }, modId, signal) {
    const log = await client.find('/modlog', items, 'the moderation log', signal, { type_: kind === 'comment' ? 'mod_warn_comment' : 'mod_warn_post', mod_person_id: modId, [`${kind}_id`]: id, limit: RECENT });
    return reasonsOf(log?.items ?? []);
  },
  // Of this type the list has both sides of the conversation (crates/db_views/notification/src/impls.rs).
  async messages(client, personId, meId, signal) {
    const found = await client.find('/account/notification/list', items, 'the messages to a member', signal, { type_: 'private_message', creator_id: personId, limit: PAGE });
    return sentBy(meId, (found?.items ?? []).map((item) => row.catch({}).parse(item['data'])['private_message']));
  },
  calls: {
    ban: (personId, ban, reason, expires) => ({ method: 'POST', path: '/admin/ban', json: { person_id: Number(personId), ban, remove_or_restore_data: false, reason, ...(expires === null ? {} : { expires_at: expires }) } }),
    banHere: (communityId, personId, ban, reason, expires) => ({
      method: 'POST', path: '/community/ban_user',
      json: { community_id: Number(communityId), person_id: Number(personId), ban, remove_or_restore_data: false, reason, ...(expires === null ? {} : { expires_at: expires }) },
    }),
    lockComment: (id, locked, reason) => ({ method: 'POST', path: '/comment/lock', json: { comment_id: Number(id), locked, reason } }),
    warn: (kind: Extract<Kind, 'post' | 'comment'>, id, reason) => ({ method: 'POST', path: `/${kind}/warn`, json: { [`${kind}_id`]: Number(id), reason } }),
    // An empty conclusion erases the one of before; one left out would stand on under another's name (crates/diesel_utils/src/utils.rs, diesel_string_update).
    resolve: (kind, reportId, resolved, conclusion) => ({ method: 'PUT', path: `/${kind}/report/resolve`, json: { report_id: Number(reportId), resolved, conclusion } }),
  },
};

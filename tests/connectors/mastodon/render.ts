import { recordedObject } from './recorded.ts';
import type { FarAccount, FarPost, FarReport, World } from './world.ts';

const accountShape = recordedObject('mastodon-account');
const adminShape = recordedObject('mastodon-admin-account');
const statusShape = recordedObject('mastodon-status');
const reportShape = recordedObject('mastodon-report');

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The address without the first @. */
export function acctOf({ username, domain }: FarAccount): string {
  return domain === null ? username : `${username}@${domain}`;
}

/** Account, in the shape of the documentation's example. */
export function accountJson(account: FarAccount): object {
  return {
    ...accountShape, id: account.id, username: account.username, acct: acctOf(account), display_name: account.username, note: `<p>I am ${account.username}</p>`,
    url: `https://far.example/@${acctOf(account)}`, statuses_count: 9, emojis: [], fields: [],
  };
}

/** Admin::Account: e-mail and addresses are there, as they are in the real one, and null for accounts of other servers. */
export function adminJson(world: World, account: FarAccount): object {
  const remote = account.domain !== null;
  const unknown = world.kind === 'gotosocial' ? false : null;
  return {
    ...adminShape, id: account.id, username: account.username, domain: account.domain,
    email: remote ? null : `${account.username}@private.example`, ip: remote ? null : '192.168.42.1', ips: remote ? null : adminShape['ips'],
    confirmed: remote ? unknown : true, approved: remote ? unknown : true, disabled: remote ? unknown : account.disabled,
    suspended: account.suspended, silenced: account.silenced, sensitized: account.sensitized, account: accountJson(account),
  };
}

/** The admin view of Akkoma (lib/pleroma/web/admin_api/views/account_view.ex), merged into the public one. */
export function akkomaAccountJson(account: FarAccount): object {
  return {
    ...accountJson(account), nickname: acctOf(account), is_active: !account.suspended, local: account.domain === null, roles: { admin: false, moderator: false },
    tags: [...(account.silenced ? ['mrf_tag:sandbox'] : []), ...(account.sensitized ? ['mrf_tag:media-force-nsfw'] : [])], email: `${account.username}@private.example`, registration_reason: 'let me in', pleroma: { is_admin: false, is_moderator: false },
  };
}

export function statusJson(post: FarPost): object {
  return {
    ...statusShape, id: post.id, content: post.content, account: accountJson(post.author), edited_at: iso(post.editedAt), sensitive: post.sensitive,
    visibility: post.visibility, in_reply_to_id: post.replyTo, url: `https://far.example/@${post.author.username}/${post.id}`, card: null,
  };
}

function statusesOf(world: World, report: FarReport): object[] {
  return report.posts.flatMap((id) => {
    const post = world.posts.get(id);
    const kept = world.remembered.get(id);
    // The words of a deleted one go by its address, and under the reporter's name (lib/pleroma/web/admin_api/report.ex).
    if (post === undefined && kept !== undefined) return [{ ...statusJson(kept), id: `pleroma:fake:https://far.example/objects/${id}`, account: accountJson(report.reporter) }];
    return post === undefined ? [] : [statusJson(post)];
  });
}

export function reportJson(world: World, report: FarReport): object {
  return {
    ...reportShape, id: report.id, action_taken: report.closed !== null, action_taken_at: iso(report.closed?.at ?? null), category: report.category,
    comment: report.comment, created_at: iso(report.at), updated_at: iso(report.closed?.at ?? report.at),
    account: adminJson(world, report.reporter), target_account: adminJson(world, report.target),
    assigned_account: report.assigned === null ? null : adminJson(world, report.assigned),
    action_taken_by_account: report.closed === null ? null : adminJson(world, report.closed.by),
    statuses: statusesOf(world, report), rules: report.rules.map((text, index) => ({ id: /^\d+$/.test(text) ? text : String(index + 1), text })),
    ...(world.kind === 'gotosocial' ? { action_taken_comment: report.closed?.comment ?? null } : {}),
  };
}

export function akkomaReportJson(world: World, report: FarReport): object {
  return {
    id: report.id, account: akkomaAccountJson(report.target), actor: akkomaAccountJson(report.reporter), content: `<p>${report.comment}</p>`,
    assigned_account: report.assigned === null ? null : akkomaAccountJson(report.assigned),
    created_at: iso(report.at), state: report.closed?.state ?? 'open', statuses: statusesOf(world, report),
    notes: report.notes.map(({ by, text, at }) => ({ id: '1', content: text, created_at: iso(at), user: akkomaAccountJson(by) })),
  };
}

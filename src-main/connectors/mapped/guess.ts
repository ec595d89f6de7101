import { MAPPED_FIELDS } from '../../contract/mapped-fields.ts';
import type { MappedField } from '../../contract/mapped-fields.ts';
import type { Mapping } from '../../contract/mapping.ts';
import { isOwnShape, OWN_SHAPE } from './own-shape.ts';
import { textOf, valueAt } from './rows.ts';
import { usualCategory } from './values.ts';

/** What is known of a column: its name or path, and some of its values. */
export type Column = { readonly from: string; readonly samples: readonly string[]; readonly values: readonly { readonly value: string }[] };

/**
 * Usual names of columns, most telling first: of Mastodon's reports and admin webhooks, Discourse's reviewables, Reddit's
 * listings, Discord bots' logs and help desks' exports.
 */
const NAMES: Readonly<Record<MappedField, readonly string[]>> = {
  subjectId: ['subject_id', 'reported_id', 'statuses_0_id', 'post_id', 'status_id', 'message_id', 'comment_id', 'target_id', 'content_id', 'item_id', 'object_id', 'fullname', 'name', 'thing_id', 'topic_id', 'thread_id'],
  subjectType: ['subject_type', 'target_type', 'content_type', 'reported_type', 'object_type', 'kind', 'type'],
  text: ['subject_text', 'statuses_0_text', 'post_raw', 'payload_raw', 'raw', 'post_text', 'message_content', 'message_text', 'comment_text', 'reported_content', 'text', 'content', 'body', 'selftext', 'message', 'post', 'description', 'excerpt'],
  html: ['subject_html', 'statuses_0_content', 'cooked', 'post_cooked', 'body_html', 'content_html', 'html'],
  title: ['subject_title', 'topic_title', 'thread_title', 'post_title', 'title', 'headline', 'subject'],
  url: ['subject_url', 'statuses_0_url', 'target_url', 'post_url', 'message_url', 'message_link', 'jump_url', 'permalink', 'url', 'link', 'uri'],
  media: ['subject_media', 'statuses_0_media_attachments', 'media_attachments', 'media_urls', 'media', 'attachments', 'attachment', 'images', 'image_url'],
  postedAt: ['subject_at', 'statuses_0_created_at', 'posted_at', 'posted_on', 'written_at', 'post_created_at', 'message_created_at', 'sent_at', 'created_utc'],
  place: ['subject_place', 'channel_name', 'channel', 'subreddit', 'forum', 'board', 'category_name', 'group', 'room', 'community', 'topic', 'thread', 'section', 'place'],
  language: ['subject_language', 'statuses_0_language', 'language', 'lang', 'locale'],
  authorId: ['author_id', 'target_account_id', 'reported_user_id', 'target_user_id', 'offender_id', 'target_created_by_id', 'target_member_id', 'poster_id', 'sender_id', 'member_id', 'user_id', 'author_fullname'],
  authorName: ['author_name', 'target_account_account_display_name', 'target_account_display_name', 'reported_user', 'target_user', 'target_created_by_username', 'offender', 'author', 'posted_by', 'written_by', 'poster', 'sender', 'author_username', 'username', 'user_name', 'user', 'member', 'display_name'],
  authorHandle: ['author_handle', 'target_account_account_acct', 'target_account_acct', 'target_account_username', 'handle', 'acct'],
  authorUrl: ['author_url', 'target_account_account_url', 'target_account_url', 'profile_url'],
  reportId: ['report_id', 'reviewable_id', 'flag_id', 'ticket_id', 'case_id', 'report_number', 'id', 'uuid', 'report'],
  category: ['report_category', 'category', 'report_reason', 'reason', 'violation', 'flag_type', 'report_type', 'rule', 'label', 'tags'],
  comment: ['report_comment', 'reporter_comment', 'comment', 'report_details', 'details', 'reason_text', 'report_text', 'explanation', 'notes', 'note'],
  reportedAt: ['report_at', 'reported_at', 'report_created_at', 'report_date', 'date_reported', 'reported_on', 'flagged_at', 'flagged_on', 'submitted_at', 'created_at', 'created', 'timestamp', 'datetime', 'date', 'time', 'when'],
  reporterId: ['reporter_id', 'reporter_user_id', 'reported_by_id', 'flagger_id', 'account_id', 'requester_id', 'submitter_id', 'created_by_id'],
  reporterName: ['reporter_name', 'reporter_username', 'reporter', 'reported_by', 'flagged_by', 'flagger', 'account_account_display_name', 'account_display_name', 'requester_name', 'requester', 'submitter', 'created_by_username'],
  reporterHandle: ['reporter_handle', 'account_account_acct', 'account_acct', 'account_username'],
  state: ['report_state', 'report_status', 'state', 'action_taken', 'resolved', 'is_resolved', 'handled', 'closed', 'solved', 'status'],
  resolvedBy: ['resolution_by', 'resolved_by', 'action_taken_by_account_account_acct', 'action_taken_by_account_username', 'action_taken_by', 'handled_by', 'closed_by'],
  resolvedHow: ['resolution_what', 'resolved_how', 'resolution', 'outcome', 'decision', 'action', 'action_type'],
  resolvedAt: ['resolution_at', 'resolved_at', 'action_taken_at', 'closed_at', 'handled_at', 'solved_at'],
};

/** Fields whose values have to look the part: a name alone would mislead. */
const LOOKS: Readonly<Partial<Record<MappedField, (sample: string) => boolean>>> = {
  url: (sample) => /^https?:\/\//i.test(sample),
  authorUrl: (sample) => /^https?:\/\//i.test(sample),
  html: (sample) => /<\w[^>]*>/.test(sample),
};

/** Objects around what matters: their own names say nothing about a field. */
const WRAPPERS = /^(?:object|data|payload|record|attributes|reviewable|ticket|item|entry|event|fields)_(?=.)/;
/** Names that are ids only where their values look like Reddit's fullnames (Reddit API, "fullnames"). */
const FULLNAME = /^t[1-6]_\w+$/;

/** Every status of a reviewable but 0, pending (Discourse, app/models/reviewable.rb, `enum :status`), as its number or word. */
const DISCOURSE_CLOSED = ['1', '2', '3', '4', 'approved', 'rejected', 'ignored', 'deleted'];

function isOfDiscourse({ name, samples }: { readonly name: string; readonly samples: readonly string[] }): boolean {
  return name === 'type' && samples.some((sample) => /^Reviewable[A-Z]/.test(sample));
}

function plain(from: string): string {
  return from.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_').replaceAll(/^_|_$/g, '');
}

/** A mapping from what columns are called and hold, for a person to go on from. `rows`: some as they came, to know our own shape and the order of dates by. */
export function guessMapping(columns: readonly Column[], rows: readonly unknown[] = []): Mapping {
  if (isOwnShape(rows[0])) return OWN_SHAPE;
  const named = columns.map((column) => ({ ...column, name: plain(column.from).replace(WRAPPERS, '') }));
  const taken = new Set<string>();
  const fields: Mapping['fields'] = {};
  for (const { id } of IN_ORDER) {
    const found = NAMES[id].flatMap((name) => named.filter((column) => column.name === name && !taken.has(column.from) && fits(id, name, column.samples)))[0];
    if (found === undefined) continue;
    taken.add(found.from);
    fields[id] = { from: found.from };
  }
  const ofField = (field: MappedField): Column | undefined => {
    const source = fields[field];
    return source !== undefined && 'from' in source ? columns.find(({ from }) => from === source.from) : undefined;
  };
  return {
    list: '', fields, types: {}, closed: named.some(isOfDiscourse) ? DISCOURSE_CLOSED : [], only: null,
    categories: Object.fromEntries((ofField('category')?.values ?? []).flatMap(({ value }) => {
      const category = usualCategory(value);
      return category === null ? [] : [[value, category]];
    })),
    dates: datesIn(fields, rows),
  };
}

/** Whether the day or the month comes first in rows' times: what only one of the two orders can read tells. */
function datesIn(fields: Mapping['fields'], rows: readonly unknown[]): Mapping['dates'] {
  let monthFirst = 0;
  for (const field of ['reportedAt', 'postedAt', 'resolvedAt'] as const) {
    const source = fields[field];
    if (source === undefined || !('from' in source)) continue;
    for (const row of rows) {
      const [, first, second] = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d/.exec(textOf(valueAt(row, source.from))) ?? [];
      monthFirst += Number(Number(second) > 12) - Number(Number(first) > 12);
    }
  }
  return monthFirst > 0 ? 'month-first' : 'day-first';
}

/** The telling ones choose first: "status" is a state before it is a text, "subject" a title and no kind. */
const IN_ORDER = [...MAPPED_FIELDS].sort((a, b) => Number(b.id === 'html' || b.id === 'state') - Number(a.id === 'html' || a.id === 'state'));

function fits(field: MappedField, name: string, samples: readonly string[]): boolean {
  if (name === 'name' || name === 'fullname') return samples.length > 0 && samples.every((sample) => FULLNAME.test(sample));
  const looks = LOOKS[field];
  // A slip in one row does not make the column another.
  return looks === undefined || samples.filter(looks).length * 2 >= samples.length;
}

import type { Thing, World } from './world.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** A thing as a moderator gets it, with the fields of praw's cassettes. */
export function shownThing(thing: Thing, replies: unknown = ''): unknown {
  const comment = thing.name.startsWith('t1');
  const permalink = comment ? `/r/${thing.sub}/comments/${thing.link?.slice(3)}/a_title/${thing.name.slice(3)}/` : `/r/${thing.sub}/comments/${thing.name.slice(3)}/a_title/`;
  const author = thing.deleted ? '[deleted]' : thing.author;
  const text = thing.deleted ? '[deleted]' : thing.text;
  const dismissed = thing.dismissed.user.size > 0 || thing.dismissed.mod.length > 0
    ? { user_reports_dismissed: [...thing.dismissed.user].map(([reason, count]) => [reason, count]), mod_reports_dismissed: thing.dismissed.mod }
    : {};
  return {
    kind: comment ? 't1' : 't3',
    data: {
      id: thing.name.slice(3), name: thing.name, subreddit: thing.sub, subreddit_id: 't5_2t5o6', subreddit_name_prefixed: `r/${thing.sub}`, author,
      ...(author.startsWith('[') ? {} : { author_fullname: `t2_${author}` }),
      created: seconds(thing.createdAt), created_utc: seconds(thing.createdAt), edited: thing.editedAt === null ? false : seconds(thing.editedAt), permalink, locked: thing.locked, score: 1, distinguished: null, stickied: false, archived: false,
      approved: thing.approved !== null, approved_by: thing.approved?.by ?? null, approved_at_utc: thing.approved === null ? null : seconds(thing.approved.at),
      removed: thing.removed !== null && !thing.removed.spam, spam: thing.removed?.spam === true, banned_by: thing.removed?.by ?? null, banned_at_utc: thing.removed === null ? null : seconds(thing.removed.at),
      ...(thing.removed === null ? {} : { ban_note: thing.removed.spam ? 'spam' : 'remove not spam' }),
      removal_reason: null, mod_reason_title: thing.removed?.reason ?? null, mod_reason_by: null, mod_note: null, can_mod_post: true, ignore_reports: thing.ignored,
      num_reports: [...thing.userReports.values()].reduce((sum, count) => sum + count, 0) + thing.modReports.length,
      user_reports: [...thing.userReports].map(([reason, count]) => [reason, count, false, true]), mod_reports: thing.modReports, ...dismissed,
      ...(comment
        ? { body: text, body_html: `<div class="md"><p>${text}</p>\n</div>`, link_id: thing.link, parent_id: thing.parent ?? thing.link, link_title: 'A title', replies, depth: 0, collapsed: false }
        : {
          title: thing.title, selftext: text, selftext_html: `<!-- SC_OFF --><div class="md"><p>${text}</p>\n</div><!-- SC_ON -->`, is_self: true, url: `https://www.reddit.com${permalink}`, domain: `self.${thing.sub}`,
          over_18: thing.nsfw, spoiler: thing.spoiler, thumbnail: 'self', is_video: false, media: null, num_comments: 0, removed_by: null,
          removed_by_category: thing.deleted ? 'deleted' : thing.removed === null ? null : thing.removed.held ? 'automod_filtered' : 'moderator',
        }),
      ...thing.more,
    },
  };
}

export function shownListing(children: readonly unknown[], after: string | null = null): { readonly kind: string; readonly data: { readonly after: string | null; readonly dist: number; readonly modhash: null; readonly before: null; readonly children: readonly unknown[] } } {
  return { kind: 'Listing', data: { after, dist: children.length, modhash: null, before: null, children } };
}

/** The comments under a post or comment, as far as there are any; the last place of a long level is a "more". */
export function shownReplies(world: World, parent: string): unknown {
  const replies = [...world.things.values()].filter((one) => (one.parent ?? one.link) === parent);
  if (replies.length === 0) return '';
  return shownListing([...replies.map((one) => shownThing(one, shownReplies(world, one.name))), { kind: 'more', data: { count: 0, name: 't1__', id: '_', parent_id: parent, depth: 10, children: [] } }]);
}

export function shownAction({ id, action, mod, target, author, sub, details, at }: World['log'][number]): unknown {
  return {
    kind: 'modaction',
    data: { id, action, mod, mod_id36: '4cixf', target_fullname: target, target_author: author, target_body: null, target_title: null, target_permalink: null, details, description: null, created_utc: seconds(at), subreddit: sub, sr_id36: '2t5o6', subreddit_name_prefixed: `r/${sub}` },
  };
}

export function shownNote({ id, sub, user, note, label, at, about }: World['notes'][number]): unknown {
  return {
    subreddit_id: 't5_29ey0j', operator_id: 't2_o77bz', mod_action_data: { action: null, reddit_id: about, details: null, description: null }, subreddit: sub, user, operator: 'ines', id,
    user_note_data: { note, reddit_id: about, label }, user_id: `t2_${user}`, created_at: seconds(at), cursor: 'MTY0ODYxNzY3MDYyNA==', type: 'NOTE',
  };
}

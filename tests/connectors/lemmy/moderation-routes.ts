import type { Routes, WireAnswer, WireRequest } from '../../support/wire-server.ts';
import type { Within } from './read-routes.ts';
import { refusal } from './server.ts';
import type { FarKind, FarPerson, FarThing } from './world.ts';

/** What changes something. All of it may be repeated; resolving again only changes who did it. */
export function moderationRoutes({ version, world, setup, me, render }: Within): Routes {
  const gone = (kind: string): WireAnswer => (version === 'v3' ? refusal('v3', `couldnt_find_${kind}`) : refusal('v4', 'not_found', 404));
  const thingOf = (kind: FarKind, id: unknown): FarThing | null => {
    const posts = kind === 'post' ? world.posts.find((one) => one.id === id) : undefined;
    const comments = kind === 'comment' ? world.comments.find((one) => one.id === id) : undefined;
    const communities = kind === 'community' ? world.communities.find((one) => one.id === id) : undefined;
    if (posts !== undefined) return { kind: 'post', it: posts };
    if (comments !== undefined) return { kind: 'comment', it: comments };
    return communities === undefined ? null : { kind: 'community', it: communities };
  };
  /** 1.0 refuses a body without a reason, which 0.19 does not need. */
  const reasoned = (body: WireRequest['body']): boolean => version === 'v3' || typeof body['reason'] === 'string';
  const shown = (thing: FarThing): WireAnswer => {
    switch (thing.kind) {
      case 'post': return { json: { post_view: render.postView(thing.it) } };
      case 'comment': return { json: { comment_view: render.commentView(thing.it) } };
      default: return { json: { community_view: {} } };
    }
  };

  const onThing = (kind: FarKind, work: (thing: FarThing, body: WireRequest['body']) => void, bars?: (thing: FarThing) => WireAnswer | null) => ({ body }: WireRequest): WireAnswer => {
    const thing = thingOf(kind, body[`${kind}_id`]);
    if (!reasoned(body)) return refusal(version, 'invalid_body_field');
    if (thing === null) return gone(kind);
    const barred = bars?.(thing) ?? null;
    if (barred !== null) return barred;
    work(thing, body);
    world.acted();
    return shown(thing);
  };
  const remove = (kind: FarKind) => onThing(kind, (thing, body) => world.remove(thing, me, body['removed'] === true, String(body['reason'])), (
    (thing) => (thing.kind === 'comment' && thing.it.deleted ? refusal(version, version === 'v3' ? 'couldnt_update_comment' : 'couldnt_update') : null)
  ));
  /** 1.0 looks a post up as somebody who does not moderate, to whom a removed one is hidden. */
  const hidden = (thing: FarThing): WireAnswer | null => (version === 'v4' && thing.kind === 'post' && thing.it.removed ? gone('post') : null);
  const lock = (kind: 'post' | 'comment') => onThing(kind, (thing, body) => {
    if (thing.kind !== 'post' && thing.kind !== 'comment') return;
    thing.it.locked = body['locked'] === true;
    world.note(`mod_lock_${kind}`, me, thing.it.author, thing, !thing.it.locked, String(body['reason']));
  }, hidden);
  const warn = (kind: 'post' | 'comment') => onThing(kind, (thing, body) => {
    if (thing.kind === 'post' || thing.kind === 'comment') world.note(`mod_warn_${kind}`, me, thing.it.author, thing, false, String(body['reason']));
  }, (thing) => hidden(thing) ?? (thing.kind === 'comment' && thing.it.removed ? refusal(version, 'couldnt_update') : null));

  const resolve = (kind: FarKind) => ({ body }: WireRequest): WireAnswer => {
    const report = world.reports.find(({ id, about }) => about.kind === kind && id === body['report_id']);
    if (report === undefined) return version === 'v3' ? refusal('v3', `couldnt_find_${kind}_report`) : refusal('v4', 'not_found', 404);
    // One left out changes nothing, an empty one erases it.
    world.resolve(report, me, body['resolved'] === true, typeof body['conclusion'] === 'string' ? body['conclusion'] || null : report.conclusion);
    world.acted();
    return { json: { [`${kind}_report_view`]: render.report(report) } };
  };

  const until = version === 'v3' ? 'expires' : 'expires_at';
  const banned = (body: WireRequest['body'], work: (person: FarPerson, ban: boolean, end: number | null) => void): WireAnswer => {
    const person = world.people.find(({ id }) => id === body['person_id']);
    if (!reasoned(body)) return refusal(version, 'invalid_body_field');
    if (person === undefined) return gone('person');
    const end = typeof body[until] === 'number' ? body[until] * 1000 : null;
    work(person, body['ban'] === true, end);
    world.acted();
    return { json: { person_view: { person: render.person(person), is_admin: false }, banned: body['ban'] } };
  };
  const ban = ({ body }: WireRequest): WireAnswer => (!setup.admin ? refusal(version, 'not_an_admin') : banned(body, (person, on, end) => {
    Object.assign(person, { banned: on, banExpires: on ? end : null });
    world.note('admin_ban', me, person, null, !on, String(body['reason']), end);
  }));
  const banHere = ({ body }: WireRequest): WireAnswer => banned(body, (person, on, end) => {
    const community = world.communities.find(({ id }) => id === body['community_id']);
    if (on) community?.banned.add(person.id);
    else community?.banned.delete(person.id);
    world.note('mod_ban_from_community', me, person, null, !on, String(body['reason']), end);
  });

  const write = ({ body }: WireRequest): WireAnswer => {
    const to = world.people.find(({ id }) => id === body['recipient_id']);
    if (to === undefined) return gone('person');
    const message = world.message(me, to, String(body['content']));
    world.acted();
    return { json: { private_message_view: { private_message: render.message(message), creator: render.person(me), recipient: render.person(to) } } };
  };

  const common: Routes = {
    'POST /private_message': write,
    'POST /post/remove': remove('post'), 'POST /comment/remove': remove('comment'), 'POST /community/remove': remove('community'), 'POST /post/lock': lock('post'), 'POST /community/ban_user': banHere,
    'PUT /post/report/resolve': resolve('post'), 'PUT /comment/report/resolve': resolve('comment'), 'PUT /private_message/report/resolve': resolve('private_message'),
  };
  if (version === 'v3') return { ...common, 'POST /user/ban': ban };
  return { ...common, 'POST /admin/ban': ban, 'POST /comment/lock': lock('comment'), 'POST /post/warn': warn('post'), 'POST /comment/warn': warn('comment'), 'PUT /community/report/resolve': resolve('community') };
}

import type { WireAnswer, WireRequest } from '../../support/wire-server.ts';
import { shownNote } from './render.ts';
import type { Thing, World } from './world.ts';

const DONE: WireAnswer = { json: {} };
const FORBIDDEN: WireAnswer = { status: 403, json: { message: 'Forbidden', error: 403 } };

/** How Reddit refuses by `api_type=json`: with status 200. */
function errors(code: string, words: string, field: string): WireAnswer {
  return { json: { json: { errors: [[code, words, field]] } } };
}

/** How newer parts of it refuse. */
function bad(reason: string, explanation: string, field: string): WireAnswer {
  return { status: 400, json: { fields: [field], explanation, message: 'Bad Request', reason } };
}

/** Everything that changes something, as `POST` to its own path. */
export function act(world: World, me: string, { at, body, path }: WireRequest, perms: (sub: string, needed: string) => boolean): WireAnswer {
  const name = String(body['id'] ?? '');
  const thing = world.things.get(name);
  const sub = at['sub'] ?? '';
  const json: Readonly<Record<string, unknown>> = typeof body['json'] === 'string' ? JSON.parse(body['json']) : {};
  const mark = (set: (one: Thing) => void, action: string | null = null, details = ''): WireAnswer => {
    if (thing === undefined || !perms(thing.sub, 'posts')) return FORBIDDEN;
    set(thing);
    if (action !== null) world.write(action, me, name, { details });
    return DONE;
  };
  switch (path.startsWith('/api/v1/') || path.startsWith('/api/mod/') ? `${path.split('/').at(-2)}/${at['act']}` : at['act']) {
    case 'approve': return mark(() => world.approve(name, me));
    case 'remove': return mark(() => world.remove(name, me, body['spam'] !== 'false'));
    case 'lock': return mark((one) => { one.locked = true; }, 'lock');
    case 'unlock': return mark((one) => { one.locked = false; }, 'unlock');
    case 'marknsfw': return mark((one) => { one.nsfw = true; }, 'marknsfw');
    case 'unmarknsfw': return mark((one) => { one.nsfw = false; }, 'marknsfw', 'remove');
    case 'spoiler': return mark((one) => { one.spoiler = true; }, 'spoiler');
    case 'unspoiler': return mark((one) => { one.spoiler = false; }, 'unspoiler');
    case 'friend':
    case 'unfriend': return relate(world, me, sub, body, at['act'] === 'friend', perms);
    case 'modactions/removal_reasons': return giveReason(world, me, json);
    case 'modactions/removal_link_message':
    case 'modactions/removal_comment_message': return tellRemoval(world, json);
    case 'mod/notes': {
      if (String(body['note']).length > 250) return bad('TOO_LONG', 'This field must be under 250 characters', 'note');
      const note = { id: `ModNote_${world.notes.length}`, sub: String(body['subreddit']), user: String(body['user']), note: String(body['note']), label: typeof body['label'] === 'string' ? body['label'] : null, at: world.now(), about: String(body['reddit_id']) };
      world.notes.unshift(note);
      return { json: { created: shownNote(note) } };
    }
    case 'mod/conversations': {
      if (String(body['subject']).length > 100) return bad('TOO_LONG', 'This field must be under 100 characters', 'subject');
      const mail = { id: `c${world.mails.length}`, sub: String(body['srName']), to: String(body['to']), subject: String(body['subject']), body: String(body['body']) };
      world.mails.push(mail);
      world.deeds += 1;
      return { json: { conversation: { id: mail.id, subject: mail.subject, isInternal: mail.to === me }, messages: {}, modActions: {}, user: {} } };
    }
    default: return { status: 404, json: { message: 'Not Found', error: 404 } };
  }
}

function relate(world: World, me: string, sub: string, body: WireRequest['body'], on: boolean, perms: (sub: string, needed: string) => boolean): WireAnswer {
  const name = String(body['name']);
  const key = `${sub} ${name}`;
  if (!perms(sub, 'access')) return FORBIDDEN;
  if (name === 'ghost') return errors('USER_DOESNT_EXIST', 'that user doesn\'t exist', 'name');
  if (name === me) return errors('CANT_RESTRICT_MODERATOR', 'You can\'t perform that action because that user is a moderator.', 'name');
  if (body['type'] === 'banned') {
    if (String(body['ban_reason'] ?? '').length > 100) return errors('TOO_LONG', 'This field must be under 100 characters', 'ban_reason');
    if (on) world.bans.set(key, { days: typeof body['duration'] === 'string' ? Number(body['duration']) : null, at: world.now(), note: `${String(body['ban_reason'])}: ${String(body['note'])}`, message: String(body['ban_message']), context: String(body['ban_context']) });
    else world.bans.delete(key);
    world.write(on ? 'banuser' : 'unbanuser', me, null, { author: name, sub });
  } else {
    if (on) world.mutes.add(key);
    else world.mutes.delete(key);
    world.write(on ? 'muteuser' : 'unmuteuser', me, null, { author: name, sub });
  }
  return on ? { json: { json: { errors: [] } } } : DONE;
}

function giveReason(world: World, me: string, json: Readonly<Record<string, unknown>>): WireAnswer {
  const [name] = Array.isArray(json['item_ids']) ? json['item_ids'] as readonly string[] : [];
  const thing = world.things.get(name ?? '');
  const reason = world.reasons.get(String(json['reason_id']));
  if (!('mod_note' in json)) return bad('JSON_MISSING_KEY', 'JSON missing key: "mod_note"', 'mod_note');
  if (thing === undefined || reason === undefined) return bad('INVALID_ID', 'The specified id is invalid', 'reason_id');
  if (thing.removed !== null) thing.removed.reason = reason.title;
  world.write('addremovalreason', me, thing.name, { details: reason.title });
  // Zero bytes are the success.
  return { text: '' };
}

function tellRemoval(world: World, json: Readonly<Record<string, unknown>>): WireAnswer {
  const [name] = Array.isArray(json['item_id']) ? json['item_id'] as readonly string[] : [];
  const thing = world.things.get(name ?? '');
  const title = String(json['title'] ?? '');
  if (thing === undefined || thing.removed === null) return bad('INVALID_ID', 'The specified id is invalid', 'item_id');
  if (title === '') return bad('NO_TEXT', 'we need something here', 'title');
  if (title.length > 50) return bad('TOO_LONG', 'this is too long (max: 50)', 'title');
  const message = String(json['message']);
  world.removals.push({ about: thing.name, type: String(json['type']), title, message });
  const path = thing.link === null ? `/r/${thing.sub}/comments/${thing.name.slice(3)}/a_title/` : `/r/${thing.sub}/comments/${thing.link.slice(3)}/a_title/${thing.name.slice(3)}/`;
  world.mails.push({ id: `c${world.mails.length}`, sub: thing.sub, to: thing.author, subject: `Your post from ${thing.sub} was removed because of: '${title}'`, body: `Hi u/${thing.author}, ${message}\n\nOriginal post: ${path}` });
  world.deeds += 1;
  return DONE;
}

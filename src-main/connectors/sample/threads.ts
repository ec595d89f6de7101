import type { RemoteMember, RemoteSubject, SubjectContext } from '../connector.ts';
import { memberNow, subjectNow } from './community.ts';
import type { Community } from './community.ts';
import { silencedUntil } from './journal.ts';
import { english } from './text/english.ts';
import { feudOther } from './text/english/conflict.ts';
import { threadTalk } from './text/english/talk.ts';
import { fill } from './text/compose.ts';
import type { Tongue } from './text/prose.ts';
import { diceFor, SALT } from './world/dice.ts';
import type { Dice } from './world/dice.ts';
import { CAST, memberOf, oneOfCrowd, tongueOf } from './world/members.ts';
import { DONE, PAST } from './world/moderators.ts';
import type { Told } from './world/subjects.ts';
import { writeSubject } from './world/writing.ts';
import { DAY, HOUR, MINUTE } from './world/world.ts';

/** The thread around a subject, what else its author wrote, and what was done to them before. */
export function contextOf(community: Community, told: Told, now: number): SubjectContext {
  const dice = diceFor(community.world.seed, SALT.thread, told.index);
  const [before, after] = threadOf(community, told, now, dice);
  const recent = told.authorId === null ? [] : recentOf(community, told, told.authorId);
  const authors = new Set([told.authorId, told.targetId, ...[...before, ...after].map(({ authorId }) => authorId)]);
  const members: RemoteMember[] = [...authors].filter((id) => id !== null).map((id) => memberNow(community, id, told.reportedAt, now));
  return { before, after, recent, members, subject: subjectNow(community, told), record: recordOf(community, told) };
}

type Line = { readonly authorId: string; readonly text: string; readonly at: number };

function threadOf(community: Community, told: Told, now: number, dice: Dice): readonly [RemoteSubject[], RemoteSubject[]] {
  const { createdAt, type } = told.subject;
  if (createdAt === null || type === 'member' || type === 'community') return [[], []];
  const { world, journal } = community;
  const { tongue } = told;
  const say = (list: readonly string[], words = tongue.words): string => fill(dice.pick(list), words, dice);
  // From some line of the list on, so that no two in a thread are the same.
  const first = dice.below(1000);
  const sayNext = (list: readonly string[], place: number): string => fill(list[(first + place) % list.length] ?? '', tongue.words, dice);
  // In a forum thread people speak to its subject; in a chat room of whatever there is.
  const chat = type === 'post' && tongue === english ? threadTalk : tongue.scenes.talk.open;
  const answers = told.standing.slot.motive === 'fair' ? tongue.replies : chat;
  const crowd = diceFor(world.seed, SALT.thread, told.index + 1_000_000_000).unit();
  const someone = (nth: number): string => oneOfCrowd(world, tongue, crowd, nth, [told.authorId, told.targetId]);
  const earlier: Line[] = Array.from({ length: 1 + dice.below(4) }, (_, place) => ({
    authorId: someone(place), text: sayNext(chat, place), at: createdAt - (place * 11 + 3 + dice.below(8)) * MINUTE,
  })).toReversed();
  const later: Line[] = Array.from({ length: dice.below(4) }, (_, place) => ({
    authorId: someone(4 + place), text: sayNext(answers, 4 + place), at: createdAt + (place * 6 + 1 + dice.below(5)) * MINUTE,
  }));
  if (told.targetId !== null) {
    const last = told.standing.slot.scene === 'feud' ? fill(dice.pick(feudOther), { ...english.words, fund: ['spring fund'] }, dice) : say(chat);
    earlier.push({ authorId: told.targetId, text: last, at: createdAt - MINUTE });
    if (told.standing.slot.scene === 'feud') later.unshift({ authorId: memberOf(world, english, CAST.jun), text: say(english.replies, english.words), at: createdAt + MINUTE });
  }
  const shown = ({ authorId, at }: Line): boolean => at <= now && !(at > told.reportedAt && silencedUntil(journal, authorId, at) !== null);
  const here = { type, language: told.tongue.code, place: told.subject.place };
  return [
    earlier.filter(shown).map((line, place) => post(here, `${told.subject.remoteId}.a${place}`, line)),
    later.filter(shown).map((line, place) => post(here, `${told.subject.remoteId}.z${place}`, line)),
  ];
}

/** A few other things the author wrote, newest first. */
function recentOf(community: Community, told: Told, authorId: string): RemoteSubject[] {
  const { world } = community;
  const { scene } = told.standing.slot;
  if (authorId.startsWith('n')) {
    // A new account has written little else, and much the same.
    if (scene !== 'wave' && scene !== 'spam') return [];
    const text = writeSubject(world, { standing: told.standing, tongue: told.tongue, index: told.index + 300_000_000, targetId: null }).text;
    return [post({ ...ELSEWHERE, language: told.tongue.code }, `${authorId}.r0`, { authorId, text, at: told.reportedAt - 15 * MINUTE })];
  }
  const tongue: Tongue = tongueOf(authorId);
  const own = diceFor(world.seed, SALT.recent, Number(authorId.slice(1)));
  const quarrel = scene === 'feud' ? 3 : 0;
  return Array.from({ length: 3 + own.below(4) + quarrel }, (_, place) => {
    const aimed = { standing: told.standing, tongue: told.tongue, targetId: told.targetId };
    const text = place < quarrel
      ? writeSubject(world, { ...aimed, standing: { ...told.standing, ordinal: told.standing.ordinal + place + 1 }, index: told.index + 400_000_000 + place }).text
      : fill(own.pick(tongue.scenes.talk.open), tongue.words, own);
    // Older than everything that is reported, so that the same post is of the same day whenever it is shown.
    const at = world.start - 21 * DAY - Math.floor((place + own.unit()) * 5 * DAY);
    return place < quarrel
      ? post({ ...ELSEWHERE, language: told.tongue.code }, `${told.subject.remoteId}.q${place}`, { authorId, text, at: told.reportedAt - (place + 1) * 9 * HOUR })
      : post({ ...ELSEWHERE, language: tongue.code }, `${authorId}.r${place}`, { authorId, text, at });
  });
}

function recordOf({ world, journal }: Community, told: Told): SubjectContext['record'] {
  const now = [...journal.aboutSubject(told.subject.type, told.subject.remoteId), ...(told.authorId === null ? [] : journal.aboutMember(told.authorId))];
  const seen = new Map(now.filter((mark) => mark.did !== 'edit' && mark.did !== 'delete').map((mark) => [mark.id, mark]));
  const recent = [...seen.values()].map((mark) => ({
    at: mark.at,
    text: `${mark.reverses === null ? '' : 'Taken back: '}${mark.did === 'edit' || mark.did === 'delete' ? mark.did : DONE[mark.did]}${mark.labels.length === 0 ? '' : ` “${mark.labels.join(', ')}”`}`,
    by: mark.by ?? 'you',
  }));
  const known = told.authorId === null || told.authorId.startsWith('n') ? [] : pastOf(world, told.authorId);
  return [...recent, ...known].toSorted((a, b) => b.at - a.at);
}

/** What had been done to a member before the first pull. */
function pastOf(world: Community['world'], authorId: string): SubjectContext['record'] {
  if (authorId === memberOf(world, english, CAST.kestrel)) {
    return [{ at: world.start - 9 * DAY, text: 'Warned · Rule 2', by: 'Ines' }, { at: world.start - 79 * DAY, text: 'Message, no strike', by: 'Tomás' }];
  }
  const dice = diceFor(world.seed, SALT.record, Number(authorId.slice(1)));
  return Array.from({ length: Math.floor(dice.unit() ** 2 * 4) }, (_, place) => ({
    at: Math.floor(world.start - (place * 60 + 4 + dice.below(50)) * DAY), text: dice.pick(PAST), by: dice.pick(['Ines', 'Tomás', 'Aiko']),
  }));
}

type Where = Pick<RemoteSubject, 'language' | 'place'> & { readonly type: 'post' | 'message' };
const ELSEWHERE = { type: 'post', place: 'Harbour talk' } as const;

function post(where: Where, remoteId: string, { authorId, text, at }: Line): RemoteSubject {
  return {
    ...where, remoteId, authorId, extra: {}, text, html: null, createdAt: at, editedAt: null, deletedAt: null, removed: false,
    url: `https://openharbor.example/${where.type}/${remoteId}`, media: [], revision: null,
  };
}

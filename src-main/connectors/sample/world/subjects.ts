import type { RemoteMedia, RemoteSubject } from '../../connector.ts';
import type { SubjectType } from '../../../contract/words.ts';
import type { Tongue } from '../text/prose.ts';
import { english } from '../text/english.ts';
import { speaking, TONGUE_WHEEL } from '../text/tongues.ts';
import { diceFor, mix, SALT } from './dice.ts';
import type { Dice } from './dice.ts';
import { REPORTS_A_BLOCK } from './layout.ts';
import type { Standing } from './layout.ts';
import { CAST, memberOf, newcomer, someoneOf } from './members.ts';
import { pictureFor } from './pictures.ts';
import { writeSubject } from './writing.ts';
import { HOUR, MINUTE } from './world.ts';
import type { World } from './world.ts';

/** A reported subject and what the community knows about it. */
export type Told = {
  readonly index: number;
  readonly standing: Standing;
  readonly tongue: Tongue;
  readonly authorId: string | null;
  /** The member it goes after, in harassment. */
  readonly targetId: string | null;
  /** When its first report was made. */
  readonly reportedAt: number;
  readonly subject: RemoteSubject;
};

/** Remote ids begin with the letter of their type; the rest is the subject's number. */
const LETTER: Readonly<Record<Exclude<SubjectType, 'member' | 'community'>, string>> = { post: 'p', message: 'c' };
const BOARDS = ['Repairs', 'Crew exchange', 'For sale', 'Harbour talk', 'Junior sailing', 'Committee', 'Galley'] as const;
/** Reported communities; later complaints come back to the same ones. */
const COMMUNITIES = 12;
/** A quarrel lasts over two blocks, then two others take over. */
const BLOCKS_A_FEUD = 2;

/** Subject `index` as it was when it was first reported. */
export function subjectAt(world: World, index: number, reportedAt: number): Told {
  const standing = world.layout.standing(index);
  const { slot } = standing;
  const dice = diceFor(world.seed, SALT.subject, index);
  const tongue = slot.scene === 'wave' || slot.scene === 'feud' ? english : speaking(TONGUE_WHEEL[(index * 29 + mix(world.seed, standing.block)) % TONGUE_WHEEL.length] ?? english, slot.scene);
  const { authorId, targetId } = cast(world, standing, index, tongue, dice);
  const createdAt = reportedAt - MINUTE - Math.floor(dice.unit() ** 3 * (slot.scene === 'wave' ? HOUR : 14 * HOUR));
  const place = placeFor(slot.type, standing, tongue, dice);
  const community = standing.ordinal % COMMUNITIES;
  const remoteId = slot.type === 'community' ? `b${community}` : slot.type === 'member' ? newcomer(index) : `${LETTER[slot.type]}${index}`;
  const edited = slot.type === 'post' && dice.chance(0.06);
  const deleted = slot.scene !== 'appeal' && (slot.type === 'post' || slot.type === 'message') && dice.chance(0.025);
  const { text, html } = writeSubject(world, { standing, tongue, index: slot.type === 'community' ? community : index, targetId });
  return {
    index, standing, tongue, authorId, targetId, reportedAt,
    subject: {
      type: slot.type,
      remoteId,
      authorId,
      extra: { s: String(index), at: String(reportedAt) },
      text,
      html,
      createdAt: slot.type === 'member' || slot.type === 'community' ? null : createdAt,
      editedAt: edited ? Math.floor((createdAt + reportedAt) / 2) : null,
      deletedAt: deleted ? reportedAt + 30_000 : null,
      removed: slot.scene === 'appeal',
      url: `https://openharbor.example/${slot.type}/${remoteId}`,
      language: tongue.code,
      place,
      media: mediaFor(standing, text, index, dice),
      revision: '1',
    },
  };
}

function cast(world: World, standing: Standing, index: number, tongue: Tongue, dice: Dice): { authorId: string | null; targetId: string | null } {
  const { slot } = standing;
  switch (slot.scene) {
    case 'community': return { authorId: null, targetId: null };
    case 'feud': return feudPair(world, standing.block);
    case 'wave': case 'spam': case 'ban-evasion': case 'impersonation': return { authorId: newcomer(index), targetId: null };
    case 'harassment': return { authorId: someoneOf(world, tongue, dice), targetId: someoneOf(world, tongue, dice) };
    default: return { authorId: slot.scene === 'held' && dice.chance(0.5) && slot.type !== 'member' ? newcomer(index) : someoneOf(world, tongue, dice), targetId: null };
  }
}

/** The two sides of the quarrel of a block. The latest one is always that of kestrel_9 and Rosa. */
function feudPair(world: World, block: number): { authorId: string; targetId: string } {
  const back = Math.floor((Math.floor((world.size - 1) / REPORTS_A_BLOCK) - block) / BLOCKS_A_FEUD);
  if (back <= 0) return { authorId: memberOf(world, english, CAST.kestrel), targetId: memberOf(world, english, CAST.rosa) };
  const dice = diceFor(world.seed, SALT.feud, back);
  const first = 5 + dice.below(200);
  return { authorId: memberOf(world, english, first), targetId: memberOf(world, english, first + 1 + dice.below(20)) };
}

function placeFor(type: SubjectType, standing: Standing, tongue: Tongue, dice: Dice): string | null {
  if (type === 'member' || type === 'community') return null;
  if (standing.slot.scene === 'held') return dice.pick(['harbour-notices (mailing list)', 'Held first posts', '#general', 'regatta-crew (mailing list)']);
  if (type === 'message') return dice.pick(english.words['room'] ?? ['#general']);
  const board = tongue === english ? dice.pick(BOARDS) : `Harbour talk (${tongue.code})`;
  return `${board} › ${dice.pick(english.words['topic'] ?? ['Harbour'])}`;
}

const PICTURED = { privacy: 0.2, talk: 0.12, 'off-topic': 0.1, harassment: 0.08, feud: 0.25, spam: 0.15, misinformation: 0.12, appeal: 0.15 } as const;

function mediaFor(standing: Standing, text: string, index: number, dice: Dice): readonly RemoteMedia[] {
  const { scene, type } = standing.slot;
  if (type === 'member' || type === 'community') return [];
  const share: number = scene in PICTURED ? PICTURED[scene as keyof typeof PICTURED] : 0;
  if (!/^\(image\)|^Photo |^Photos |^Fotos|照片|صور/.test(text) && !dice.chance(share)) return [];
  return [pictureFor(index)];
}

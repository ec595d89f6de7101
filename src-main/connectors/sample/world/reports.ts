import type { Category } from '../../../contract/words.ts';
import type { RemoteReport } from '../../connector.ts';
import { english } from '../text/english.ts';
import { fill } from '../text/compose.ts';
import type { Scene } from '../text/prose.ts';
import { diceFor, mix, SALT } from './dice.ts';
import type { Dice } from './dice.ts';
import { CAST, memberOf, oneOfCrowd } from './members.ts';
import type { Told } from './subjects.ts';
import type { World } from './world.ts';

const CATEGORY_OF: Readonly<Record<Scene, Category>> = {
  talk: 'other', spam: 'spam', wave: 'spam', harassment: 'harassment', feud: 'harassment', 'off-topic': 'off-topic', misinformation: 'misinformation',
  privacy: 'privacy', impersonation: 'impersonation', 'ban-evasion': 'ban-evasion', hate: 'hate', 'self-harm': 'self-harm', violence: 'violence',
  illegal: 'illegal', held: 'held', appeal: 'appeal', community: 'other',
};

/** The community's own words for what members can choose when they report. */
const REMOTE_CATEGORY: Readonly<Partial<Record<Category, string>>> = {
  spam: 'Rule 1 · Spam', harassment: 'Rule 2 · Harassment', hate: 'Rule 2 · Harassment', violence: 'Rule 2 · Harassment', impersonation: 'Rule 3 · Pretending',
  misinformation: 'Rule 3 · Pretending', privacy: 'Rule 4 · Privacy', 'off-topic': 'Rule 5 · Off-topic', 'ban-evasion': 'Rule 6 · Dodging',
};

/** Complaint number `report`, the `nth` about what is told. */
export function reportAt(world: World, told: Told, report: { readonly remoteId: string; readonly index: number; readonly nth: number; readonly at: number; readonly open: boolean }): RemoteReport {
  const dice = diceFor(world.seed, SALT.report, report.index + 1_000_000_000);
  const { slot } = told.standing;
  const category = complaint(told, report.nth, dice);
  const reporterId = reporterOf(world, told, report.nth);
  return {
    remoteId: report.remoteId,
    subject: { type: told.subject.type, remoteId: told.subject.remoteId },
    reporterId,
    category,
    remoteCategory: REMOTE_CATEGORY[category] ?? null,
    comment: slot.scene === 'appeal' && report.nth === 0 ? appealText(told, dice) : comment(world, told, report.nth, dice),
    createdAt: report.at,
    open: report.open,
  };
}

function complaint(told: Told, nth: number, dice: Dice): Category {
  const { scene, motive } = told.standing.slot;
  if (motive === 'malicious') return dice.pick(['harassment', 'spam', 'hate', 'impersonation']);
  if (motive === 'mistaken') return dice.pick(['off-topic', 'misinformation', 'other', 'spam', 'other']);
  return nth > 0 && dice.chance(0.15) ? 'other' : CATEGORY_OF[scene];
}

function reporterOf(world: World, told: Told, nth: number): string | null {
  const { scene, motive } = told.standing.slot;
  // A few people report out of spite, and are mostly wrong.
  if (motive === 'malicious') return memberOf(world, english, nth === 0 ? CAST.tidewatcher : CAST.corin);
  if (scene === 'held') return null;
  if (scene === 'appeal' && nth === 0) return told.authorId;
  if (nth === 0 && told.targetId !== null && told.targetId !== told.authorId) return told.targetId;
  const jun = memberOf(world, english, CAST.jun);
  if (scene === 'feud' && nth === 1) return jun;
  // One draw for the subject, then the next person for each further complaint: nobody reports twice.
  const crowd = diceFor(world.seed, SALT.report, told.index + 2_000_000_000);
  const tongue = crowd.chance(0.65) && told.standing.slot.reports < 4 ? told.tongue : english;
  return oneOfCrowd(world, tongue, crowd.unit(), nth, [told.authorId, told.targetId, jun]);
}

function comment(world: World, told: Told, nth: number, dice: Dice): string {
  const { scene, motive } = told.standing.slot;
  const own = told.tongue.comments[scene] ?? told.tongue.comments.any;
  const tongue = motive === 'fair' && own !== undefined && (told.tongue === english || dice.chance(0.7)) ? told.tongue : english;
  const list = (motive === 'fair' ? tongue.comments[scene] ?? tongue.comments.any : tongue.comments[motive]) ?? [''];
  // Each further complaint takes the next comment, so that those on one subject differ.
  return fill(list[(mix(world.seed, told.index) + nth) % list.length] ?? '', tongue.words, dice);
}

function appealText(told: Told, dice: Dice): string {
  const tongue = told.tongue.scenes.appeal === undefined ? english : told.tongue;
  const appeal = tongue.scenes.appeal ?? english.scenes.talk;
  const turn = told.standing.ordinal % appeal.open.length;
  const more = appeal.more === undefined || dice.chance(0.5) ? '' : ` ${fill(dice.pick(appeal.more), tongue.words, dice)}`;
  return fill(appeal.open[turn] ?? '', tongue.words, dice) + more;
}

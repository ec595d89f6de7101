import { english } from '../text/english.ts';
import { fill } from '../text/compose.ts';
import type { Tongue } from '../text/prose.ts';
import { diceFor, mix, SALT } from './dice.ts';
import type { Dice } from './dice.ts';
import { disguise } from './disguise.ts';
import type { Standing } from './layout.ts';
import { memberAt } from './members.ts';
import type { World } from './world.ts';

/** What a text is written for. */
export type Brief = { readonly standing: Standing; readonly tongue: Tongue; readonly index: number; readonly targetId: string | null };

const FUNDS = ['spring fund', 'pontoon fund', 'regatta kitty', 'lantern money', 'crane deposit'] as const;

/** The text of a reported subject, and for some the HTML that the forum's editor made of it. */
export function writeSubject(world: World, brief: Brief): { readonly text: string; readonly html: string | null } {
  const { standing, tongue, index } = brief;
  const dice = diceFor(world.seed, SALT.text, index);
  const scene = standing.slot.scene === 'appeal' ? 'talk' : standing.slot.scene;
  const prose = tongue.scenes[scene] ?? english.scenes.talk;
  if (scene === 'wave') return { text: disguise(waveText(world, standing.block), dice), html: null };
  const words = scene === 'feud' || scene === 'harassment' ? aimedWords(world, brief) : tongue.words;
  // Texts of one kind go round the templates, so that neighbours in the queue never begin alike.
  const turn = (scene === 'talk' ? index : standing.ordinal) + mix(world.seed, scene.length);
  const opening = fill(prose.open[(turn + Math.floor(turn / prose.open.length)) % prose.open.length] ?? '', words, dice);
  const more = (prose.more ?? []).length > 0 && dice.chance(0.55) ? fill(prose.more?.[(turn * 7 + Math.floor(turn / 5)) % prose.more.length] ?? '', words, dice) : '';
  const tail = tailFor(standing.slot.scene, tongue, dice);
  const text = (more === '' ? opening : `${opening}${unfinished(opening, tongue) ? '.' : ''} ${more}`) + tail;
  const rich = standing.slot.type === 'post' && dice.chance(0.12);
  return { text, html: rich ? asHtml(opening, more + tail) : null };
}

function unfinished(sentence: string, tongue: Tongue): boolean {
  return tongue.code !== 'th' && /[\p{L}\p{N}]$/u.test(sentence) && !sentence.endsWith('.example');
}

/** One sentence for the whole wave of a block. */
function waveText(world: World, block: number): string {
  const dice = diceFor(world.seed, SALT.wave, block);
  const campaigns = english.scenes.wave?.open ?? [];
  return fill(campaigns[(block + (world.seed % campaigns.length)) % campaigns.length] ?? '', english.words, dice);
}

/** The language's words with the target's name where the text names someone. */
function aimedWords(world: World, { standing, tongue, targetId }: Brief): Readonly<Record<string, readonly string[]>> {
  if (targetId === null || tongue !== english) return tongue.words;
  const { name } = memberAt(world, targetId, world.start);
  const fund = FUNDS[standing.block % FUNDS.length] ?? FUNDS[0];
  return standing.slot.scene === 'feud' ? { ...tongue.words, other: [name.replace(/ \p{L}\.$/u, '')], fund: [fund] } : { ...tongue.words, who: [name.replace(/ \p{L}\.$/u, '')] };
}

/** What now and then follows: emoji, a second script, a word without end. */
function tailFor(scene: string, tongue: Tongue, dice: Dice): string {
  const roll = dice.unit();
  if (tongue.code === 'ar' && roll < 0.3) return ` (${dice.pick(['Second Wind', 'Tern', 'berth 14-B', '12:30–14:00'])})`;
  const latin = ['en', 'de', 'es', 'fr'].includes(tongue.code);
  if (latin && scene === 'harassment' && roll < 0.04) return ` L${'O'.repeat(40 + dice.below(120))}L`;
  if (latin && scene === 'off-topic' && roll < 0.05) return ` ${'ha'.repeat(30 + dice.below(60))}`;
  if ((scene === 'talk' || scene === 'off-topic') && roll < 0.2) return ` ${dice.pick(['⛵', '🌊', '☔', '🦀', '🛠️', '👩‍🔧', '🐟🐟', '🧜‍♀️'])}`;
  return '';
}

/** As the forum's editor writes it; everything that came from a member is escaped. */
function asHtml(opening: string, rest: string): string {
  return `<p>${linked(opening)}</p>${rest.trim() === '' ? '' : `<p><em>${linked(rest.trim())}</em></p>`}`;
}

function linked(part: string): string {
  return escapeHtml(part).replaceAll(/[a-z0-9-]+\.example/g, (host) => `<a href="https://${host}/">${host}</a>`);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

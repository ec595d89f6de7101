import type { RemoteMember } from '../../connector.ts';
import type { Tongue } from '../text/prose.ts';
import { TONGUE_WHEEL } from '../text/tongues.ts';
import { diceFor, SALT } from './dice.ts';
import type { Dice } from './dice.ts';
import { DAY, HOUR, MINUTE } from './world.ts';
import type { World } from './world.ts';

/** Members whom everyone in the harbour knows; they stand first among the English speakers. */
const KNOWN: readonly { readonly name: string; readonly handle: string }[] = [
  { name: 'kestrel_9', handle: 'kestrel_9' }, { name: 'Rosa T.', handle: 'rosa_t' }, { name: 'Jun M.', handle: 'jun' },
  { name: 'tidewatcher', handle: 'tidewatcher' }, { name: 'Corin V.', handle: 'corin_v' }, { name: 'marlow', handle: 'marlow' },
  { name: 'brine', handle: 'brine' }, { name: 'Tugboat Tim', handle: 'tugboat_tim' }, { name: 'pelican', handle: 'pelican' },
  { name: 'Old Salt', handle: 'old_salt' }, { name: 'dockside_films', handle: 'dockside_films' }, { name: 'Wenna K.', handle: 'wenna' },
];

/** Places among the English speakers, for parts that a story needs. */
export const CAST = { kestrel: 0, rosa: 1, jun: 2, tidewatcher: 3, corin: 4 } as const;

const FIRST = [
  'salt', 'tide', 'north', 'grey', 'slow', 'blue', 'mud', 'rope', 'lantern', 'harbour', 'quiet', 'copper', 'storm', 'little', 'night', 'bilge', 'amber', 'lost', 'inner', 'fair',
  'rusty', 'spring', 'second', 'hollow', 'silver', 'idle', 'windy', 'lower', 'paper', 'early', 'kelp', 'moss', 'iron', 'foggy', 'sunny', 'sandy', 'winter', 'outer', 'velvet', 'chalk',
] as const;
const SECOND = [
  'heron', 'cleat', 'anchor', 'plover', 'oar', 'mooring', 'gull', 'keel', 'limpet', 'sail', 'otter', 'buoy', 'knot', 'crab', 'rigger', 'tern', 'skipper', 'lamp', 'eel', 'barnacle',
  'wren', 'hatch', 'dinghy', 'seal', 'compass', 'ferry', 'curlew', 'net', 'shoal', 'tiller', 'mast', 'puffin', 'whelk', 'jetty', 'sprat', 'rudder', 'gannet', 'pilot', 'wake', 'bight',
] as const;

/** Scripts that are written without a surname's initial here. */
const WHOLE_NAMES = new Set(['ar', 'ko', 'ja', 'zh', 'th', 'hi']);

const PLACES = new Map<Tongue, number[]>();
for (const [place, tongue] of TONGUE_WHEEL.entries()) PLACES.set(tongue, [...(PLACES.get(tongue) ?? []), place]);

/** The `rank`-th member of a language; ranks go round. */
export function memberOf(world: World, tongue: Tongue, rank: number): string {
  const places = PLACES.get(tongue) ?? [0];
  const wrapped = rank % (places.length * world.rounds);
  return `m${Math.floor(wrapped / places.length) * TONGUE_WHEEL.length + (places[wrapped % places.length] ?? 0)}`;
}

/** Someone of a language; low ranks come up more often, as a few people do most of the talking. The cast keeps to its story. */
export function someoneOf(world: World, tongue: Tongue, dice: Dice): string {
  return from(world, tongue, dice.unit(), 0);
}

/** The `nth` of the people around `start` (0 to 1) of a language, none of them twice and none of `except`. */
export function oneOfCrowd(world: World, tongue: Tongue, start: number, nth: number, except: readonly (string | null)[]): string {
  let left = nth;
  for (let step = 0; ; step += 1) {
    const member = from(world, tongue, start, step);
    if (except.includes(member)) continue;
    if (left === 0) return member;
    left -= 1;
  }
}

function from(world: World, tongue: Tongue, unit: number, step: number): string {
  const all = (PLACES.get(tongue)?.length ?? 1) * world.rounds;
  const cast = tongue.code === 'en' ? Object.keys(CAST).length : 0;
  return memberOf(world, tongue, cast + ((Math.floor(unit ** 1.7 * (all - cast)) + step) % (all - cast)));
}

/** The account that was made for subject `s`: spammers, doubles, returners. */
export function newcomer(subject: number): string {
  return `n${subject}`;
}

/** A member's language, for what they write elsewhere. */
export function tongueOf(member: string): Tongue {
  return TONGUE_WHEEL[Number(member.slice(1)) % TONGUE_WHEEL.length] ?? PLACES.keys().toArray()[0] ?? never(member);
}

/** An account as the community shows it; `seenAt` is when a newcomer was first noticed. */
export function memberAt(world: World, id: string, seenAt: number): RemoteMember {
  const index = Number(id.slice(1));
  const dice = diceFor(world.seed, SALT.member, id.startsWith('n') ? -index - 1 : index);
  if (id.startsWith('n')) {
    const handle = `${dice.pick(SECOND)}${dice.pick(['_deals', '_88', '.new', '_again', '', '_official', '_x'])}${index}`;
    return {
      remoteId: id, name: handle, handle: `@${handle}`, joinedAt: minute(seenAt - 20 * MINUTE - dice.unit() ** 3 * 40 * HOUR),
      postCount: 1 + dice.below(6), standing: ['new member'], url: page(handle),
    };
  }
  const tongue = tongueOf(id);
  const rank = (PLACES.get(tongue) ?? []).indexOf(index % TONGUE_WHEEL.length);
  const known = tongue.code === 'en' && index < TONGUE_WHEEL.length ? KNOWN[rank] : undefined;
  const handle = known?.handle ?? handleFor(index);
  return {
    remoteId: id,
    name: known?.name ?? nameFor(tongue, handle, dice),
    handle: `@${handle}`,
    joinedAt: minute(world.start - 30 * DAY - dice.unit() ** 1.4 * 2400 * DAY),
    postCount: known === undefined ? Math.floor(3 + dice.unit() ** 3 * 1500) : 400 + dice.below(1400),
    standing: dice.chance(0.04) ? ['harbour volunteer'] : [],
    url: page(handle),
  };
}

/** Unique by arithmetic: 40 x 40 pairs of words, then the same with a number. */
function handleFor(index: number): string {
  const pair = (index * 787) % (FIRST.length * SECOND.length);
  const round = Math.floor(index / (FIRST.length * SECOND.length));
  return `${FIRST[pair % FIRST.length] ?? ''}_${SECOND[Math.floor(pair / FIRST.length)] ?? ''}${round === 0 ? '' : round + 1}`;
}

function nameFor(tongue: Tongue, handle: string, dice: Dice): string {
  if (dice.chance(0.3)) return handle;
  const given = dice.pick(tongue.names);
  if (WHOLE_NAMES.has(tongue.code)) return given;
  const initials = tongue.code === 'el' ? 'ΑΒΓΔΚΛΜΝΠΡΣΤ' : tongue.code === 'uk' ? 'АБВГДКЛМНПРСТ' : 'ABCDEFGHJKLMNPRSTVW';
  return `${given} ${initials.charAt(dice.below(initials.length))}.`;
}

function page(handle: string): string {
  return `https://openharbor.example/members/${handle}`;
}

function minute(time: number): number {
  return Math.floor(time / MINUTE) * MINUTE;
}

function never(member: string): never {
  throw new Error(`a member without a language: ${member}`);
}

import { handlerOf, whyNot } from '../../commands/handlers.ts';
import { commandTable } from '../../commands/keymap.ts';
import type { KnownCommand } from '../../commands/keymap.ts';

export type FoundCommand = {
  readonly command: KnownCommand;
  /** Why it cannot run now; null where it can. */
  readonly why: string | null;
};

/** How well a title answers what was typed: lower is better; null is not at all. */
export function matchTitle(title: string, typed: string): number | null {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== '');
  const low = title.toLocaleLowerCase();
  if (words.length === 0) return 0;
  if (!words.every((word) => low.includes(word))) return null;
  const [first = ''] = words;
  if (low.startsWith(first)) return 0;
  return low.split(/\s+/u).some((part) => part.startsWith(first)) ? 1 : 2;
}

/** What is no command of its own in a list: the palette itself, and keys that are held or only answer an open bar. */
const NOT_LISTED: ReadonlySet<string> = new Set(['find.palette', 'look.reveal', 'decide.commit', 'decide.commit-stay', 'decide.cancel', 'app.cancel']);

/** Every command whose title answers what was typed: first those that can run here and now. */
export function commandsFor(typed: string): readonly FoundCommand[] {
  return commandTable
    .filter(({ id }) => !NOT_LISTED.has(id))
    .flatMap((command) => {
      const score = matchTitle(command.title, typed);
      const why = handlerOf(command.id) === undefined ? placeOf(command) : whyNot(command.id);
      return score === null ? [] : [{ command, why, score }];
    })
    .toSorted((a, b) => Number(a.why !== null) - Number(b.why !== null) || a.score - b.score);
}

/** Where a command belongs, for one that nothing handles here. */
function placeOf({ when }: KnownCommand): string {
  return when === 'global' || when === 'deciding' ? 'not now' : `in ${when}`;
}

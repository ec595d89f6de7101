import { run } from '../../commands/dispatch.ts';
import { handlerOf } from '../../commands/handlers.ts';
import { commandTable } from '../../commands/keymap.ts';
import { navigate, PLACES } from '../../state/route.ts';

/** Runs a command picked from a list; one that belongs to another place goes there first. */
export function runById(id: string): void {
  const command = commandTable.find((known) => known.id === id);
  if (command === undefined) return;
  if (handlerOf(command.id) !== undefined) {
    run(command, 'palette');
    return;
  }
  const place = PLACES.find((known) => known === command.when);
  if (place === undefined) return;
  navigate(place);
  // The place registers its handlers once it is drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => run(command, 'palette')));
}

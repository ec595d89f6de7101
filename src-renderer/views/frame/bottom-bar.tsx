import { useSyncExternalStore } from 'react';
import { run, usePending } from '../../commands/dispatch.ts';
import { handlerChanges, handlerOf, whyNot } from '../../commands/handlers.ts';
import { commandTable } from '../../commands/keymap.ts';
import type { KnownCommand } from '../../commands/keymap.ts';
import { useKey } from '../../commands/use-keys.ts';
import { openOverlay } from '../../state/desk.ts';
import { useSettings } from '../../state/settings.ts';
import { Kbd, Keys } from '../../ui/kbd.tsx';
import { VerbBar } from '../deciding/verb-bar.tsx';
import type { PlaceEntry } from '../places.ts';
import css from './bottom-bar.module.css';

/** What can be done here, with its keys, always in the same order. */
export function BottomBar({ entry }: { readonly entry: PlaceEntry }) {
  return (
    <footer className={css.bar} aria-label="What can be done here">
      {entry.place === 'queue' ? <VerbBar /> : <PlaceCommands entry={entry} />}
      <Begun />
    </footer>
  );
}

function PlaceCommands({ entry }: { readonly entry: PlaceEntry }) {
  useSyncExternalStore(handlerChanges.subscribe, handlerChanges.version);
  const commands = commandTable.filter((command) => command.when === entry.context && handlerOf(command.id) !== undefined);
  return (
    <>
      <div className={css.commands}>{commands.map((command) => <CommandButton key={command.id} command={command} />)}</div>
      <MoveHint />
    </>
  );
}

/** A sequence was begun: what the next key can be, for as long as it waits. */
function Begun() {
  const pending = usePending((state) => state.pending);
  const keysOf = useSettings((state) => state.keymap.keysOf);
  if (pending === null) return null;
  const next = commandTable.flatMap((command) => {
    const chord = keysOf.get(command.id)?.find((keys) => keys.startsWith(`${pending.prefix} `));
    return chord === undefined || handlerOf(command.id) === undefined ? [] : [{ command, key: chord.slice(pending.prefix.length + 1) }];
  });
  return (
    <div className={css.begun} role="status">
      <Keys chord={pending.prefix} /><span>then</span>
      {next.map(({ command, key }) => <span key={command.id} className={css.pair}><Keys chord={key} /> {command.title}</span>)}
    </div>
  );
}

function CommandButton({ command }: { readonly command: KnownCommand }) {
  const keys = useKey(command.id);
  const why = whyNot(command.id);
  return (
    <button
      type="button"
      className={css.command}
      aria-disabled={why !== null}
      title={why ?? undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run(command, 'pointer')}
    >
      {keys !== undefined && <Keys chord={keys} dim={why !== null} />}
      <span>{command.short ?? command.title}</span>
    </button>
  );
}

/** The end of the bar: how to move, and where help is; `deciding`: also how a decision goes on. */
export function MoveHint({ deciding = false }: { readonly deciding?: boolean }) {
  const commit = useKey('decide.commit');
  const next = useKey('move.next');
  const previous = useKey('move.previous');
  const help = useKey('find.help');
  return (
    <div className={css.hint}>
      {deciding && commit !== undefined && <span className={css.then}>then <Kbd>1</Kbd>–<Kbd>9</Kbd> reason, <Keys chord={commit} /> commit</span>}
      {next !== undefined && previous !== undefined && <span className={css.pair}><Keys chord={next} /><Keys chord={previous} /> next</span>}
      {help !== undefined && (
        <button type="button" className={css.help} aria-label="Keyboard help" onClick={() => openOverlay('help')}><Keys chord={help} /></button>
      )}
    </div>
  );
}

import { useDeferredValue, useMemo, useState } from 'react';
import type { SearchHit } from '../../../src-main/contract/contract.ts';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { useCounts } from '../../state/counts.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { useLive } from '../../state/use-live.ts';
import { useSettings } from '../../state/settings.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { Picker } from '../../ui/picker.tsx';
import type { PickerOption } from '../../ui/picker.tsx';
import { commandsFor } from './commands-for.ts';
import { goToHit, hitOption } from './hits.ts';
import { runById } from './run-by-id.ts';
import { goToSource, sourceOptions } from './source-options.tsx';
import css from './palette.module.css';

const MOST_HITS = 20;
const NO_CONNECTIONS: readonly ConnectionView[] = [];
const NO_HITS: readonly SearchHit[] = [];

/** Searches and runs everything: commands by their titles, items, cases, guidelines and notes by their words. */
export function Palette() {
  const open = useDesk((state) => state.overlay === 'palette');
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const keysOf = useSettings((state) => state.keymap.keysOf);
  const connections = useCounts((state) => state.connections) ?? NO_CONNECTIONS;
  const { data, failure } = useLive(asked.length < 2 ? null : `palette/${asked}`, [], () => client.search.find({ text: asked, limit: MOST_HITS }));
  const [shown, setShown] = useState(data ?? []);
  if (data !== undefined && data !== shown) setShown(data);
  const hits = asked.length < 2 ? NO_HITS : shown;

  const options = useMemo((): readonly PickerOption[] => [
    ...commandsFor(text).map(({ command, why }) => {
      const keys = keysOf.get(command.id)?.[0];
      return {
        id: `command/${command.id}`,
        label: <span className={why === null ? css.command : css.idle}>{command.title}</span>,
        detail: <span className={css.detail}>{why ?? null}{keys !== undefined && <Keys chord={keys} dim={why !== null} />}</span>,
      };
    }),
    ...sourceOptions(connections, text),
    ...hits.map(hitOption),
  ], [text, keysOf, hits, connections]);

  function pick(id: string): void {
    openOverlay(null);
    if (goToSource(id)) return;
    if (id.startsWith('command/')) runById(id.slice('command/'.length));
    else {
      const hit = hits.find((known) => `${known.kind}/${known.id}` === id);
      if (hit !== undefined) goToHit(hit);
    }
  }

  return (
    <Dialog open onClose={() => openOverlay(null)} title="Search or run a command" size="medium" bare>
      <Picker
        label="Search or run a command"
        placeholder="Search items, cases, guidelines and notes, or run a command"
        text={text}
        onText={setText}
        options={options}
        onPick={pick}
        empty={failure === null ? 'Nothing has these words.' : failure.message}
      />
    </Dialog>
  );
}

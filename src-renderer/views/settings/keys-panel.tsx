import { useRef, useState } from 'react';
import type { Settings } from '../../../src-main/contract/setup.ts';
import type { CommandId } from '../../../src-main/contract/commands.ts';
import { useCommands } from '../../commands/handlers.ts';
import { commandTable } from '../../commands/keymap.ts';
import type { Keymap, KnownCommand } from '../../commands/keymap.ts';
import { PRESET_TITLES } from '../../commands/presets.ts';
import type { PresetName } from '../../commands/presets.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { changeSettings } from '../../state/settings.ts';
import { Chip } from '../../ui/badge.tsx';
import { Select } from '../../ui/field.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { List } from '../../ui/list.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { rebound, resetKeys } from './rebinding.ts';
import { WHERE } from './where.ts';
import css from './settings.module.css';

const PRESETS = Object.entries(PRESET_TITLES).flatMap(([value, label]) => (isPreset(value) ? [{ value, label }] : []));

function isPreset(name: string): name is PresetName {
  return name in PRESET_TITLES;
}

function fits({ title, when, keys }: KnownCommand, words: readonly string[]): boolean {
  const text = `${title} ${WHERE[when]} ${keys.join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Every command with its keys; Enter gives the chosen one another, Backspace its usual one. */
export function KeysPanel({ settings, keymap }: { readonly settings: Settings; readonly keymap: Keymap }) {
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<CommandId | null>(null);
  const [binding, setBinding] = useState<KnownCommand | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  const words = text.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  const rows = commandTable.filter((command) => fits(command, words));
  const now = rows.find(({ id }) => id === selected) ?? rows[0];
  const changed = Object.keys(settings.keys).length;

  function select(id: string): void {
    setSelected(rows.find((row) => row.id === id)?.id ?? null);
  }

  useListMoves(rows.map(({ id }) => id), now?.id ?? null, select);
  useCommands({
    'find.filter': () => filter.current?.focus(),
    'settings.rebind': { run: () => setBinding(now ?? null), why: () => (now === undefined ? 'Choose a command first.' : null) },
    'settings.reset': {
      run: (source) => { if (now !== undefined) void changeSettings({ keys: resetKeys(now.id, settings.keys) }, source); },
      why: () => (now === undefined || !(now.id in settings.keys) ? 'It has its usual key.' : null),
    },
    'settings.reset-all': { run: (source) => { void changeSettings({ keys: {} }, source); }, why: () => (changed === 0 ? 'Every command has its usual key.' : null) },
  });

  return (
    <section className={css.keys} aria-label="Keys">
      <PlaceHead title="Keys" said={changed === 0 ? undefined : `${changed} changed`}>
        <FilterBox ref={filter} label="Find a command" text={text} onText={setText} />
        <Select aria-label="Key preset" value={settings.keyPreset} options={PRESETS} onPick={(keyPreset) => { void changeSettings({ keyPreset }, 'pointer'); }} />
      </PlaceHead>
      <List label="Commands and their keys" rows={rows} selected={now?.id ?? null} onSelect={select} onOpen={() => setBinding(now ?? null)}>
        {(command) => (
          <div className={css.command}>
            <span className={css.title}>{command.title}</span>
            <span className={css.where}>{WHERE[command.when]}</span>
            {command.id in settings.keys && <Chip tone="accent">yours</Chip>}
            <span className={css.chords}>
              {(keymap.keysOf.get(command.id) ?? []).map((chord) => <Keys key={chord} chord={chord} />)}
              {(keymap.keysOf.get(command.id) ?? []).length === 0 && <span className={css.quiet}>no key</span>}
            </span>
          </div>
        )}
      </List>
      {binding !== null && (
        <KeyDialog
          command={binding}
          preset={settings.keyPreset}
          own={settings.keys}
          onClose={() => setBinding(null)}
          onUse={(chord, take) => {
            setBinding(null);
            void changeSettings({ keys: rebound(binding.id, chord, settings.keyPreset, settings.keys, take) }, 'key');
          }}
        />
      )}
    </section>
  );
}

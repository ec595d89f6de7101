import { useEffect, useRef, useState } from 'react';
import { isModifierOnly } from '../../commands/chord.ts';
import type { KnownCommand } from '../../commands/keymap.ts';
import type { PresetName } from '../../commands/presets.ts';
import { isMac } from '../../commands/platform.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { clashesWith, shadowsOf, writtenChord } from './rebinding.ts';
import type { OwnKeys } from './rebinding.ts';
import { WHERE } from './where.ts';
import css from './settings.module.css';

/** How long a second key may follow, for keys in a row such as G Q. */
const FOLLOW_MS = 1100;

type KeyDialogProps = {
  readonly command: KnownCommand;
  readonly preset: PresetName;
  readonly own: OwnKeys;
  readonly onUse: (chord: string, take: readonly KnownCommand[]) => void;
  readonly onClose: () => void;
};

/** Waits for the new key, or two in a row, then says what else answers to it. */
export function KeyDialog({ command, preset, own, onUse, onClose }: KeyDialogProps) {
  const [chord, setChord] = useState<string | null>(null);
  const [settled, setSettled] = useState(false);
  const use = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (settled) return undefined;
    function onKeyDown(event: KeyboardEvent): void {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') { onClose(); return; }
      const written = isModifierOnly(event) || event.repeat ? null : writtenChord(event, isMac);
      if (written === null) return;
      setChord((before) => (before === null ? written : `${before} ${written}`));
      if (chord !== null) setSettled(true);
    }
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [settled, chord, onClose]);

  useEffect(() => {
    if (chord === null || settled) return undefined;
    const timer = setTimeout(() => setSettled(true), FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [chord, settled]);

  useEffect(() => { if (settled) use.current?.focus(); }, [settled]);

  const { wins, hides } = chord === null ? { wins: [], hides: [] } : shadowsOf(command, chord, preset, own);
  const clashes = chord === null ? [] : clashesWith(command.id, chord, preset, own);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Key for “${command.title}”`}
      actions={settled && chord !== null
        ? (
            <>
              <Button onClick={() => { setChord(null); setSettled(false); }}>Press another</Button>
              <Button ref={use} look="main" keys="Enter" onClick={() => onUse(chord, clashes)}>{clashes.length === 0 ? 'Use it' : 'Use it here'}</Button>
            </>
          )
        : undefined}
    >
      <div className={css.press} role="status">
        {chord === null ? <p>Press the new key. Escape leaves it as it was.</p> : <p className={css.pressed}><Keys chord={chord} /></p>}
        {chord !== null && !settled && <p className={css.quiet}>A second key may follow.</p>}
        {wins.length > 0 && <p className={css.quiet}>Elsewhere the key keeps its own meaning: {wins.map((other) => `${other.title} (${WHERE[other.when]})`).join(', ')}.</p>}
        {hides.length > 0 && <p className={css.quiet}>In {WHERE[command.when]} it no longer means: {hides.map((other) => other.title).join(', ')}.</p>}
        {clashes.length > 0 && (
          <div className={css.clash}>
            <p>{clashes.length === 1 ? 'Another command has this key and would lose it:' : 'Other commands have this key and would lose it:'}</p>
            <ul>{clashes.map((other) => <li key={other.id}>{other.title}</li>)}</ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}

import { memo } from 'react';
import { chordParts } from '../commands/chord.ts';
import { isMac } from '../commands/platform.ts';
import { classes } from './classes.ts';
import css from './kbd.module.css';

/** One key cap. */
export function Kbd({ children, dim = false }: { readonly children: string; readonly dim?: boolean }) {
  return <kbd className={classes(css.kbd, dim && css.dim)}>{children}</kbd>;
}

/** A chord or a sequence of chords as key caps: `Mod+K`, `G Q`. */
export const Keys = memo(function Keys({ chord, dim = false }: { readonly chord: string; readonly dim?: boolean }) {
  return (
    <span className={css.keys}>
      {chordParts(chord, isMac).map((part, index) => <Kbd key={`${index}${part}`} dim={dim}>{part}</Kbd>)}
    </span>
  );
});

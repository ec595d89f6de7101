import { useDeferredValue, useState } from 'react';
import { handlerOf } from '../../commands/handlers.ts';
import { PRESET_TITLES } from '../../commands/presets.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { useSettings } from '../../state/settings.ts';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextBox } from '../../ui/field.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { helpGroups } from './help-groups.ts';
import css from './help-sheet.module.css';

/** Every key there is, computed from the command table as it is bound now; what works here stands out. */
export function HelpSheet() {
  const open = useDesk((state) => state.overlay === 'help');
  return open ? <OpenHelp /> : null;
}

function OpenHelp() {
  const [text, setText] = useState('');
  const keymap = useSettings((state) => state.keymap);
  const preset = useSettings((state) => state.settings?.keyPreset ?? 'docket');
  const groups = helpGroups(keymap, useDeferredValue(text));
  return (
    <Dialog open onClose={() => openOverlay(null)} title="Keys" said={`Preset: ${PRESET_TITLES[preset]}. Every key can be changed in the settings.`} size="large">
      <TextBox autoFocus aria-label="Find a key" placeholder="Find a key or what it does" value={text} onChange={(event) => setText(event.target.value)} />
      <div className={css.groups}>
        {groups.map(({ title, lines }) => (
          <section key={title} className={css.group}>
            <h3>{title}</h3>
            <ul>
              {lines.map(({ command, keys }) => (
                <li key={command.id} className={classes(handlerOf(command.id) === undefined && css.elsewhere)}>
                  <span>{command.title}</span>
                  <span className={css.keys}>{keys.map((chord, index) => <span key={chord}>{index > 0 && <i>or</i>}<Keys chord={chord} /></span>)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className={css.none}>No key and no command has these words.</p>}
      </div>
      <p className={css.way}>To decide: a verb’s key, then 1–9 for the reason, then Enter. The first reason is chosen already, so the common case is the verb’s key and Enter. Tab walks on to durations, labels and words.</p>
    </Dialog>
  );
}

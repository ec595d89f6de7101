import type { Settings } from '../../../src-main/contract/setup.ts';
import { changeSettings, useSettings } from '../../state/settings.ts';
import { Checkbox, Field, Select, TextBox } from '../../ui/field.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { MachineSection } from './machine-section.tsx';
import { TextSetting } from './text-setting.tsx';
import css from './settings.module.css';

const THEMES = [
  { value: 'system', label: 'As the system' }, { value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' },
] as const satisfies readonly { readonly value: Settings['theme']; readonly label: string }[];

function Choices({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <section className={css.section} aria-label="You">
        <h2>You</h2>
        <TextSetting key={settings.actor} name="actor" label="Your name" help="Signs every decision, note and change in the log from now on." value={settings.actor} required maxLength={80} onSave={(actor) => { void changeSettings({ actor }, 'key'); }} />
        <TextSetting key={`c${settings.community}`} name="community" label="Community" help="Stands beside the product’s name." value={settings.community} maxLength={80} onSave={(community) => { void changeSettings({ community }, 'key'); }} />
      </section>
      <section className={css.section} aria-label="Looks">
        <h2>Looks</h2>
        <Field label="Theme">{({ id }) => <Select id={id} value={settings.theme} options={THEMES} onPick={(theme) => { void changeSettings({ theme }, 'pointer'); }} />}</Field>
        <Checkbox checked={settings.veilMedia} onChange={(veilMedia) => { void changeSettings({ veilMedia }, 'pointer'); }}>Keep pictures grey and blurred until I hold the key to look</Checkbox>
      </section>
      <section className={css.section} aria-label="Deciding">
        <h2>Deciding</h2>
        <Field label="Seconds before a decision is sent" help="Until then an undo sends nothing at all; 0 sends at once. Undo works long after, too.">
          {({ id, describedBy }) => (
            <TextBox
              id={id}
              aria-describedby={describedBy}
              type="number"
              min={0}
              max={120}
              value={settings.undoSeconds}
              onChange={(event) => {
                const undoSeconds = Math.round(event.target.valueAsNumber);
                if (undoSeconds >= 0 && undoSeconds <= 120) void changeSettings({ undoSeconds }, 'key');
              }}
            />
          )}
        </Field>
      </section>
    </>
  );
}

/** The settings: few, each with its reason beside it; on the right every key. */
export function SettingsPlace() {
  const { settings, capabilities, keymap } = useSettings();
  if (settings === null) return null;
  return (
    <div className={css.place}>
      <div className={css.choices}>
        <PlaceHead title="Settings" />
        <div className={css.sections}>
          <Choices settings={settings} />
          <MachineSection capabilities={capabilities} />
        </div>
      </div>
      <KeysPanel settings={settings} keymap={keymap} />
    </div>
  );
}

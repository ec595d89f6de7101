import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { TextBox } from './field.tsx';
import css from './picker.module.css';

export type PickerOption = {
  readonly id: string;
  readonly label: ReactNode;
  readonly detail?: ReactNode;
  /** A sentence below the label. */
  readonly said?: string;
  /** Chosen already. */
  readonly on?: boolean;
};

type PickerProps = {
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly options: readonly PickerOption[];
  readonly onPick: (id: string) => void;
  /** Shift and Enter, or a click with it: picks and goes on, for choosing several. */
  readonly onAdd?: (id: string) => void;
  /** Which choice is ready to be picked, as it changes. */
  readonly onPoint?: (id: string | null) => void;
  /** Backspace in the empty box, such as to take the last chip away. */
  readonly onBack?: () => void;
  /** What stands where options would. */
  readonly empty?: ReactNode;
  /** A sentence above the options. */
  readonly note?: string | undefined;
  /** What its keys do beyond picking, below the options. */
  readonly hint?: ReactNode;
  /** For options that are sentences: more of the window's height. */
  readonly tall?: boolean;
  /** Marks all of a prefilled text, so that typing replaces it. */
  readonly selectAll?: boolean;
};

/** A text box with its choices below: arrows move, Enter picks. The first choice is always ready to be picked. */
export function Picker({ label, placeholder, text, onText, options, onPick, onAdd, onPoint, onBack, empty, note, hint, tall = false, selectAll = false }: PickerProps) {
  const base = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = options.findIndex(({ id }) => id === activeId);
  const at = found < 0 ? 0 : found;
  const active = options[at];
  const activeName = active === undefined ? undefined : `${base}-${active.id}`;
  useEffect(() => { if (activeName !== undefined) document.getElementById(activeName)?.scrollIntoView({ block: 'nearest' }); }, [activeName]);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = options[Math.min(Math.max(to, 0), options.length - 1)]?.id ?? null;
      setActiveId(next);
      onPoint?.(next);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (active !== undefined) (event.shiftKey ? onAdd ?? onPick : onPick)(active.id);
    } else if (event.key === 'Backspace' && text === '') onBack?.();
  }

  return (
    <div className={css.picker}>
      <TextBox
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={base}
        aria-activedescendant={activeName}
        placeholder={placeholder}
        value={text}
        onFocus={(event) => { if (selectAll) event.target.select(); }}
        onChange={(event) => { setActiveId(null); onPoint?.(null); onText(event.target.value); }}
        onKeyDown={onKeyDown}
      />
      {note !== undefined && <p className={css.empty} role="status">{note}</p>}
      <ul id={base} role="listbox" aria-label={label} className={classes(css.options, tall && css.tall)}>
        {options.map((option) => (
          <li
            key={option.id}
            id={`${base}-${option.id}`}
            role="option"
            aria-selected={option === active}
            className={classes(css.option, option === active && css.active)}
            onMouseDown={(event) => {
              event.preventDefault();
              (event.shiftKey ? onAdd ?? onPick : onPick)(option.id);
            }}
          >
            <span className={css.label} dir="auto">{option.label}</span>
            {option.said !== undefined && <span className={css.said} dir="auto">{option.said}</span>}
            {option.detail !== undefined && <span className={css.detail} dir="auto">{option.detail}</span>}
            {option.on === true && <span className={css.on}>on</span>}
          </li>
        ))}
      </ul>
      {options.length === 0 && empty !== undefined && <p className={css.empty}>{empty}</p>}
      {hint !== undefined && <p className={css.hint}>{hint}</p>}
    </div>
  );
}

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useKey } from '../../commands/use-keys.ts';
import { Button } from '../../ui/button.tsx';
import { Picker } from '../../ui/picker.tsx';
import { Popover } from '../../ui/popover.tsx';
import { choices, partsOf, withPart, without } from './query.ts';
import type { HistoryQuery, QueryNames } from './query.ts';
import css from './filters.module.css';

type FiltersProps = {
  readonly query: HistoryQuery;
  readonly names: QueryNames;
  readonly onQuery: (query: HistoryQuery) => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
};

/** The chips of what is shown, and the box that adds to them: type, Enter; Backspace in the empty box takes the last away. */
export function Filters({ query, names, onQuery, open, onOpen }: FiltersProps) {
  const [text, setText] = useState('');
  const parts = partsOf(query, names);
  const keys = useKey('find.filter');
  const on = (part: { readonly set: HistoryQuery }): boolean => Object.entries(part.set).every(([name, value]) => Object.entries(query).some(([field, set]) => field === name && set === value));
  const options = choices(names, text);
  return (
    <div className={css.filters}>
      <ul className={css.chips} aria-label="Filters">
        {parts.map((part) => (
          <li key={part.field}>
            <button
              type="button"
              className={css.chip}
              aria-label={`Take away: ${part.label} ${part.value}`}
              onClick={() => onQuery(without(query, part.field))}
              onKeyDown={(event) => { if (event.key === 'Delete' || event.key === 'Backspace') onQuery(without(query, part.field)); }}
            >
              <span>{part.label}</span> <bdi>{part.value}</bdi> <X aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <Popover open={open} onOpenChange={onOpen} label="Filter the history" trigger={<Button icon={<Plus aria-hidden="true" />} keys={keys}>Filter</Button>}>
        <div className={css.sheet}>
          <Picker
            label="Filter by person, kind, guideline, platform or time"
            placeholder="Person, kind, guideline, platform, 2026-04-14"
            text={text}
            onText={setText}
            options={options.map((part) => ({ id: `${part.field} ${part.value}`, label: <><span className={css.field}>{part.label}</span> {part.value}</>, on: on(part) }))}
            onPick={(id) => {
              const part = options.find((option) => `${option.field} ${option.value}` === id);
              if (part !== undefined) onQuery(on(part) ? without(query, part.field) : withPart(query, part));
              setText('');
            }}
            onBack={() => { const lastPart = parts.at(-1); if (lastPart !== undefined) onQuery(without(query, lastPart.field)); }}
            empty="Nothing to filter by with these words. A day is written 2026-04-14."
          />
        </div>
      </Popover>
    </div>
  );
}

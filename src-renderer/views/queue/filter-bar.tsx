import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { QueueFilter } from '../../../src-main/contract/queue.ts';
import { CATEGORIES } from '../../../src-main/contract/words.ts';
import { changeFilter, useQueue } from '../../state/queue.ts';
import { CATEGORY_WORDS } from '../../state/verb-words.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextBox } from '../../ui/field.tsx';
import { countWords } from '../../ui/count-words.ts';
import { focusList } from '../frame/keep-focus.ts';
import { useSourceChoices } from './filter-sources.ts';
import { chosenSources, isFiltered, unfiltered, useFilterBar, withField, withSources } from './filter-state.ts';
import css from './filter-bar.module.css';

/** Typing rests this long before the list is asked for. */
const CALM_MS = 150;
/** Stands for several connections in the list box; no connection has such an id. */
const SEVERAL = ' several';

function change(next: (filter: QueueFilter) => QueueFilter): void {
  const { filter } = useQueue.getState();
  const changed = next(filter);
  if (JSON.stringify(changed) !== JSON.stringify(filter)) changeFilter({ filter: changed });
}

/** Narrows the list by words, connection and category. */
export function FilterBar() {
  const filter = useQueue((state) => state.filter);
  const asked = useFilterBar((state) => state.asked);
  const chosen = chosenSources(filter);
  const choices = useSourceChoices(chosen);
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filter.text ?? '');
  const [seen, setSeen] = useState(filter.text);
  // Escape in the list clears the filter from outside; what is being typed is never overwritten.
  if (seen !== filter.text) {
    setSeen(filter.text);
    if (filter.text === undefined) setText('');
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (!asked) return;
    box.current?.focus();
    box.current?.select();
    useFilterBar.setState({ asked: false });
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function write(value: string): void {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change((now) => withField(now, 'text', value.trim())), CALM_MS);
  }

  function clear(): void {
    clearTimeout(timer.current);
    setText('');
    useFilterBar.setState({ open: false });
    change(unfiltered);
    focusList();
  }

  function keys(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      clear();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      clearTimeout(timer.current);
      change((now) => withField(now, 'text', text.trim()));
      focusList();
    }
  }

  return (
    <search className={css.bar}>
      <div className={css.text}>
        <Search aria-hidden="true" />
        <TextBox ref={box} aria-label="Filter by words" placeholder="Words in what was reported" value={text} maxLength={500} onChange={(event) => write(event.target.value)} onKeyDown={keys} />
      </div>
      <div className={css.picks}>
        {(choices.length > 1 || filter.connectionId !== undefined) && (
          <Select
            aria-label="Connection"
            value={chosen.length > 1 ? SEVERAL : chosen[0] ?? ''}
            options={[{ value: '', label: 'Every connection' }, ...(chosen.length > 1 ? [{ value: SEVERAL, label: `${chosen.length} connections` }] : []), ...choices.map(({ source, name, open }) => ({ value: source.id, label: open > 0 ? `${name} (${countWords(open)})` : name }))]}
            onPick={(value) => { if (value !== SEVERAL) change((now) => withSources(now, value === '' ? [] : [value])); }}
          />
        )}
        <Select
          aria-label="Category"
          value={filter.category ?? ''}
          options={[{ value: '', label: 'Every category' }, ...CATEGORIES.map((value) => ({ value, label: CATEGORY_WORDS[value] }))]}
          onPick={(value) => change((now) => withField(now, 'category', value))}
        />
        {isFiltered(filter) && <Button look="quiet" icon={<X />} onClick={clear} aria-label="Clear the filter" />}
      </div>
    </search>
  );
}

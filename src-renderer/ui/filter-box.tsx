import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { useKey } from '../commands/use-keys.ts';
import { TextBox } from './field.tsx';
import { Keys } from './kbd.tsx';
import css from './filter-box.module.css';

type FilterBoxProps = {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
};

/** Narrows the list beside it as one types. Escape empties it, then leaves it; Enter and the arrows go on to the list. */
export function FilterBox({ label, text, onText, ref }: FilterBoxProps) {
  const keys = useKey('find.filter');
  return (
    <div className={css.filter}>
      <Search aria-hidden="true" />
      <TextBox
        {...(ref === undefined ? {} : { ref })}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape' && text !== '') onText('');
          else if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          else event.currentTarget.blur();
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {text === '' && keys !== undefined && <span className={css.keys}><Keys chord={keys} /></span>}
    </div>
  );
}

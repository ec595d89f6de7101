import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './list.module.css';

type ListProps<Row extends { readonly id: string }> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** A double click; Enter is a command. */
  readonly onOpen?: (id: string) => void;
  readonly children: (row: Row) => ReactNode;
};

/** A list with one selected row, told by an edge and a tint; the row keeps itself in sight. Keys come from commands. */
export function List<Row extends { readonly id: string }>({ label, rows, selected, onSelect, onOpen, children }: ListProps<Row>) {
  const base = useId();
  useEffect(() => { if (selected !== null) document.getElementById(`${base}-${selected}`)?.scrollIntoView({ block: 'nearest' }); }, [base, selected]);
  return (
    <ul className={css.list} role="listbox" aria-label={label} tabIndex={0} data-focus-home aria-activedescendant={selected === null ? undefined : `${base}-${selected}`}>
      {rows.map((row) => (
        <li
          key={row.id}
          id={`${base}-${row.id}`}
          role="option"
          aria-selected={row.id === selected}
          className={classes(css.row, row.id === selected && css.selected)}
          onMouseDown={() => onSelect(row.id)}
          onDoubleClick={() => onOpen?.(row.id)}
        >
          {children(row)}
        </li>
      ))}
    </ul>
  );
}

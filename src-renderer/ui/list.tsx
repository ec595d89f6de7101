import { Fragment, useEffect, useId } from 'react';
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
  /** The heading a row stands under, said once above each run of them; rows come in the order of their groups. */
  readonly groupOf?: ((row: Row) => string) | undefined;
  readonly children: (row: Row) => ReactNode;
};

/** A list with one selected row, told by an edge and a tint; the row keeps itself in sight. Keys come from commands. */
export function List<Row extends { readonly id: string }>({ label, rows, selected, onSelect, onOpen, groupOf, children }: ListProps<Row>) {
  const base = useId();
  useEffect(() => { if (selected !== null) document.getElementById(`${base}-${selected}`)?.scrollIntoView({ block: 'nearest' }); }, [base, selected]);
  return (
    <ul className={css.list} role="listbox" aria-label={label} tabIndex={0} data-focus-home aria-activedescendant={selected === null ? undefined : `${base}-${selected}`}>
      {rows.map((row, at) => {
        const group = groupOf?.(row);
        const before = rows[at - 1];
        return (
          <Fragment key={row.id}>
            {group !== undefined && (before === undefined || groupOf?.(before) !== group) && <li role="presentation" className={css.group}><bdi>{group}</bdi></li>}
            <li
              id={`${base}-${row.id}`}
              role="option"
              aria-selected={row.id === selected}
              className={classes(css.row, row.id === selected && css.selected)}
              onMouseDown={() => onSelect(row.id)}
              onDoubleClick={() => onOpen?.(row.id)}
            >
              {children(row)}
            </li>
          </Fragment>
        );
      })}
    </ul>
  );
}

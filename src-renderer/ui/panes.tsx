import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './panes.module.css';

type PanesProps = {
  /** The middle column; left out where the place has none. */
  readonly list?: ReactNode;
  readonly children: ReactNode;
  /** The side column; under 1280 px it moves below `children` or into tabs of the view's own. */
  readonly side?: ReactNode;
};

/** List, main, side: each scrolls by itself, hairlines between. */
export function Panes({ list, children, side }: PanesProps) {
  return (
    <div className={classes(css.panes, list === undefined && css.noList, side === undefined && css.noSide)}>
      {list !== undefined && <div className={css.list}>{list}</div>}
      <div className={css.main}>{children}</div>
      {side !== undefined && <aside className={css.side}>{side}</aside>}
    </div>
  );
}

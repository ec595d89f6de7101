import { memo, useLayoutEffect, useRef } from 'react';
import { useDesk } from '../../state/desk.ts';
import { useDetail } from '../../state/details.ts';
import { useRow } from '../../state/rows.ts';
import { useAfterPaint } from '../../ui/use-after-paint.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useItemView } from '../../state/item-view.ts';
import { classes } from '../../ui/classes.ts';
import { Empty } from '../../ui/empty.tsx';
import { useKey } from '../../commands/use-keys.ts';
import { useQueue } from '../../state/queue.ts';
import { ItemBody } from './item-body.tsx';
import { ItemSide } from './item-side.tsx';
import { ItemTabs } from './item-tabs.tsx';
import { useItemCommands } from './item-commands.ts';
import css from './item-pane.module.css';

/** The selected item: in the middle what was reported, beside it who, under which guideline, and notes. */
export function ItemPane({ id }: { readonly id: number | null }) {
  useItemCommands(id);
  const scroller = useRef<HTMLDivElement>(null);
  const focusMode = useDesk((state) => state.focusMode);
  const narrow = useNarrow() && !focusMode;
  const tab = useItemView((state) => state.tab);
  const scrolled = useRef(false);
  useLayoutEffect(() => {
    toTop(scroller.current, id, scrolled.current);
    scrolled.current = false;
  }, [id]);
  // The side column follows a frame later, and is left out while a key is held down.
  const besides = useAfterPaint(id);
  if (id === null) return <NoItem />;
  return (
    <div className={classes(css.pane, focusMode && css.alone)}>
      <div ref={scroller} className={css.main} tabIndex={-1} data-item={id} onScroll={() => { scrolled.current = true; }}>
        {narrow && <ItemTabs />}
        {narrow && tab !== 'item' ? <div className={css.column}><LoadedSide id={besides ?? id} only={tab} /></div> : <LoadedBody id={id} />}
      </div>
      {!narrow && !focusMode && <aside className={css.side} aria-label="Member, guideline and notes"><LoadedSide id={besides ?? id} only={null} /></aside>}
    </div>
  );
}

/** Another item begins at its top. Touching the position of one that never moved would cost a layout at every key. */
function toTop(scroller: HTMLElement | null, id: number | null, scrolled: boolean): void {
  if (scroller === null || scroller.dataset.shown === String(id)) return;
  scroller.dataset.shown = String(id);
  if (scrolled) scroller.scrollTop = 0;
}

function LoadedBody({ id }: { readonly id: number }) {
  const detail = useDetail(id);
  const row = useRow(id);
  if (detail !== undefined) return <ItemBody detail={detail} />;
  return <div className={css.column}>{row !== undefined && <p className={css.early} dir="auto">{row.snippet}</p>}</div>;
}

const LoadedSide = memo(function LoadedSide({ id, only }: { readonly id: number; readonly only: 'member' | 'guideline' | 'notes' | null }) {
  const detail = useDetail(id);
  return detail === undefined ? null : <ItemSide detail={detail} only={only} />;
});

function NoItem() {
  const [help, palette] = [useKey('find.help'), useKey('find.palette')];
  const waiting = useQueue((state) => state.status === 'first');
  if (waiting) return <div className={css.pane} />;
  const next = [{ keys: help, text: 'every key' }, { keys: palette, text: 'search, or run any command' }];
  return <div className={css.none}><Empty title="No item is open" next={next.flatMap(({ keys, text }) => (keys === undefined ? [] : [{ keys, text }]))} /></div>;
}

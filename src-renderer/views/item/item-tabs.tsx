import { useItemView } from '../../state/item-view.ts';
import type { SideTab } from '../../state/item-view.ts';
import css from './item-tabs.module.css';

const TABS: readonly { readonly tab: SideTab; readonly title: string }[] = [
  { tab: 'item', title: 'Item' }, { tab: 'member', title: 'Member' }, { tab: 'guideline', title: 'Guideline' }, { tab: 'notes', title: 'Notes' },
];

/** The side column's blocks as tabs, for narrow windows. */
export function ItemTabs() {
  const current = useItemView((state) => state.tab);
  return (
    <div className={css.tabs} role="tablist" aria-label="About this item">
      {TABS.map(({ tab, title }) => (
        <button key={tab} type="button" role="tab" aria-selected={tab === current} onMouseDown={(event) => event.preventDefault()} onClick={() => useItemView.setState({ tab })}>{title}</button>
      ))}
    </div>
  );
}

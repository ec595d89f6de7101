import { useCommands } from '../../commands/handlers.ts';
import type { HandlerEntry } from '../../commands/handlers.ts';
import { details } from '../../state/details.ts';
import { togglePart, useItemView } from '../../state/item-view.ts';
import type { ItemPart, SideTab } from '../../state/item-view.ts';
import { takePen } from '../notes/pen.ts';
import { conflictOf } from './conflict-of.ts';
import { openCase } from './open-case.ts';
import { resolveConflict } from './resolve-conflict.ts';

const NOTHING = 'No item is open.';

/** A little is seen twice, so that the eye finds its line again. */
const SCROLLED_SHARE = 0.85;

function scrollItem(pages: number): void {
  const pane = document.querySelector<HTMLElement>('[data-item]');
  pane?.scrollBy({ top: pages * SCROLLED_SHARE * pane.clientHeight });
}

/** Commands about the item on screen. */
export function useItemCommands(id: number | null): void {
  const why = (): string | null => (id === null ? NOTHING : null);
  const part = (name: ItemPart, tab: SideTab = 'item'): HandlerEntry => ({
    run() {
      if (id === null) return;
      // In a narrow window the key first brings the tab, then opens what is in it.
      if (tab !== 'item' && useItemView.getState().tab !== tab) useItemView.setState({ tab });
      else if (tab === 'item') useItemView.setState({ tab });
      togglePart(id, name);
    },
    why,
  });
  const find = () => {
    const detail = id === null ? undefined : details.get(id);
    return detail === undefined ? undefined : conflictOf(detail);
  };
  const conflict = (choice: 'keep-theirs' | 'send-mine'): HandlerEntry => ({
    run(source) {
      const delivery = find();
      if (delivery !== undefined) void resolveConflict(delivery, choice, source);
    },
    why: () => (find() === undefined ? 'There is no conflict here.' : null),
  });
  useCommands({
    'look.down': { run: () => scrollItem(1), why },
    'look.up': { run: () => scrollItem(-1), why },
    'look.why': part('why'),
    'look.reports': part('reports'),
    'look.thread': part('thread'),
    'look.member': part('member', 'member'),
    'write.note': {
      run() {
        if (id === null) return;
        useItemView.setState({ tab: 'notes' });
        takePen({ kind: 'item', id });
      },
      why,
    },
    'write.case': { run: () => { if (id !== null) openCase(id); }, why },
    'decide.keep-theirs': conflict('keep-theirs'),
    'decide.send-mine': conflict('send-mine'),
  });
}

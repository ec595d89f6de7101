import { useEffect } from 'react';
import { useCommands } from '../../commands/handlers.ts';
import type { Handlers } from '../../commands/handlers.ts';
import type { ViewId } from '../../state/saved-views.ts';
import { cancelDeciding, useDeciding } from '../../state/deciding.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { changeWindow, loadMore, reloadQueue, showView, useQueue } from '../../state/queue.ts';
import { extended, moved, selectedAt, toggled } from '../../state/queue-window.ts';
import { changeFilter } from '../../state/queue.ts';
import { isFiltered, unfiltered, useFilterBar } from './filter-state.ts';

function move(by: number): void {
  cancelDeciding();
  changeWindow((window) => moved(window, by));
}

function view(id: ViewId): () => void {
  return () => showView(id);
}

/** Closes the innermost thing that is open: the bar, focus mode, the picked rows, the filter. */
function cancel(): void {
  const { filter, picked } = useQueue.getState();
  if (useDeciding.getState().draft !== null) cancelDeciding();
  else if (useDesk.getState().focusMode) useDesk.setState({ focusMode: false });
  else if (picked.size > 0) changeWindow((window) => ({ ...window, picked: new Set() }));
  else if (isFiltered(filter)) changeFilter({ filter: unfiltered(filter) });
  else useFilterBar.setState({ open: false });
}

const HANDLERS: Handlers = {
  'move.next': () => move(1),
  'move.previous': () => move(-1),
  'move.extend-next': () => changeWindow((window) => extended(window, 1)),
  'move.extend-previous': () => changeWindow((window) => extended(window, -1)),
  'move.select': () => changeWindow((window) => (window.selected === null ? window : toggled(window, window.selected))),
  'move.first': () => changeWindow((window) => selectedAt(window, window.ids[0] ?? null)),
  'move.last': () => {
    changeWindow((window) => selectedAt(window, window.ids.at(-1) ?? null));
    void loadMore();
  },
  'move.incoming': { run: () => { void reloadQueue(); }, why: () => (useQueue.getState().incoming === 0 ? 'There are no new items.' : null) },
  'view.open': view('view.open'),
  'view.severe': view('view.severe'),
  'view.newest': view('view.newest'),
  'view.escalated': view('view.escalated'),
  'view.snoozed': view('view.snoozed'),
  'view.decided': view('view.decided'),
  'view.handled': view('view.handled'),
  'find.filter': () => useFilterBar.setState({ open: true, asked: true }),
  'find.source': () => openOverlay('sources'),
  'look.focus': () => useDesk.setState(({ focusMode }) => ({ focusMode: !focusMode })),
  'look.reveal': () => useDesk.setState({ revealed: true }),
  'app.cancel': cancel,
};

/** The queue's commands, and letting go of the key that holds the veil open. */
export function useQueueCommands(): void {
  useCommands(HANDLERS);
  useEffect(() => {
    function hide(): void {
      if (useDesk.getState().revealed) useDesk.setState({ revealed: false });
    }
    window.addEventListener('keyup', hide);
    window.addEventListener('blur', hide);
    return () => {
      window.removeEventListener('keyup', hide);
      window.removeEventListener('blur', hide);
      hide();
    };
  }, []);
}

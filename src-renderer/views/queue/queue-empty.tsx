import { useEffect, useState } from 'react';
import { useKey } from '../../commands/use-keys.ts';
import { useCounts } from '../../state/counts.ts';
import { reloadQueue, useQueue } from '../../state/queue.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { isFiltered } from './filter-state.ts';
import css from './queue-empty.module.css';

const SAID: Readonly<Record<string, string>> = {
  open: 'Every report has been decided. New ones come by themselves.',
  escalated: 'What is escalated waits here for whoever it was given to.',
  snoozed: 'What is snoozed waits here and comes back to the queue by itself.',
  decided: 'What has been decided stays here, to look back at or undo.',
  handled: 'What other moderators resolve on a platform shows up here.',
};

/** What stands in the list's place: the frame while loading, else why it is empty and the next key. */
export function QueueEmpty() {
  const { status, filter, failure } = useQueue();
  const bare = useCounts((state) => state.connections?.length === 0);
  const [undo, open, clear, palette, connections] = [useKey('back.undo'), useKey('view.open'), useKey('find.filter'), useKey('find.palette'), useKey('go.connections')];
  if (failure !== null) {
    return <div className={css.note} data-focus-home tabIndex={-1}><ErrorNote failure={failure}><Button onClick={() => { void reloadQueue(); }}>Try again</Button></ErrorNote></div>;
  }
  if (status === 'first') return <div className={css.frame} aria-busy="true" data-focus-home tabIndex={-1}><Bones /></div>;
  if (bare) {
    const ways = [{ keys: connections, text: 'connect a platform' }, { keys: palette, text: 'and “Try the sample community”' }];
    return (
      <div data-focus-home tabIndex={-1} className={css.frame}>
        <Empty title="Nothing is connected yet" said="Reports come from the platforms your community lives on." next={ways.flatMap(({ keys, text }) => (keys === undefined ? [] : [{ keys, text }]))} />
      </div>
    );
  }
  const next = isFiltered(filter)
    ? [{ keys: clear, text: 'change the filter, then Esc to clear it' }]
    : filter.state === 'open' ? [{ keys: undo, text: 'take back the last decision' }, { keys: palette, text: 'search everything' }] : [{ keys: open, text: 'back to the open items' }];
  return (
    <div data-focus-home tabIndex={-1} className={css.frame}>
      <Empty
        title={isFiltered(filter) ? 'Nothing matches' : filter.state === 'open' ? 'Nothing waits' : 'Nothing here'}
        said={isFiltered(filter) ? 'No item in this view has these words and marks.' : SAID[filter.state]}
        next={next.flatMap(({ keys, text }) => (keys === undefined ? [] : [{ keys, text }]))}
      />
    </div>
  );
}

/** Bones of rows, only once loading lasted longer than a person should have to notice. */
function Bones() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!slow) return null;
  return <div className={css.bones} aria-hidden="true">{['a', 'b', 'c', 'd', 'e', 'f'].map((key) => <div key={key}><i /><i /></div>)}</div>;
}

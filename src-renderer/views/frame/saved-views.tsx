import { useKey } from '../../commands/use-keys.ts';
import { useCounts } from '../../state/counts.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { showView, useQueue } from '../../state/queue.ts';
import { SAVED_VIEWS } from '../../state/saved-views.ts';
import type { SavedView } from '../../state/saved-views.ts';
import { Hint } from '../../ui/hint.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { countWords } from '../../ui/count-words.ts';
import css from './places-bar.module.css';

/** The queue's saved views; a number key opens each while the queue is on screen. */
export function SavedViews() {
  return (
    <section>
      <h2 className={css.heading}>Views</h2>
      <ul className={css.list}>{SAVED_VIEWS.map((view) => <ViewLine key={view.id} view={view} />)}</ul>
    </section>
  );
}

function ViewLine({ view }: { readonly view: SavedView }) {
  const keys = useKey(view.id);
  const current = useQueue((state) => state.view === view.id);
  const inQueue = useRoute((state) => state.now.place === 'queue');
  const count = useCounts((state) => (view.countOf === null || state.queue === null ? null : view.countOf.reduce((sum, name) => sum + (state.queue?.byState[name] ?? 0), 0)));
  return (
    <li>
      <Hint text={view.title} keys={keys} side="right">
        <button
          type="button"
          className={css.view}
          aria-current={current && inQueue ? 'true' : undefined}
          onClick={() => { navigate('queue'); showView(view.id); }}
        >
          {keys !== undefined && <Keys chord={keys} />}
          <span className={css.title}>{view.title}</span>
          {count !== null && count > 0 && <span className={`${css.count} tabular`}>{countWords(count)}</span>}
        </button>
      </Hint>
    </li>
  );
}

import { Cloud, CloudOff, LoaderCircle, Search, TriangleAlert } from 'lucide-react';
import { useKey } from '../../commands/use-keys.ts';
import { openOverlay } from '../../state/desk.ts';
import { useCounts } from '../../state/counts.ts';
import { useSettings } from '../../state/settings.ts';
import { Hint } from '../../ui/hint.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { sendingState } from './sending-state.ts';
import css from './top-bar.module.css';

const ICONS = { online: Cloud, offline: CloudOff, attention: TriangleAlert, lost: LoaderCircle };

/** The community's name, the search box, and quietly whether we are online and what waits. */
export function TopBar() {
  const community = useSettings((state) => state.settings?.community ?? '');
  const paletteKey = useKey('find.palette');
  return (
    <header className={css.bar}>
      <div className={css.brand}>
        <strong>Docket</strong>
        {community !== '' && <bdi className={css.community}>{community}</bdi>}
      </div>
      <button type="button" className={css.search} onClick={() => openOverlay('palette')}>
        <Search aria-hidden="true" />
        <span>Search or run a command</span>
        {paletteKey !== undefined && <Keys chord={paletteKey} />}
      </button>
      <Sending />
    </header>
  );
}

function Sending() {
  const outbox = useCounts((state) => state.outbox);
  const connections = useCounts((state) => state.connections);
  const lostAt = useCounts((state) => state.lostAt);
  const keys = useKey('look.outbox');
  const { state, text } = sendingState({ outbox, connections, lostAt });
  const Icon = ICONS[state];
  return (
    <Hint text="What waits to be sent" keys={keys} side="bottom">
      <button type="button" className={css.sending} data-state={state} onClick={() => openOverlay('outbox')}>
        <Icon aria-hidden="true" />
        <span role="status">{text}</span>
      </button>
    </Hint>
  );
}

import { Check } from 'lucide-react';
import { memo } from 'react';
import { SEVERITIES } from '../../../src-main/contract/words.ts';
import { useQueue } from '../../state/queue.ts';
import { useRow } from '../../state/rows.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import css from './queue-grid.module.css';

/** How severe, by shape and colour; a tick in its place once the row is picked. */
export const SeverityCell = memo(function SeverityCell({ id }: { readonly id: number }) {
  const severity = useRow(id)?.severity ?? 0;
  const picked = useQueue((state) => state.picked.has(id));
  if (picked) return <span className={css.tick}><Check aria-hidden="true" /><span className="quiet">Picked</span></span>;
  return <SeverityMark severity={severity} label={SEVERITIES[severity] ?? 'low'} />;
});

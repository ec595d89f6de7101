import { useEffect, useState } from 'react';
import { useCounts } from '../../state/counts.ts';
import { Time } from '../../ui/time.tsx';
import css from './lost-banner.module.css';

/** Shorter losses heal by themselves and are told in the corner only. */
const PATIENCE_MS = 6000;

/** Says, once it lasts, that Docket's own service is away, what is kept, and what to do. */
export function LostBanner() {
  const lostAt = useCounts((state) => state.lostAt);
  return lostAt === null ? null : <Lost key={lostAt} since={lostAt} />;
}

function Lost({ since }: { readonly since: number }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!long) return null;
  return (
    <div className={css.banner} role="status">
      Docket’s own service has not answered since <Time at={since} as="seconds" />. Keep this window open: what you decide now reaches it when it is back.
      If Docket was stopped, start it again; it opens a new window.
    </div>
  );
}

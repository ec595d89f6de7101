import { useEffect, useState } from 'react';
import { ago } from '../../ui/time-words.ts';

const MINUTE = 60_000;

/** "saved 2 s ago", counting by the second for the first minute and then at leisure. */
export function SavedAgo({ at }: { readonly at: number }) {
  const [now, setNow] = useState(() => Date.now());
  const past = Math.max(0, now - at);
  const fresh = past < MINUTE;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), fresh ? 1000 : MINUTE / 2);
    return () => clearInterval(timer);
  }, [fresh]);
  if (past < 1000) return <>saved</>;
  if (fresh) return <>saved {Math.floor(past / 1000)} s ago</>;
  const words = ago(at, now);
  return <>saved {/^\d{4}$/u.test(words) ? `in ${words}` : `${words} ago`}</>;
}

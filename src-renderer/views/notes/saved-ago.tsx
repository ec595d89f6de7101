import { useEffect, useState } from 'react';
import { ago } from '../../ui/time-words.ts';

const MINUTE = 60_000;

/** "saved 2 s ago", counting by the second for the first minute and then at leisure. */
export function SavedAgo({ at }: { readonly at: number }) {
  const [now, setNow] = useState(() => Date.now());
  const past = Math.max(0, now - at);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), past < MINUTE ? 1000 : MINUTE / 2);
    return () => clearTimeout(timer);
  }, [now, past, at]);
  if (past < 1000) return <>saved</>;
  if (past < MINUTE) return <>saved {Math.floor(past / 1000)} s ago</>;
  const words = ago(at, now);
  return <>saved {/^\d{4}$/u.test(words) ? `in ${words}` : `${words} ago`}</>;
}

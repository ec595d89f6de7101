import { startTransition, useEffect, useState } from 'react';

/**
 * The value as it was when the last frame was drawn: what follows it is drawn a frame later and never stands in the
 * way of a key. (A deferred value would be drawn before the frame wherever the scheduler is quicker than the screen.)
 */
export function useAfterPaint<Value>(value: Value): Value {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setShown(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return shown;
}

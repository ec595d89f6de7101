import { useEffect } from 'react';
import { useContexts } from '../../commands/contexts.ts';

/** What a place's list marks itself with; the focus comes back to it. */
const HOME = '[data-focus-home]';

/** Gives the focus to the list of the present place. */
export function focusList(): void {
  document.querySelector<HTMLElement>(HOME)?.focus({ preventScroll: true });
}

/**
 * Never lets the focus fall to nowhere: when a box, button or dialog that had it goes away, the place's list takes
 * it, so that a screen reader stays where the keys act.
 */
export function useKeepFocus(): void {
  useEffect(() => {
    let frame = 0;
    function check(): void {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (document.hasFocus() && document.activeElement === document.body && useContexts.getState().layers === 0 && getSelection()?.isCollapsed !== false) focusList();
      });
    }
    document.addEventListener('focusout', check);
    const observer = new MutationObserver(() => { if (document.activeElement === document.body) check(); });
    observer.observe(document.body, { childList: true, subtree: true });
    check();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.removeEventListener('focusout', check);
    };
  }, []);
}
